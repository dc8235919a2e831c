package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AutoScalingLaunchTemplate refuses launch configurations.
var AutoScalingLaunchTemplate = policy.Policy{
	ID:          "aws-autoscaling-launch-template",
	Title:       "Auto Scaling groups must use launch templates.",
	Severity:    policy.Low,
	Level:       policy.Advisory,
	Rationale:   "Launch configurations have no versions, and no features or instance types that came after 2022.",
	Remediation: "Set launchTemplate or mixedInstancesPolicy instead of launchConfiguration.",
	Controls:    frameworks.Controls{SOC2: "CC8.1", ISO27001: "A.8.32"}.List(),
	Tags:        []string{"reliability", "versions"},
	Peers:       []string{"Checkov CKV_AWS_315", "AWS Config AUTOSCALING_LAUNCH_TEMPLATE", "Security Hub AutoScaling.9"},
	Bad: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{"minSize": 2, "maxSize": 4, "launchConfiguration": "web-1"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"minSize": 2, "maxSize": 4, "launchTemplate": props{"id": "lt-0a1b", "version": "3"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(groupType, checkAutoScalingLaunchTemplate),
	},
}

type configuredGroup struct {
	Configuration policy.Value[string] `pulumi:"launchConfiguration"`
}

func checkAutoScalingLaunchTemplate(r *policy.Report, v configuredGroup) {
	if v.Configuration.Get() != "" {
		r.Fail("It uses a launch configuration.")
	}
}
