package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// KMSKeyPolicyNotPublic refuses policies of keys that everybody may use. A condition on the caller's organisation,
// account, network or source makes it good.
var KMSKeyPolicyNotPublic = policy.Policy{
	ID:       "aws-kms-key-policy-not-public",
	Title:    "Policies of keys must not let everybody in.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "Whoever may use a key may read what it protects. A policy for everybody makes all encryption with " +
		"the key worthless.",
	Remediation: "Name the accounts or roles as principals, or add a condition on aws:PrincipalOrgID, " +
		"aws:SourceArn or aws:SourceAccount.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24 A.8.3"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Peers:    []string{"Checkov CKV_AWS_33", "Security Hub KMS.5"},
	Bad: []policy.Example{
		{Name: "access", Type: keyPolicyType, Properties: props{
			"keyId": "1234abcd", "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "access", Type: keyPolicyType, Properties: props{
			"keyId": "1234abcd", "policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(keyType, checkResourcePolicy),
		policy.On(keyPolicyType, checkResourcePolicy),
	},
}
