package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMNoPrivilegeEscalation(t *testing.T) {
	t.Parallel()
	document := func(action, resource, more string) props {
		return props{"policy": `{"Statement": [{"Effect": "Allow", "Action": ` + action + `, "Resource": "` + resource + `"` + more + `}]}`}
	}
	policytest.Run(t, IAMNoPrivilegeEscalation, []policytest.Case{
		{Name: "by a pattern", Resources: policytest.One(iamPolicyType, document(`"iam:Put*"`, "*", "")), Want: policytest.Fail("[iam:PutGroupPolicy iam:PutRolePolicy iam:PutUserPolicy]")},
		{Name: "within a boundary", Resources: policytest.One(userPolicyType, document(`"iam:PutRolePolicy"`, "*", `, "Condition": {"StringEquals": {"iam:PermissionsBoundary": "arn"}}`)), Want: policytest.Pass()},
		{Name: "to read", Resources: policytest.One(groupPolicyType, document(`["iam:Get*", "iam:List*"]`, "*", "")), Want: policytest.Pass()},
		{Name: "everything is another matter", Resources: policytest.One(iamPolicyType, document(`"*"`, "*", "")), Want: policytest.Pass()},
		{Name: "inline in a role", Resources: policytest.One(roleType, props{"inlinePolicies": []any{document(`"iam:CreateAccessKey"`, "*", "")}}), Want: policytest.Fail("iam:CreateAccessKey")},
		{Name: "not known", Resources: policytest.One(iamPolicyType, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
	}...)
	for _, action := range []string{
		"iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:CreateAccessKey",
		"iam:CreateLoginProfile", "iam:CreatePolicyVersion", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy",
		"iam:SetDefaultPolicyVersion", "iam:UpdateAssumeRolePolicy", "iam:UpdateLoginProfile",
	} {
		policytest.Run(t, IAMNoPrivilegeEscalation, policytest.Case{
			Name: action, Resources: policytest.One(iamPolicyType, document(`"`+action+`"`, "*", "")), Want: policytest.Fail("[" + action + "]"),
		})
	}
}
