package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEBSEncryptedByDefault(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EBSEncryptedByDefault, []policytest.Case{
		{Name: "on", Resources: policytest.One(encryptionByDefaultType, props{"enabled": true}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(encryptionByDefaultType, props{"enabled": policytest.Unknown}), Want: policytest.Undetermined(".enabled")},
	}...)
}
