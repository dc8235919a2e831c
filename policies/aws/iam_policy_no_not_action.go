package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMPolicyNoNotAction advises against allowing all actions but some.
var IAMPolicyNoNotAction = policy.Policy{
	ID:       "aws-iam-policy-no-not-action",
	Title:    "Policies must not allow all actions but some.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Allow with NotAction grants whatever AWS adds tomorrow, and mostly far more than was meant: " +
		"everything that was not thought of.",
	Remediation: "List the actions that are allowed in Action; to forbid some, add a statement with the effect Deny.",
	Controls:    frameworks.Controls{SOC2: "CC6.3", ISO27001: "A.8.2 A.5.15"}.List(),
	Tags:        []string{"security", "iam", "least-privilege"},
	Bad: []policy.Example{
		{Name: "team", Type: iamPolicyType, Properties: props{
			"policy": `{"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "team", Type: iamPolicyType, Properties: props{
			"policy": `{"Statement": [{"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}]}`,
		}},
	},
	Rules: onIdentityPolicies(checkNotAction),
}

func checkNotAction(r *policy.Report, p identityPolicy) {
	for _, s := range statementsOf(p.Document) {
		if s.allows() && len(s.NotAction) > 0 {
			r.Fail("It allows all but %v, by %s.", []string(s.NotAction), s.name())
		}
	}
}
