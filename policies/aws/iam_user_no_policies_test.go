package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMUserNoPolicies(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMUserNoPolicies, []policytest.Case{
		{Name: "inline", Resources: policytest.One(userPolicyType, props{"policy": "{}"}), Want: policytest.Fail("a policy of a user")},
		{Name: "to users at once", Resources: policytest.One(policyAttachmentType, props{"users": []any{"ann"}}), Want: policytest.Fail("to users")},
		{Name: "not known yet", Resources: policytest.One(policyAttachmentType, props{"users": policytest.Unknown}), Want: policytest.Undetermined(".users")},
	}...)
}
