// Package key makes the KMS keys of the AWS components.
package key

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// deletionDays is how long a deleted key can be brought back: the longest that KMS offers (KMS API,
// ScheduleKeyDeletion, PendingWindowInDays).
const deletionDays = 30

// New creates a customer managed key that rotates every year, and its alias. The account's administrators may manage and
// use it through IAM; statements say who else may. Their Resource is filled in: in a key's policy "*" is that key.
// Part must differ from that of every other concept: components of one name may stand side by side, and the alias is
// unique in the account and region.
func New(f family.Family, account family.Account, part, description string, statements ...iamdoc.Statement) (*kms.Key, error) {
	all := []iamdoc.Statement{{Sid: "Account", Principal: iamdoc.AWS(account.Root()), Action: []string{"kms:*"}}}
	all = append(all, statements...)
	for i := range all {
		all[i].Resource = []string{"*"}
	}
	key, err := kms.NewKey(f.Ctx, f.Child(part), &kms.KeyArgs{
		Description:          pulumi.String(description),
		Policy:               pulumi.String(iamdoc.Document(all...)),
		EnableKeyRotation:    pulumi.Bool(true),
		DeletionWindowInDays: pulumi.Int(deletionDays),
		Tags:                 f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return nil, err
	}
	_, err = kms.NewAlias(f.Ctx, f.Child(part), &kms.AliasArgs{
		Name:        pulumi.String("alias/" + naming.AWSKeyAlias.Name(f.FullName(part)...)),
		TargetKeyId: key.KeyId,
	}, f.Options()...)
	return key, err
}

// ForService lets a service use the key, on behalf of the account alone.
func ForService(account family.Account, services ...string) iamdoc.Statement {
	return iamdoc.Statement{
		Sid: "Services", Principal: iamdoc.Service(services...),
		Action:    []string{"kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"},
		Condition: iamdoc.Equal("aws:SourceAccount", account.ID),
	}
}

// ForLogs lets CloudWatch Logs encrypt the log groups of the account and region with the key. Logs sends no source
// account, only the group's ARN as encryption context (CloudWatch Logs User Guide, "Encrypt log data using KMS").
func ForLogs(account family.Account) iamdoc.Statement {
	return iamdoc.Statement{
		Sid: "Logs", Principal: iamdoc.Service("logs." + account.Region + "." + account.DNSSuffix),
		Action:    []string{"kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"},
		Condition: iamdoc.Like("kms:EncryptionContext:aws:logs:arn", account.ARN("logs", "log-group:*")),
	}
}
