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
		{Name: "with all others of a role", Resources: policytest.One(rolePolicyAttachmentsType, props{"policyArns": []any{"arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"}}), Want: policytest.Fail("AdministratorAccess")},
		{Name: "with all others of a user", Resources: policytest.One(userPolicyAttachmentsType, props{"policyArns": []any{"arn:aws:iam::aws:policy/IAMFullAccess"}}), Want: policytest.Fail("IAMFullAccess")},
		{Name: "with all others of a group", Resources: policytest.One(groupPolicyAttachmentsType, props{"policyArns": []any{"arn:aws:iam::aws:policy/IAMFullAccess"}}), Want: policytest.Fail("IAMFullAccess")},
		{Name: "one of a role is not known yet", Resources: policytest.One(rolePolicyAttachmentsType, props{"policyArns": []any{policytest.Unknown}}), Want: policytest.Undetermined(".policyArns")},
		{Name: "not known yet", Resources: policytest.One(groupPolicyAttachmentType, props{"policyArn": policytest.Unknown}), Want: policytest.Undetermined(".policyArn")},
	}...)
}
