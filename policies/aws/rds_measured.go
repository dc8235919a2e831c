package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSMeasured wants databases to measure themselves: by enhanced monitoring, or by Performance Insights.
var RDSMeasured = policy.Policy{
	ID:       "aws-rds-measured",
	Title:    "Databases must have enhanced monitoring or Performance Insights.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "CloudWatch sees a database from outside, once a minute. Which query or process it is that takes all of it, only " +
		"the database itself can tell.",
	Remediation: "Set performanceInsightsEnabled to true, or monitoringInterval with monitoringRoleArn.",
	Controls:    frameworks.Controls{SOC2: "A1.1 CC7.2", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:        []string{"reliability", "monitoring"},
	Peers: []string{
		"Checkov CKV_AWS_118", "Checkov CKV_AWS_353", "Trivy AWS-0133", "AWS Config RDS_ENHANCED_MONITORING_ENABLED",
		"Security Hub RDS.6",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{"instanceClass": "db.m7g.large", "engine": "postgres"}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.m7g.large", "engine": "postgres", "performanceInsightsEnabled": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkMeasuredDatabase),
		policy.On(rdsClusterInstanceType, checkMeasuredDatabase),
	},
}

type measuredDatabase struct {
	Interval policy.Value[int]  `pulumi:"monitoringInterval"`
	Insights policy.Value[bool] `pulumi:"performanceInsightsEnabled"`
}

func checkMeasuredDatabase(r *policy.Report, d measuredDatabase) {
	if !policy.AnyOf(
		func() bool { return d.Interval.Or(0) > 0 },
		func() bool { return d.Insights.Or(false) },
	) {
		r.Fail("It is only seen from outside.")
	}
}
