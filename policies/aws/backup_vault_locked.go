package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// BackupVaultLocked wants every vault of backups to be locked, so that nobody can delete a backup before its time.
var BackupVaultLocked = policy.Policy{
	ID:       "aws-backup-vault-locked",
	Title:    "Vaults of backups must be locked.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "Who encrypts data for a ransom deletes the backups first, with the permissions of an " +
		"administrator. A lock in compliance mode is taken off by nobody, the root user included.",
	Remediation: "Add an aws:backup/vaultLockConfiguration:VaultLockConfiguration with backupVaultName set to " +
		"this vault, a least retention, and changeableForDays for compliance mode.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13 A.5.33"}.List(),
	Tags:     []string{"reliability", "backup", "immutability"},
	Peers:    []string{"AWS Config BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED"},
	Bad: []policy.Example{
		{Name: "main", Type: vaultType},
	},
	Good: []policy.Example{
		{Name: "main", Type: vaultType},
		{Name: "lock", Type: vaultLockType, Properties: props{
			"backupVaultName": "${main.name}", "minRetentionDays": 35,
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Vaults policy.Resources[struct{}] `pulumi:"aws:backup/vault:Vault"`
			Locks  policy.Resources[struct{}] `pulumi:"aws:backup/vaultLockConfiguration:VaultLockConfiguration"`
		}) {
			stack.Vaults.Each(func(subject policy.Resource[struct{}]) {
				if !stack.Locks.AnyReferring("backupVaultName", subject.Node, nil) {
					r.Fail(subject.Node, "Nothing locks it.")
				}
			})
		}),
	},
}
