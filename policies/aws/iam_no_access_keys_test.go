package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMNoAccessKeys(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMNoAccessKeys, []policytest.Case{
		{Name: "active", Resources: policytest.One(accessKeyType, props{"status": "Active"}), Want: policytest.Fail("never expires")},
		{Name: "not known", Resources: policytest.One(accessKeyType, props{"status": policytest.Unknown}), Want: policytest.Undetermined(".status")},
		{Name: "no key", Resources: policytest.One(iamUserType, nil), Want: policytest.NotApplicable()},
	}...)
}
