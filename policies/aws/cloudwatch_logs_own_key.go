package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudWatchLogsOwnKey wants log groups to be encrypted with a key of your own.
var CloudWatchLogsOwnKey = policy.Policy{
	ID:       "aws-cloudwatch-logs-own-key",
	Title:    "Log groups must be encrypted with a key of your own.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Logs hold what nobody meant to write down: tokens, addresses, queries. With the key of CloudWatch, whoever may " +
		"read the group reads them; with a key of your own, that is decided apart, and can be taken back.",
	Remediation: "Set kmsKeyId to the ARN of a key whose policy lets the service logs of the region use it. It encrypts what " +
		"comes from then on.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24 A.8.15"}.List(),
	Tags:     []string{"security", "encryption", "logging"},
	Peers:    []string{"Checkov CKV_AWS_158", "Trivy AWS-0017", "AWS Config CLOUDWATCH_LOG_GROUP_ENCRYPTED"},
	Bad: []policy.Example{
		{Name: "shop", Type: logGroupType, Properties: props{"retentionInDays": 365}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: logGroupType, Properties: props{
			"retentionInDays": 365, "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/1",
		}},
	},
	Rules: []policy.Rule{
		policy.On(logGroupType, func(r *policy.Report, g struct {
			Key policy.Value[string] `pulumi:"kmsKeyId"`
		}) {
			if !g.Key.Present() {
				r.Fail("It has no kmsKeyId.")
			}
		}),
	},
}
