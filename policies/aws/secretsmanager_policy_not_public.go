package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecretsManagerPolicyNotPublic refuses policies of secrets that everybody may use. A condition on the caller's
// organisation, account, network or source makes it good.
var SecretsManagerPolicyNotPublic = policy.Policy{
	ID:        "aws-secretsmanager-policy-not-public",
	Title:     "Policies of secrets must not let everybody in.",
	Severity:  policy.Critical,
	Level:     policy.Mandatory,
	Rationale: "A secret that everybody may read is published.",
	Remediation: "Name the accounts or roles as principals, or add a condition on aws:PrincipalOrgID, " +
		"aws:SourceArn or aws:SourceAccount.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17 A.8.3"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Bad: []policy.Example{
		{Name: "access", Type: secretPolicyType, Properties: props{
			"secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3", "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "access", Type: secretPolicyType, Properties: props{
			"secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3", "policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(secretType, checkResourcePolicy),
		policy.On(secretPolicyType, checkResourcePolicy),
	},
}
