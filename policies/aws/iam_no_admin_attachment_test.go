package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMNoAdminAttachment(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMNoAdminAttachment, []policytest.Case{
		{Name: "in China", Resources: policytest.One(userPolicyAttachmentType, props{"policyArn": "arn:aws-cn:iam::aws:policy/AdministratorAccess"}), Want: policytest.Fail("AdministratorAccess")},
		{Name: "to a role by itself", Resources: policytest.One(roleType, props{"managedPolicyArns": []any{"arn:aws:iam::aws:policy/IAMFullAccess"}}), Want: policytest.Fail("IAMFullAccess")},
		{Name: "a policy of one's own of that name", Resources: policytest.One(policyAttachmentType, props{"policyArn": "arn:aws:iam::123456789012:policy/AdministratorAccess"}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(groupPolicyAttachmentType, props{"policyArn": policytest.Unknown}), Want: policytest.Undetermined(".policyArn")},
	}...)
}
