package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2CurrentGeneration advises against families of instances that AWS lists as previous generations.
var EC2CurrentGeneration = policy.Policy{
	ID:       "aws-ec2-current-generation",
	Title:    "Instances should be of a current generation.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "AWS lists these families as of previous generations and names successors on the Nitro system. " +
		"Expected effect: more speed for the same or a lower price.",
	Remediation: "Set instanceType to the successor that AWS names, such as m7g, c7g, r7g or t4g.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{"ami": "ami-0abc", "instanceType": "m3.large"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{"ami": "ami-0abc", "instanceType": "m7g.large"}},
	},
	Rules: []policy.Rule{
		policy.On(instanceType, checkEC2CurrentGeneration),
		policy.On(launchTemplateType, checkEC2CurrentGeneration),
	},
}

type agingInstance struct {
	Type policy.Value[string] `pulumi:"instanceType"`
}

func checkEC2CurrentGeneration(r *policy.Report, v agingInstance) {
	if slices.Contains(previousFamilies, family(v.Type.Get())) {
		r.Fail("The type %v is of a previous generation.", v.Type)
	}
}

// previousFamilies are some of those for which aws.amazon.com/ec2/previous-generation names successors.
var previousFamilies = []string{"t1", "m1", "m3", "i2"}

// family is what is before the size: "m3" of "m3.large".
func family(instanceType string) string {
	name, _, _ := strings.Cut(instanceType, ".")
	return name
}
