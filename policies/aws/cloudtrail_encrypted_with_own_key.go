package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailEncryptedWithOwnKey wants trails to encrypt their files with a key of KMS that the account controls.
var CloudTrailEncryptedWithOwnKey = policy.Policy{
	ID:       "aws-cloudtrail-encrypted-with-own-key",
	Title:    "Trails must encrypt their files with a key of your own.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Who may read the bucket may read the trail, unless a key stands in between; and the key's own " +
		"record shows who read it.",
	Remediation: "Set kmsKeyId to a key whose policy lets CloudTrail encrypt with it.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.15 A.8.24", CISAWS: "3.5"}.List(),
	Tags:        []string{"security", "encryption", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_35", "Trivy AWS-0015", "AWS Config CLOUD_TRAIL_ENCRYPTION_ENABLED",
		"Security Hub CloudTrail.2",
	},
	Bad: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "audit-logs"}},
	},
	Good: []policy.Example{
		{Name: "key", Type: keyType, Properties: props{"enableKeyRotation": true}},
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "audit-logs", "kmsKeyId": "${key.arn}"}},
	},
	Rules: []policy.Rule{
		policy.On(trailType, func(r *policy.Report, trail struct {
			Key policy.Value[string] `pulumi:"kmsKeyId"`
		}) {
			if !trail.Key.Present() {
				r.Fail("It has no kmsKeyId.")
			}
		}),
	},
}
