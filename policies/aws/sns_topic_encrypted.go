package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SNSTopicEncrypted wants topics to be encrypted with a key of KMS.
var SNSTopicEncrypted = policy.Policy{
	ID:       "aws-sns-topic-encrypted",
	Title:    "Topics must be encrypted at rest.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Messages are stored until they are delivered; without a key, nothing but the permissions of the " +
		"service protects them.",
	Remediation: "Set kmsMasterKeyId: a key of your own if AWS services publish, since their keys cannot be " +
		"shared with them.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers:    []string{"Checkov CKV_AWS_26", "Trivy AWS-0095", "AWS Config SNS_ENCRYPTED_KMS", "Security Hub SNS.1"},
	Bad: []policy.Example{
		{Name: "alarms", Type: topicType, Properties: props{"name": "alarms"}},
	},
	Good: []policy.Example{
		{Name: "alarms", Type: topicType, Properties: props{"kmsMasterKeyId": "alias/alarms"}},
	},
	Rules: []policy.Rule{
		policy.On(topicType, checkEncryptedTopic),
	},
}

type encryptedTopic struct {
	Key policy.Value[string] `pulumi:"kmsMasterKeyId"`
}

func checkEncryptedTopic(r *policy.Report, v encryptedTopic) {
	if !v.Key.Present() {
		r.Fail("It has no kmsMasterKeyId.")
	}
}
