package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestBackupVaultLocked(t *testing.T) {
	t.Parallel()
	policytest.Run(t, BackupVaultLocked, []policytest.Case{
		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:backup/vault:Vault"}, {Name: "other", Type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration", Properties: props{"backupVaultName": policytest.Unknown}},
		}, Want: policytest.Undetermined(".backupVaultName")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:backup/vault:Vault"}, {Name: "other", Type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration", Properties: props{"backupVaultName": "another"}},
		}, Want: policytest.Fail("Nothing locks it.")},
	}...)
}
