package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AutoScalingTwoInstances wants Auto Scaling groups to survive the loss of an instance.
var AutoScalingTwoInstances = policy.Policy{
	ID:       "aws-autoscaling-two-instances",
	Title:    "Auto Scaling groups must keep two instances or more.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "With one instance, each failure and each replacement is an outage. With two, one serves while the " +
		"other is replaced.",
	Remediation: "Set minSize to 2 or more.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{"minSize": 1, "maxSize": 4}},
	},
	Good: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{"minSize": 2, "maxSize": 4}},
	},
	Rules: []policy.Rule{
		policy.On(groupType, checkAutoScalingTwoInstances),
		policy.OnRemediate(groupType, mendAutoScalingTwoInstances),
	},
}

type redundantGroup struct {
	Min policy.Value[int] `pulumi:"minSize"`
	Max policy.Value[int] `pulumi:"maxSize"`
}

func checkAutoScalingTwoInstances(r *policy.Report, v redundantGroup) {
	if v.Min.Get() < 2 {
		r.Fail("It may shrink to %v.", v.Min)
	}
}

// mendAutoScalingTwoInstances keeps two, and lets there be two.
func mendAutoScalingTwoInstances(r *policy.Remediation, v redundantGroup) {
	if v.Min.Get() < 2 {
		r.Set("minSize", 2)
		r.Set("maxSize", max(v.Max.Get(), 2))
	}
}
