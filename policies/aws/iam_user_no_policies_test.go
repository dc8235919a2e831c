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
		{Name: "with all others", Resources: policytest.One(userPolicyAttachmentsType, props{"policyArns": []any{"arn:aws:iam::aws:policy/ReadOnlyAccess"}}), Want: policytest.Fail("policies to a user")},
		{Name: "none, and no others", Resources: policytest.One(userPolicyAttachmentsType, props{"policyArns": []any{}}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(policyAttachmentType, props{"users": policytest.Unknown}), Want: policytest.Undetermined(".users")},
	}...)
}
