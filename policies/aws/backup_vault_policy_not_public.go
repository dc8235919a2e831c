package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// BackupVaultPolicyNotPublic refuses policies of backup vaults that everybody may use. A condition on the caller's
// organisation, account, network or source makes it good.
var BackupVaultPolicyNotPublic = policy.Policy{
	ID:        "aws-backup-vault-policy-not-public",
	Title:     "Policies of backup vaults must not let everybody in.",
	Severity:  policy.Critical,
	Level:     policy.Mandatory,
	Rationale: "Strangers could copy the backups of everything, or delete them.",
	Remediation: "Name the accounts or roles as principals, or add a condition on aws:PrincipalOrgID, " +
		"aws:SourceArn or aws:SourceAccount.",
	Controls: frameworks.Controls{SOC2: "CC6.1 A1.2", ISO27001: "A.8.13 A.8.3"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Bad: []policy.Example{
		{Name: "access", Type: vaultPolicyType, Properties: props{
			"backupVaultName": "main", "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "backup:CopyIntoBackupVault", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "access", Type: vaultPolicyType, Properties: props{
			"backupVaultName": "main", "policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "backup:CopyIntoBackupVault", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(vaultPolicyType, checkResourcePolicy),
	},
}
