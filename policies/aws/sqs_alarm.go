package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SQSAlarm wants an alarm on every queue.
var SQSAlarm = policy.Policy{
	ID:       "aws-sqs-alarm",
	Title:    "Queues must have an alarm.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A queue hides that its consumers are gone: it grows until messages expire. An alarm on the age of " +
		"the oldest message tells in time.",
	Remediation: "Add an aws:cloudwatch/metricAlarm:MetricAlarm with the dimension QueueName, on " +
		"ApproximateAgeOfOldestMessage.",
	Controls: frameworks.Controls{SOC2: "A1.1 CC7.2", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:     []string{"reliability", "monitoring"},
	Bad: []policy.Example{
		{Name: "jobs", Type: queueType},
	},
	Good: []policy.Example{
		{Name: "jobs", Type: queueType},
		{Name: "stuck", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 3, "period": 60, "threshold": 600,
			"namespace": "AWS/SQS", "metricName": "ApproximateAgeOfOldestMessage", "statistic": "Maximum",
			"dimensions": props{"QueueName": "${jobs.name}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Queues policy.Resources[namedSubject] `pulumi:"aws:sqs/queue:Queue"`
			watchers
		}) {
			watched := stack.of("QueueName")
			stack.Queues.Each(func(q policy.Resource[namedSubject]) { watched.check(r, q.Node, q.Props.Name) })
		}),
	},
}
