package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMUserNoPassword(t *testing.T) {
	t.Parallel()
	with := func(user any) []policytest.Resource {
		return []policytest.Resource{
			{Name: "ann", Type: iamUserType, Properties: props{"name": "ann"}},
			{Name: "console", Type: loginProfileType, Properties: props{"user": user}},
		}
	}
	policytest.Run(t, IAMUserNoPassword, []policytest.Case{
		{Name: "by name", Resources: with("ann"), Want: policytest.Fail("a password")},
		{Name: "of somebody else", Resources: with("ben"), Want: policytest.Pass()},
		{Name: "not known whose", Resources: with(policytest.Unknown), Want: policytest.Undetermined(".user")},
	}...)
}
