package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AutoScalingTemplateVersion wants changes of launch templates to reach running instances (aws.autoscaling.Group of
// pulumi-aws, instanceRefresh: none starts by $Latest).
var AutoScalingTemplateVersion = policy.Policy{
	ID:       "aws-autoscaling-template-version",
	Title:    "Auto Scaling groups must name the version of their launch template.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "With $Latest or $Default, a change of the template does not change the group: no instance refresh " +
		"starts, and old and new instances run side by side until something replaces them.",
	Remediation: "Set launchTemplate.version to the latestVersion of the launch template, and add an " +
		"instanceRefresh.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC8.1", ISO27001: "A.8.32"}.List(),
	Tags:     []string{"reliability", "versions"},
	Bad: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"minSize": 2, "maxSize": 4, "launchTemplate": props{"id": "lt-0a1b", "version": "$Latest"},
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"minSize": 2, "maxSize": 4, "launchTemplate": props{"id": "lt-0a1b", "version": "3"},
			"instanceRefresh": props{"strategy": "Rolling"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(groupType, checkAutoScalingTemplateVersion),
	},
}

type templatedGroup struct {
	Template policy.Value[chosenTemplate] `pulumi:"launchTemplate"`
}

func checkAutoScalingTemplateVersion(r *policy.Report, v templatedGroup) {
	version := v.Template.Get().Version.Or("$Default")
	if v.Template.Present() && strings.HasPrefix(version, "$") {
		r.Fail("Its launch template is of the version %s.", version)
	}
}

type chosenTemplate struct {
	Version policy.Value[string] `pulumi:"version"`
}
