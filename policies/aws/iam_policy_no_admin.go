package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMPolicyNoAdmin refuses policies that allow every action on every resource, be they managed or inline.
var IAMPolicyNoAdmin = policy.Policy{
	ID:       "aws-iam-policy-no-admin",
	Title:    "Policies must not allow everything on everything.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "Whoever gets hold of one credential with such a policy owns the account: data, backups, logs and " +
		"the right to lock everybody else out.",
	Remediation: "Name the actions that are needed, and their resources. IAM Access Analyzer proposes a policy " +
		"from what was really used.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.2 A.5.15 A.5.18", CISAWS: "1.15"}.List(),
	Tags:     []string{"security", "iam", "least-privilege"},
	Peers: []string{
		"Checkov CKV_AWS_62", "Checkov CKV_AWS_63", "Checkov CKV2_AWS_40", "Trivy AWS-0057",
		"AWS Config IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS", "Security Hub IAM.1",
	},
	Bad: []policy.Example{
		{Name: "deploy", Type: iamPolicyType, Properties: props{
			"policy": `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "deploy", Type: iamPolicyType, Properties: props{
			"policy": `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::site/*"}]}`,
		}},
	},
	Rules: onIdentityPolicies(checkNoAdmin),
}

func checkNoAdmin(r *policy.Report, p identityPolicy) {
	for _, s := range statementsOf(p.Document) {
		if s.allows() && s.Action.grantsAll() && slices.Contains(s.Resource, "*") {
			r.Fail("It allows everything on everything, by %s.", s.name())
		}
	}
}
