package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// BackupVaultOwnKey wants vaults of backups to be encrypted with a key of your own.
var BackupVaultOwnKey = policy.Policy{
	ID:       "aws-backup-vault-own-key",
	Title:    "Vaults of backups must be encrypted with a key of your own.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "With the key of AWS, backups cannot be copied to another account; with a key of your own, who may " +
		"read them is decided apart from who may see them.",
	Remediation: "Set kmsKeyArn. This replaces the vault: make a new one and let plans move to it.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24 A.8.13"}.List(),
	Tags:        []string{"security", "encryption", "backup"},
	Peers:       []string{"Checkov CKV_AWS_166"},
	Bad: []policy.Example{
		{Name: "main", Type: vaultType, Properties: props{"name": "main"}},
	},
	Good: []policy.Example{
		{Name: "main", Type: vaultType, Properties: props{"kmsKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1"}},
	},
	Rules: []policy.Rule{
		policy.On(vaultType, checkEncryptedVault),
	},
}

type encryptedVault struct {
	Key policy.Value[string] `pulumi:"kmsKeyArn"`
}

func checkEncryptedVault(r *policy.Report, v encryptedVault) {
	if !v.Key.Present() {
		r.Fail("It has no kmsKeyArn.")
	}
}
