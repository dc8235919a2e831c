package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaAlarm wants an alarm on every function.
var LambdaAlarm = policy.Policy{
	ID:       "aws-lambda-alarm",
	Title:    "Functions must have an alarm.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A function that fails is retried and then forgotten. An alarm on its errors tells before its " +
		"callers do.",
	Remediation: "Add an aws:cloudwatch/metricAlarm:MetricAlarm with the dimension FunctionName, on Errors or " +
		"Throttles.",
	Controls: frameworks.Controls{SOC2: "A1.1 CC7.2", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:     []string{"reliability", "monitoring"},
	Bad: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{"role": "arn:aws:iam::123456789012:role/resize"}},
	},
	Good: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{"role": "arn:aws:iam::123456789012:role/resize"}},
		{Name: "errors", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 3, "period": 60, "threshold": 0,
			"namespace": "AWS/Lambda", "metricName": "Errors", "statistic": "Sum",
			"dimensions": props{"FunctionName": "${resize.name}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Functions policy.Resources[namedSubject] `pulumi:"aws:lambda/function:Function"`
			watchers
		}) {
			watched := stack.of("FunctionName")
			stack.Functions.Each(func(f policy.Resource[namedSubject]) { watched.check(r, f.Node, f.Props.Name) })
		}),
	},
}
