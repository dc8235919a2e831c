package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2Graviton advises to try machines with AWS's own processors.
var EC2Graviton = policy.Policy{
	ID:       "aws-ec2-graviton",
	Title:    "Machines should run on Graviton.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Most software for Linux exists for arm64. Expected effect: up to 40 % better price-performance than comparable " +
		"machines with x86 (aws.amazon.com/ec2/graviton); an hour alone costs about a fifth less, as of c6g than of c5.",
	Remediation: "Set instanceType to a family with a g in its name, such as m7g, c7g, r7g or t4g, and the image to one for arm64.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{"ami": "ami-0abc", "instanceType": "m5.large"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{"ami": "ami-0abc", "instanceType": "m7g.large"}},
	},
	Rules: []policy.Rule{
		policy.On(instanceType, checkEC2Graviton),
		policy.On(launchTemplateType, checkEC2Graviton),
	},
}

func checkEC2Graviton(r *policy.Report, v agingInstance) {
	if successor, listed := gravitonFamilies[family(v.Type.Get())]; listed {
		r.Fail("The type %v runs on x86; %s is its like on Graviton.", v.Type, successor)
	}
}

// gravitonFamilies are the families of general use with x86, and those with the same memory for each CPU on Graviton
// (Amazon EC2 User Guide, "Instance types").
var gravitonFamilies = map[string]string{
	"t3": "t4g", "t3a": "t4g", "m5": "m7g", "m5a": "m7g", "m6i": "m7g", "m6a": "m7g", "m7i": "m8g", "m7a": "m8g",
	"c5": "c7g", "c5a": "c7g", "c6i": "c7g", "c6a": "c7g", "c7i": "c8g", "c7a": "c8g",
	"r5": "r7g", "r5a": "r7g", "r6i": "r7g", "r6a": "r7g", "r7i": "r8g", "r7a": "r8g",
}
