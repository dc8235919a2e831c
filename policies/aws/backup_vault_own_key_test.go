package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestBackupVaultOwnKey(t *testing.T) {
	t.Parallel()
	policytest.Run(t, BackupVaultOwnKey, []policytest.Case{
		{Name: "a key that is not known yet is one", Resources: policytest.One(vaultType, props{"kmsKeyArn": policytest.Unknown}), Want: policytest.Pass()},
	}...)
}
