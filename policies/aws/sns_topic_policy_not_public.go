package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SNSTopicPolicyNotPublic refuses policies of topics that everybody may use. A condition on the caller's
// organisation, account, network or source makes it good.
var SNSTopicPolicyNotPublic = policy.Policy{
	ID:       "aws-sns-topic-policy-not-public",
	Title:    "Policies of topics must not let everybody in.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Strangers can subscribe to a public topic and read along, or publish what your systems take for " +
		"their own.",
	Remediation: "Name the accounts or roles as principals, or add a condition on aws:PrincipalOrgID, " +
		"aws:SourceArn or aws:SourceAccount.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Peers:    []string{"Checkov CKV_AWS_169", "Security Hub SNS.4"},
	Bad: []policy.Example{
		{Name: "access", Type: topicPolicyType, Properties: props{
			"arn": "arn:aws:sns:eu-west-1:123456789012:orders", "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "access", Type: topicPolicyType, Properties: props{
			"arn": "arn:aws:sns:eu-west-1:123456789012:orders", "policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "sns:Publish", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(topicType, checkResourcePolicy),
		policy.On(topicPolicyType, checkResourcePolicy),
	},
}
