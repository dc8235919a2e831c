package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// KinesisStreamEncrypted wants data streams to be encrypted.
var KinesisStreamEncrypted = policy.Policy{
	ID:          "aws-kinesis-stream-encrypted",
	Title:       "Data streams must be encrypted at rest.",
	Severity:    policy.High,
	Level:       policy.Mandatory,
	Rationale:   "A stream keeps a day's records, or a year's, and keeps them in the clear unless it is told not to.",
	Remediation: "Set encryptionType to KMS and kmsKeyId to a key of your own, or to alias/aws/kinesis.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption"},
	Peers:       []string{"Checkov CKV_AWS_43", "Trivy AWS-0064", "AWS Config KINESIS_STREAM_ENCRYPTED", "Security Hub Kinesis.1"},
	Bad:         []policy.Example{{Name: "clicks", Type: streamType, Properties: props{"shardCount": 1}}},
	Good: []policy.Example{
		{Name: "clicks", Type: streamType, Properties: props{
			"shardCount": 1, "encryptionType": "KMS", "kmsKeyId": "alias/aws/kinesis",
		}},
	},
	Rules: []policy.Rule{
		policy.On(streamType, func(r *policy.Report, s dataStream) {
			if s.Encryption.Or("NONE") == "NONE" {
				r.Fail("It keeps its records in the clear.")
			}
		}),
		policy.OnRemediate(streamType, func(r *policy.Remediation, s dataStream) {
			if s.Encryption.Or("NONE") != "NONE" {
				return
			}
			r.Set("encryptionType", "KMS")
			if !s.Key.Present() {
				r.Set("kmsKeyId", "alias/aws/kinesis")
			}
		}),
	},
}

type dataStream struct {
	Encryption policy.Value[string] `pulumi:"encryptionType"`
	Key        policy.Value[string] `pulumi:"kmsKeyId"`
}
