package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMPolicyNoDecryptAll advises against letting somebody decrypt with all keys there are.
var IAMPolicyNoDecryptAll = policy.Policy{
	ID:       "aws-iam-policy-no-decrypt-all",
	Title:    "Policies must name the keys that may decrypt.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Keys keep data apart: what is encrypted with the key of one service, no other can read. Who may decrypt with " +
		"every key undoes that, for themselves and for those who steal their credentials.",
	Remediation: "Give kms:Decrypt and kms:ReEncryptFrom the ARNs of the keys that are meant, or a condition on kms:ViaService.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.24 A.8.2"}.List(),
	Tags:        []string{"security", "iam", "least-privilege"},
	Peers: []string{
		"AWS Config IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS", "AWS Config IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS",
		"Security Hub KMS.1", "Security Hub KMS.2",
	},
	Bad: []policy.Example{
		{Name: "reports", Type: iamPolicyType, Properties: props{
			"policy": `{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "kms:Decrypt"], "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "reports", Type: iamPolicyType, Properties: props{
			"policy": `{"Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:123456789012:key/1"}]}`,
		}},
	},
	Rules: onIdentityPolicies(func(r *policy.Report, p identityPolicy) {
		for _, s := range statementsOf(p.Document) {
			if actions := s.allowsEverywhere("kms:Decrypt", "kms:ReEncryptFrom"); len(actions) > 0 {
				r.Fail("It allows %v with all keys, by %s.", actions, s.name())
			}
		}
	}),
}
