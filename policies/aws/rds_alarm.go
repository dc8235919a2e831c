package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSAlarm wants an alarm on every database instance.
var RDSAlarm = policy.Policy{
	ID:       "aws-rds-alarm",
	Title:    "Databases must have an alarm.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A disk that fills up or connections that run out stop a database; both show hours before, to an " +
		"alarm.",
	Remediation: "Add an aws:cloudwatch/metricAlarm:MetricAlarm with the dimension DBInstanceIdentifier, on " +
		"FreeStorageSpace, CPUUtilization or DatabaseConnections.",
	Controls: frameworks.Controls{SOC2: "A1.1 CC7.2", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:     []string{"reliability", "monitoring"},
	Peers:    []string{"AWS Config CLOUDWATCH_ALARM_RESOURCE_CHECK"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres",
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres",
		}},
		{Name: "load", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 5, "period": 60, "threshold": 80,
			"namespace": "AWS/RDS", "metricName": "CPUUtilization", "statistic": "Average",
			"dimensions": props{"DBInstanceIdentifier": "${orders.identifier}"}, "alarmActions": []any{"arn:aws:sns:eu-west-1:123456789012:on-call"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Databases policy.Resources[databaseSubject] `pulumi:"aws:rds/instance:Instance"`
			watchers
		}) {
			watched := stack.of("DBInstanceIdentifier")
			stack.Databases.Each(func(d policy.Resource[databaseSubject]) { watched.check(r, d.Node, d.Props.Identifier) })
		}),
	},
}

type databaseSubject struct {
	Identifier policy.Value[string] `pulumi:"identifier"`
}
