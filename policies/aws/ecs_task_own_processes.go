package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSTaskOwnProcesses advises against tasks that see the processes of their host.
var ECSTaskOwnProcesses = policy.Policy{
	ID:       "aws-ecs-task-own-processes",
	Title:    "Tasks must not share the processes of their host.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A container in the host's process namespace sees what runs beside it, with arguments and environment, and can " +
		"stop it.",
	Remediation: "Drop pidMode.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.8", ISO27001: "A.8.9 A.8.22"}.List(),
	Tags:        []string{"security", "hardening"},
	Peers:       []string{"Checkov CKV_AWS_335", "AWS Config ECS_TASK_DEFINITION_PID_MODE_CHECK", "Security Hub ECS.3"},
	Bad: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512}]`, "pidMode": "host",
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512}]`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t processesOfTask) {
			if t.Mode.Get() == "host" {
				r.Fail("It shares the processes of its host.")
			}
		}),
		policy.OnRemediate(taskDefinitionType, func(r *policy.Remediation, t processesOfTask) {
			if t.Mode.Get() == "host" {
				r.Set("pidMode", nil)
			}
		}),
	},
}

type processesOfTask struct {
	Mode policy.Value[string] `pulumi:"pidMode"`
}
