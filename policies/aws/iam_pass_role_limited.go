package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMPassRoleLimited refuses policies that let any role be passed to a service.
var IAMPassRoleLimited = policy.Policy{
	ID:       "aws-iam-pass-role-limited",
	Title:    "Policies must name the roles that may be passed.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Who may pass any role to a service that they start gets the permissions of the most powerful role " +
		"there is: the usual way from a small leak to the whole account.",
	Remediation: "Give iam:PassRole the ARNs of the roles that are meant, and a condition on iam:PassedToService.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.2 A.5.18"}.List(),
	Tags:        []string{"security", "iam", "least-privilege"},
	Peers:       []string{"Trivy AWS-0342", "Checkov CKV_AWS_286"},
	Bad: []policy.Example{
		{Name: "deploy", Type: rolePolicyType, Properties: props{
			"role": "deploy", "policy": `{"Statement": [{"Effect": "Allow", "Action": ["ec2:RunInstances", "iam:PassRole"], "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "deploy", Type: rolePolicyType, Properties: props{
			"role": "deploy", "policy": `{"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::123456789012:role/web"}]}`,
		}},
	},
	Rules: onIdentityPolicies(func(r *policy.Report, p identityPolicy) {
		for _, s := range statementsOf(p.Document) {
			if len(s.allowsEverywhere("iam:PassRole")) > 0 {
				r.Fail("Any role may be passed, by %s.", s.name())
			}
		}
	}),
}
