package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudWatchLogRetentionBounded advises against keeping logs for longer than a year. Its setting "days" replaces the
// year. Logs that are kept for ever are CloudWatchLogRetention's to find.
var CloudWatchLogRetentionBounded = policy.Policy{
	ID:       "aws-cloudwatch-log-retention-bounded",
	Title:    "Log groups should keep logs for a year at most.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "CloudWatch Logs charges for each GB and month kept. Expected effect: what logs cost is bounded; " +
		"what has to be kept for longer is cheaper in S3.",
	Remediation: "Set retentionInDays to 365 or less, and export what audits need to a bucket.",
	Controls:    frameworks.Controls{SOC2: "C1.2", ISO27001: "A.8.10"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "web", Type: logGroupType, Properties: props{"name": "/shop/web", "retentionInDays": 3653}},
	},
	Good: []policy.Example{
		{Name: "web", Type: logGroupType, Properties: props{"name": "/shop/web", "retentionInDays": 365}},
	},
	Config: longestRetention{Days: 365},
	Rules: []policy.Rule{
		policy.On(logGroupType, checkCloudWatchLogRetentionBounded),
	},
}

type boundedLogs struct {
	Days policy.Value[int] `pulumi:"retentionInDays"`
}

func checkCloudWatchLogRetentionBounded(r *policy.Report, v boundedLogs) {
	if v.Days.Or(0) > policy.Settings[longestRetention](r).Days {
		r.Fail("It keeps them for %v days.", v.Days)
	}
}

// longestRetention are the policy's settings.
type longestRetention struct {
	Days int `pulumi:"days" min:"1" description:"The longest retention, in days."`
}
