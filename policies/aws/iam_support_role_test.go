package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMSupportRole(t *testing.T) {
	t.Parallel()
	const support = "arn:aws-cn:iam::aws:policy/AWSSupportAccess"
	with := func(token string, properties props) []policytest.Resource {
		return []policytest.Resource{{Name: "hub", Type: securityHubType}, {Name: "other", Type: token, Properties: properties}}
	}
	said := "It attaches AWSSupportAccess to no role."
	policytest.Run(t, IAMSupportRole,
		policytest.Case{Name: "no account's setup", Resources: policytest.One(queueType, nil), Want: policytest.NotApplicable()},
		policytest.Case{Name: "another policy", Resources: with(rolePolicyAttachmentType, props{"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}), Want: policytest.Fail(said)},
		policytest.Case{Name: "one's own of that name", Resources: with(rolePolicyAttachmentType, props{"policyArn": "arn:aws:iam::123456789012:policy/AWSSupportAccess"}), Want: policytest.Fail(said)},
		policytest.Case{Name: "a role", Resources: with(rolePolicyAttachmentType, props{"policyArn": support}), Want: policytest.Pass()},
		policytest.Case{Name: "several", Resources: with(policyAttachmentType, props{"policyArn": support}), Want: policytest.Pass()},
		policytest.Case{Name: "a role, with all others", Resources: with(rolePolicyAttachmentsType, props{"policyArns": []any{support}}), Want: policytest.Pass()},
		policytest.Case{Name: "a role by itself", Resources: with(roleType, props{"managedPolicyArns": []any{support}}), Want: policytest.Pass()},
		policytest.Case{Name: "a permission set", Resources: with(setAttachmentType, props{"managedPolicyArn": support}), Want: policytest.Pass()},
		policytest.Case{Name: "another policy of a permission set", Resources: with(setAttachmentType, props{"managedPolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}), Want: policytest.Fail(said)},
		policytest.Case{Name: "not known yet", Resources: with(setAttachmentType, props{"managedPolicyArn": policytest.Unknown}), Want: policytest.Undetermined(".managedPolicyArn")},
	)
}
