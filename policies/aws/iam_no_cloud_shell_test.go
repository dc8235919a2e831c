package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMNoCloudShell(t *testing.T) {
	t.Parallel()
	arn := "arn:aws-us-gov:iam::aws:policy/AWSCloudShellFullAccess"
	policytest.Run(t, IAMNoCloudShell, []policytest.Case{
		{Name: "to a role, in another partition", Resources: policytest.One(rolePolicyAttachmentType, props{"policyArn": arn}), Want: policytest.Fail("AWSCloudShellFullAccess")},
		{Name: "in a role", Resources: policytest.One(roleType, props{"managedPolicyArns": []any{arn}}), Want: policytest.Fail("AWSCloudShellFullAccess")},
		{Name: "one of one's own by that name", Resources: policytest.One(rolePolicyAttachmentType, props{"policyArn": "arn:aws:iam::123456789012:policy/AWSCloudShellFullAccess"}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(userPolicyAttachmentType, props{"policyArn": policytest.Unknown}), Want: policytest.Undetermined(".policyArn")},
	}...)
}
