package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSContainersReadOnly advises to let containers write to volumes only. Those of Windows cannot (Amazon ECS Developer
// Guide, "Amazon ECS task definition parameters").
var ECSContainersReadOnly = policy.Policy{
	ID:       "aws-ecs-containers-read-only",
	Title:    "Containers must not write to their root file system.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Most break-ins begin with a program that is put into the container. Where nothing can be written, there is " +
		"nowhere to put it.",
	Remediation: "Set readonlyRootFilesystem of each container in containerDefinitions to true, and mount a volume where it " +
		"writes.",
	Controls: frameworks.Controls{SOC2: "CC6.8", ISO27001: "A.8.9 A.8.19"}.List(),
	Tags:     []string{"security", "hardening"},
	Peers:    []string{"Checkov CKV_AWS_336", "AWS Config ECS_CONTAINERS_READONLY_ACCESS", "Security Hub ECS.5"},
	Bad: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512}]`,
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family":               "shop",
			"containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512, "readonlyRootFilesystem": true}]`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t containedTask) {
			if strings.HasPrefix(t.Platform.Get().System.Get(), "WINDOWS") {
				return
			}
			writes := func(c container) bool { return !c.ReadonlyRootFilesystem }
			if names := namesOf(containersOf(t.Containers), writes); len(names) > 0 {
				r.Fail("Its containers %v can write to their root file system.", names)
			}
		}),
	},
}
