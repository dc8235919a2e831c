package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSGraviton advises to run tasks of Fargate on arm64.
var ECSGraviton = policy.Policy{
	ID:       "aws-ecs-graviton",
	Title:    "Tasks should run on Graviton.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Most images exist for arm64, or are built for it by one more platform. Expected effect: 20 % lower charges for CPU " +
		"and memory than on x86 (AWS Fargate pricing).",
	Remediation: "Build the images for arm64, and set runtimePlatform.cpuArchitecture to ARM64.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1"}]`, "cpu": "256", "memory": "512",
			"requiresCompatibilities": []any{"FARGATE"},
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1"}]`, "cpu": "256", "memory": "512",
			"requiresCompatibilities": []any{"FARGATE"}, "runtimePlatform": props{"cpuArchitecture": "ARM64"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t struct {
			On       policy.List[string]           `pulumi:"requiresCompatibilities"`
			Platform policy.Value[runtimePlatform] `pulumi:"runtimePlatform"`
		}) {
			platform := t.Platform.Get()
			if policy.AllOf(
				func() bool { return t.On.Any(func(launch string) bool { return launch == "FARGATE" }) },
				func() bool { return platform.Architecture.Or("X86_64") == "X86_64" },
				func() bool { return !strings.HasPrefix(platform.System.Get(), "WINDOWS") },
			) {
				r.Fail("It runs on x86.")
			}
		}),
	},
}
