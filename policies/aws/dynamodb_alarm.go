package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DynamoDBAlarm wants an alarm on every table of DynamoDB.
var DynamoDBAlarm = policy.Policy{
	ID:        "aws-dynamodb-alarm",
	Title:     "Tables must have an alarm.",
	Severity:  policy.Low,
	Level:     policy.Advisory,
	Rationale: "A table that throttles or fails slows all that reads it. An alarm tells which table it is.",
	Remediation: "Add an aws:cloudwatch/metricAlarm:MetricAlarm with the dimension TableName, on ThrottledRequests " +
		"or SystemErrors.",
	Controls: frameworks.Controls{SOC2: "A1.1 CC7.2", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:     []string{"reliability", "monitoring"},
	Bad: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{"hashKey": "id", "billingMode": "PAY_PER_REQUEST"}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{"hashKey": "id", "billingMode": "PAY_PER_REQUEST"}},
		{Name: "throttled", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 3, "period": 60, "threshold": 0,
			"namespace": "AWS/DynamoDB", "metricName": "ThrottledRequests", "statistic": "Sum",
			"dimensions": props{"TableName": "${orders.name}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Tables policy.Resources[namedSubject] `pulumi:"aws:dynamodb/table:Table"`
			watchers
		}) {
			watched := stack.of("TableName")
			stack.Tables.Each(func(t policy.Resource[namedSubject]) { watched.check(r, t.Node, t.Props.Name) })
		}),
	},
}
