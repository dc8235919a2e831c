package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudWatchLogRetention wants log groups to keep logs for long enough to look into an incident, and not for ever.
// Its setting "days" says how long at least.
var CloudWatchLogRetention = policy.Policy{
	ID:       "aws-cloudwatch-log-retention",
	Title:    "Log groups must say how long they keep logs.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Intrusions are found months after they began; logs that are gone by then tell nothing. Logs that " +
		"are kept for ever cost more each month, and keep personal data that should be gone.",
	Remediation: "Set retentionInDays to 365, or what your rules ask for.",
	Controls:    frameworks.Controls{SOC2: "CC7.2 C1.2", ISO27001: "A.8.15 A.8.10"}.List(),
	Tags:        []string{"security", "logging", "retention"},
	Peers:       []string{"Checkov CKV_AWS_66", "Checkov CKV_AWS_338", "AWS Config CW_LOGGROUP_RETENTION_PERIOD_CHECK"},
	Config:      logRetention{Days: 30},
	Bad: []policy.Example{
		{Name: "shop", Type: logGroupType, Properties: props{"name": "shop"}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: logGroupType, Properties: props{"retentionInDays": 365}},
	},
	Rules: []policy.Rule{
		policy.On(logGroupType, checkKeptLogs),
		policy.OnRemediate(logGroupType, mendKeptLogs),
	},
}

// logRetention are the policy's settings.
type logRetention struct {
	Days int `pulumi:"days" min:"1" max:"3653" description:"For how many days logs must be kept at least."`
}

// keptLogs are kept for ever by default, and with 0.
type keptLogs struct {
	Days policy.Value[int] `pulumi:"retentionInDays"`
}

func checkKeptLogs(r *policy.Report, v keptLogs) {
	if v.Days.Or(0) < policy.Settings[logRetention](r).Days {
		r.Fail("Its retentionInDays is %v.", v.Days)
	}
}

func mendKeptLogs(r *policy.Remediation, v keptLogs) {
	if v.Days.Or(0) < policy.Settings[logRetention](r).Days {
		r.Set("retentionInDays", policy.Settings[logRetention](r).Days)
	}
}
