package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailToCloudWatch wants trails to be delivered to CloudWatch Logs, where alarms can be set on them.
var CloudTrailToCloudWatch = policy.Policy{
	ID:       "aws-cloudtrail-to-cloudwatch",
	Title:    "Trails must be delivered to CloudWatch Logs.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A file in a bucket is read after the incident. From a log group, an alarm is raised within minutes of what it " +
		"is about.",
	Remediation: "Set cloudWatchLogsGroupArn to the ARN of a log group with :* behind it, and cloudWatchLogsRoleArn.",
	Controls:    frameworks.Controls{SOC2: "CC7.2 CC7.3", ISO27001: "A.8.15 A.8.16"}.List(),
	Tags:        []string{"security", "logging", "monitoring"},
	Peers: []string{
		"Checkov CKV2_AWS_10", "Trivy AWS-0162", "AWS Config CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED",
		"Security Hub CloudTrail.5",
	},
	Bad: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "acme-trail"}},
	},
	Good: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{
			"s3BucketName": "acme-trail", "cloudWatchLogsGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:trail:*",
			"cloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/trail",
		}},
	},
	Rules: []policy.Rule{
		policy.On(trailType, func(r *policy.Report, t deliveredTrail) {
			if !t.Group.Present() {
				r.Fail("It is delivered to a bucket only.")
			}
		}),
	},
}

type deliveredTrail struct {
	Group policy.Value[string] `pulumi:"cloudWatchLogsGroupArn"`
}
