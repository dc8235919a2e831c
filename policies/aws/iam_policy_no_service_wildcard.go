package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMPolicyNoServiceWildcard advises against allowing all actions of a service on everything.
var IAMPolicyNoServiceWildcard = policy.Policy{
	ID:       "aws-iam-policy-no-service-wildcard",
	Title:    "Policies must not allow all of a service on everything.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "s3:* on everything reads and deletes every object of the account, the audit logs among them. Somebody meant " +
		"one bucket.",
	Remediation: "Name the actions that are needed, and their resources. IAM Access Analyzer proposes a policy from what was " +
		"really used.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.2 A.5.15"}.List(),
	Tags:     []string{"security", "iam", "least-privilege"},
	Peers:    []string{"AWS Config IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS", "Security Hub IAM.21"},
	Bad: []policy.Example{
		{Name: "upload", Type: iamPolicyType, Properties: props{
			"policy": `{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "upload", Type: iamPolicyType, Properties: props{
			"policy": `{"Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::site/*"}]}`,
		}},
	},
	Rules: onIdentityPolicies(func(r *policy.Report, p identityPolicy) {
		for _, s := range statementsOf(p.Document) {
			if !s.allows() || len(s.Condition) > 0 || !slices.Contains(s.Resource, "*") {
				continue
			}
			for _, action := range s.Action {
				if service, all := strings.CutSuffix(action, ":*"); all && service != "*" {
					r.Fail("It allows %s on everything, by %s.", action, s.name())
				}
			}
		}
	}),
}
