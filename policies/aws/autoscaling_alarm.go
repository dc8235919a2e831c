package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AutoScalingAlarm wants an alarm on every Auto Scaling group.
var AutoScalingAlarm = policy.Policy{
	ID:       "aws-autoscaling-alarm",
	Title:    "Auto Scaling groups must have an alarm.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A group replaces failed instances quietly, again and again. An alarm on its size or load tells of " +
		"the failure behind it.",
	Remediation: "Add an aws:cloudwatch/metricAlarm:MetricAlarm with the dimension AutoScalingGroupName, on " +
		"CPUUtilization or GroupInServiceInstances.",
	Controls: frameworks.Controls{SOC2: "A1.1 CC7.2", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:     []string{"reliability", "monitoring"},
	Bad: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"maxSize": 4, "minSize": 2, "vpcZoneIdentifiers": []any{"subnet-a", "subnet-b"},
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"maxSize": 4, "minSize": 2, "vpcZoneIdentifiers": []any{"subnet-a", "subnet-b"},
		}},
		{Name: "load", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 3, "period": 60, "threshold": 80,
			"namespace": "AWS/EC2", "metricName": "CPUUtilization", "statistic": "Average",
			"dimensions": props{"AutoScalingGroupName": "${web.name}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Groups policy.Resources[namedSubject] `pulumi:"aws:autoscaling/group:Group"`
			watchers
		}) {
			watched := stack.of("AutoScalingGroupName")
			stack.Groups.Each(func(g policy.Resource[namedSubject]) { watched.check(r, g.Node, g.Props.Name) })
		}),
	},
}
