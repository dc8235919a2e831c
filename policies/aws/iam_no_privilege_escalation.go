package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMNoPrivilegeEscalation refuses policies by which their holder can become an administrator in one step: by changing
// permissions, or by taking over somebody who has them. To pass any role to a service is a matter of another policy.
var IAMNoPrivilegeEscalation = policy.Policy{
	ID:       "aws-iam-no-privilege-escalation",
	Title:    "Policies must not let their holder become an administrator.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Who may attach a policy to everybody may attach AdministratorAccess to themselves. Such a permission is that " +
		"of an administrator, and does not look it.",
	Remediation: "Give the actions the ARNs that are meant, or a condition on iam:PermissionsBoundary.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.2 A.5.18"}.List(),
	Tags:        []string{"security", "iam", "least-privilege"},
	Peers:       []string{"Checkov CKV_AWS_110", "Checkov CKV_AWS_286"},
	Bad: []policy.Example{
		{Name: "deploy", Type: rolePolicyType, Properties: props{
			"role": "deploy", "policy": `{"Statement": [{"Effect": "Allow", "Action": ["iam:CreateRole", "iam:AttachRolePolicy"], "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "deploy", Type: rolePolicyType, Properties: props{
			"role": "deploy", "policy": `{"Statement": [{"Effect": "Allow", "Action": ["iam:CreateRole", "iam:AttachRolePolicy"], "Resource": "arn:aws:iam::123456789012:role/web-*"}]}`,
		}},
	},
	Rules: onIdentityPolicies(func(r *policy.Report, p identityPolicy) {
		for _, s := range statementsOf(p.Document) {
			if actions := s.allowsEverywhere(escalations...); len(actions) > 0 {
				r.Fail("It lets its holder become an administrator by %v, in %s.", actions, s.name())
			}
		}
	}),
}

// escalations are the actions that are enough by themselves (Rhino Security Labs, "AWS IAM Privilege Escalation", as
// prowler has them in privilege_escalation.py).
var escalations = []string{
	"iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:CreateAccessKey",
	"iam:CreateLoginProfile", "iam:CreatePolicyVersion", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy",
	"iam:SetDefaultPolicyVersion", "iam:UpdateAssumeRolePolicy", "iam:UpdateLoginProfile",
}
