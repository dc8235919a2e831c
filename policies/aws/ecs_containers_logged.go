package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSContainersLogged wants what containers write to be kept.
var ECSContainersLogged = policy.Policy{
	ID:          "aws-ecs-containers-logged",
	Title:       "Containers must have a log.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "What a container writes is gone with it: after a crash, nothing says why, and after an attack, nothing says how.",
	Remediation: "Set logConfiguration of each container in containerDefinitions, such as awslogs with a log group.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging"},
	Peers:       []string{"AWS Config ECS_TASK_DEFINITION_LOG_CONFIGURATION", "Security Hub ECS.9"},
	Bad: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512}]`,
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512, "logConfiguration": ` +
				`{"logDriver": "awslogs", "options": {"awslogs-group": "shop", "awslogs-region": "eu-west-1"}}}]`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t struct {
			Containers policy.Value[string] `pulumi:"containerDefinitions"`
		}) {
			silent := func(c container) bool { return c.LogConfiguration == nil || c.LogConfiguration.LogDriver == "" }
			if names := namesOf(containersOf(t.Containers), silent); len(names) > 0 {
				r.Fail("Its containers %v have no log.", names)
			}
		}),
	},
}
