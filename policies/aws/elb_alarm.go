package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBAlarm wants an alarm on every load balancer.
var ELBAlarm = policy.Policy{
	ID:       "aws-elb-alarm",
	Title:    "Load balancers must have an alarm.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "The load balancer sees first that targets fail or answer slowly; without an alarm, customers tell " +
		"you.",
	Remediation: "Add an aws:cloudwatch/metricAlarm:MetricAlarm with the dimension LoadBalancer, on " +
		"HTTPCode_Target_5XX_Count, UnHealthyHostCount or TargetResponseTime.",
	Controls: frameworks.Controls{SOC2: "A1.1 CC7.2", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:     []string{"reliability", "monitoring"},
	Bad: []policy.Example{
		{Name: "web", Type: loadBalancerType},
	},
	Good: []policy.Example{
		{Name: "web", Type: loadBalancerType},
		{Name: "errors", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 5, "period": 60, "threshold": 5,
			"namespace": "AWS/ApplicationELB", "metricName": "HTTPCode_Target_5XX_Count", "statistic": "Sum",
			"dimensions": props{"LoadBalancer": "${web.arnSuffix}"}, "alarmActions": []any{"arn:aws:sns:eu-west-1:123456789012:on-call"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			LoadBalancers policy.Resources[balancerSubject] `pulumi:"aws:lb/loadBalancer:LoadBalancer,aws:alb/loadBalancer:LoadBalancer"`
			watchers
		}) {
			watched := stack.of("LoadBalancer")
			stack.LoadBalancers.Each(func(b policy.Resource[balancerSubject]) { watched.check(r, b.Node, b.Props.MetricName) })
		}),
	},
}

type balancerSubject struct {
	MetricName policy.Value[string] `pulumi:"arnSuffix"`
}
