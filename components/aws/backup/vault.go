package backup

import (
	"maps"
	"slices"

	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// createVaults creates the vault and those that its backups are copied to.
func (b *builder) createVaults() error {
	var sharing []iamdoc.Statement
	if b.args.CopyAccountID != "" {
		sharing = shareKey(b.account, b.args.CopyAccountID)
	}
	created, err := b.createVault(b.Family, b.account, "vault", sharing...)
	if err != nil {
		return err
	}
	b.vault = created
	b.backup.VaultName, b.backup.VaultARN, b.backup.KeyARN = created.Name, created.Arn, created.KmsKeyArn
	b.backup.CopyVaultARN, b.backup.AirGappedVaultARN = none(), none()
	if b.args.CopyProvider != nil {
		if err := b.createCopyVault(); err != nil {
			return err
		}
	}
	if b.args.CopyAccountVaultARN != nil {
		b.copies = append(b.copies, b.args.CopyAccountVaultARN)
	}
	if b.args.AirGapped {
		return b.createAirGapped()
	}
	return nil
}

func (b *builder) createCopyVault() error {
	there := b.Family
	there.Provider = b.args.CopyProvider
	account, err := there.Account()
	if err != nil {
		return err
	}
	created, err := b.createVault(there, account, "copy")
	if err != nil {
		return err
	}
	b.backup.CopyVaultARN = created.Arn
	b.copies = append(b.copies, created.Arn)
	return nil
}

// createVault creates a vault with its key, lock and policy. AWS Backup needs no word in the key's policy: it uses the key
// as the role that makes the backup, whose permissions are in IAM.
func (b *builder) createVault(f family.Family, account family.Account, part string, sharing ...iamdoc.Statement) (*awsbackup.Vault, error) {
	keyOf, err := key.New(f, account, part, "Backups in the vault of "+f.Name, sharing...)
	if err != nil {
		return nil, err
	}
	vault, err := awsbackup.NewVault(f.Ctx, f.Child(part), &awsbackup.VaultArgs{
		Name:         pulumi.String(naming.AWSBackupVault.Name(f.FullName(part)...)),
		KmsKeyArn:    keyOf.Arn,
		ForceDestroy: pulumi.Bool(b.args.Erasable),
		Tags:         f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return nil, err
	}
	if err := b.lock(f, part, vault); err != nil {
		return nil, err
	}
	policy, err := awsbackup.NewVaultPolicy(f.Ctx, f.Child(part), &awsbackup.VaultPolicyArgs{
		BackupVaultName: vault.Name,
		Policy:          b.vaultPolicy(),
	}, f.Options()...)
	b.ready = append(b.ready, policy)
	return vault, err
}

// lock locks a vault. Every property of a lock forces a replacement, and AWS keeps one for a vault: to delete the old one
// after creating the new one would leave the vault without any.
func (b *builder) lock(f family.Family, part string, vault *awsbackup.Vault) error {
	settings := b.args.Lock
	if settings.Disabled {
		return nil
	}
	args := &awsbackup.VaultLockConfigurationArgs{
		BackupVaultName:  vault.Name,
		MinRetentionDays: pulumi.Int(settings.MinRetentionDays),
		MaxRetentionDays: pulumi.Int(settings.MaxRetentionDays),
	}
	if settings.Compliance != "" { // its presence alone makes the lock one that nobody can remove
		args.ChangeableForDays = pulumi.Int(settings.CoolingOffDays)
	}
	lock, err := awsbackup.NewVaultLockConfiguration(f.Ctx, f.Child(part), args, f.Options(pulumi.DeleteBeforeReplace(true))...)
	b.ready = append(b.ready, lock)
	return err
}

// createAirGapped creates the vault that AWS keeps.
func (b *builder) createAirGapped() error {
	vault, err := awsbackup.NewLogicallyAirGappedVault(b.Ctx, b.Child("air-gapped"), &awsbackup.LogicallyAirGappedVaultArgs{
		Name:             pulumi.String(naming.AWSBackupVault.Name(b.FullName("air-gapped")...)),
		MinRetentionDays: pulumi.Int(b.args.Lock.MinRetentionDays),
		MaxRetentionDays: pulumi.Int(b.args.Lock.MaxRetentionDays),
		Tags:             b.TagInput("air-gapped"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.backup.AirGappedVaultARN = vault.Arn
	b.copies = append(b.copies, vault.Arn)
	return nil
}

// vaultPolicy keeps everybody from deleting backups, shortening their lives, or deleting the vault, and everybody but the
// administrators from changing what protects it. Principal and resource are * and no action has a wildcard, as AWS asks
// (AWS Backup guide, "Vault access policies"; AWS Config, backup-recovery-point-manual-deletion-disabled). Backups still
// expire: that is AWS Backup's doing and no call of anybody's.
func (b *builder) vaultPolicy() pulumi.StringOutput {
	names := slices.Sorted(maps.Keys(b.args.AdministratorARNs))
	inputs := []any{pulumi.String("")}
	if b.args.OrganizationID != nil {
		inputs[0] = b.args.OrganizationID
	}
	for _, name := range names {
		inputs = append(inputs, b.args.AdministratorARNs[name])
	}
	return pulumi.All(inputs...).ApplyT(func(known []any) string {
		var administrators []string
		for _, arn := range known[1:] {
			administrators = append(administrators, arn.(string))
		}
		return vaultDocument(known[0].(string), administrators)
	}).(pulumi.StringOutput)
}

// vaultDocument is the policy of a vault; organization may be empty.
func vaultDocument(organization string, administrators []string) string {
	statements := []iamdoc.Statement{{
		Sid: "NobodyDeletes", Effect: "Deny", Principal: iamdoc.Anyone, Resource: []string{"*"},
		Action: []string{"backup:DeleteBackupVault", "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"},
	}}
	if len(administrators) > 0 {
		statements = append(statements, iamdoc.Statement{
			Sid: "OnlyAdministratorsChange", Effect: "Deny", Principal: iamdoc.Anyone, Resource: []string{"*"},
			Action: []string{
				"backup:DeleteBackupVaultAccessPolicy", "backup:DeleteBackupVaultLockConfiguration",
				"backup:DeleteBackupVaultNotifications", "backup:PutBackupVaultAccessPolicy",
				"backup:PutBackupVaultLockConfiguration", "backup:PutBackupVaultNotifications",
			},
			Condition: map[string]map[string]any{"ArnNotLike": {"aws:PrincipalArn": administrators}},
		})
	}
	if organization != "" {
		statements = append(statements, iamdoc.Statement{
			Sid: "OrganizationCopiesInto", Principal: iamdoc.Anyone, Resource: []string{"*"},
			Action: []string{"backup:CopyIntoBackupVault"}, Condition: iamdoc.Equal("aws:PrincipalOrgID", organization),
		})
	}
	return iamdoc.Document(statements...)
}

// shareKey lets another account read what was encrypted with the key, in order to copy it (AWS Backup guide, "Creating
// backup copies across AWS accounts"); grants are AWS's own to make.
func shareKey(account family.Account, other string) []iamdoc.Statement {
	principal := iamdoc.AWS("arn:" + account.Partition + ":iam::" + other + ":root")
	return []iamdoc.Statement{
		{
			Sid: "CopyAccountReads", Principal: principal,
			Action: []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"},
		},
		{
			Sid: "CopyAccountGrants", Principal: principal,
			Action:    []string{"kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"},
			Condition: map[string]map[string]any{"Bool": {"kms:GrantIsForAWSResource": "true"}},
		},
	}
}
