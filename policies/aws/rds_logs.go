package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSLogs wants databases to send their logs to CloudWatch.
var RDSLogs = policy.Policy{
	ID:       "aws-rds-logs",
	Title:    "Databases must publish their logs.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "RDS keeps the logs of a database for some days, on its own disk, and loses them with it. Failed sign-ins, slow " +
		"queries and errors are looked for weeks later.",
	Remediation: "Set enabledCloudwatchLogsExports: postgresql for PostgreSQL; error, slowquery and audit for MySQL and MariaDB.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging"},
	Peers:       []string{"Checkov CKV_AWS_129", "Checkov CKV_AWS_324", "AWS Config RDS_LOGGING_ENABLED", "Security Hub RDS.9"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{"instanceClass": "db.t4g.medium", "engine": "postgres"}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "enabledCloudwatchLogsExports": []any{"postgresql"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkLoggedDatabase),
		policy.On(rdsClusterType, checkLoggedDatabase),
	},
}

type loggedDatabase struct {
	Logs policy.List[any] `pulumi:"enabledCloudwatchLogsExports"`
}

func checkLoggedDatabase(r *policy.Report, d loggedDatabase) {
	if d.Logs.Len() == 0 {
		r.Fail("Its logs stay on its own disk.")
	}
}
