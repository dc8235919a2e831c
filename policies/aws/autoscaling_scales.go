package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AutoScalingScales advises to scale groups by their load.
var AutoScalingScales = policy.Policy{
	ID:       "aws-autoscaling-scales",
	Title:    "Auto Scaling groups should follow the load.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A group that nothing scales runs for its busiest hour all day, or is too small in it. Expected " +
		"effect: capacity, and its cost, follow the load; predictive scaling starts instances before a daily " +
		"peak.",
	Remediation: "Add an aws:autoscaling/policy:Policy of the type TargetTrackingScaling or PredictiveScaling.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"maxSize": 4, "minSize": 2, "vpcZoneIdentifiers": []any{"subnet-a", "subnet-b"},
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"maxSize": 4, "minSize": 2, "vpcZoneIdentifiers": []any{"subnet-a", "subnet-b"},
		}},
		{Name: "load", Type: scalingPolicyType, Properties: props{
			"autoscalingGroupName": "${web.name}", "policyType": "TargetTrackingScaling",
			"targetTrackingConfiguration": props{
				"targetValue":                   60,
				"predefinedMetricSpecification": props{"predefinedMetricType": "ASGAverageCPUUtilization"},
			},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Groups   policy.Resources[sizedGroup]    `pulumi:"aws:autoscaling/group:Group"`
			Policies policy.Resources[scalingPolicy] `pulumi:"aws:autoscaling/policy:Policy"`
		}) {
			stack.Groups.Each(func(g policy.Resource[sizedGroup]) {
				if policy.AllOf(
					func() bool { return g.Props.Min.Get() < g.Props.Max.Get() },
					func() bool { return !stack.Policies.AnyReferring("autoscalingGroupName", g.Node, nil) },
				) {
					r.Fail(g.Node, "It may have %v to %v instances, but nothing changes how many.", g.Props.Min, g.Props.Max)
				}
			})
		}),
	},
}

type sizedGroup struct {
	Min policy.Value[int] `pulumi:"minSize"`
	Max policy.Value[int] `pulumi:"maxSize"`
}

type scalingPolicy struct {
	Group policy.Value[string] `pulumi:"autoscalingGroupName"`
}
