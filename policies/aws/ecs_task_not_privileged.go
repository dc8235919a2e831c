package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSTaskNotPrivileged refuses containers that run with the privileges of the host.
var ECSTaskNotPrivileged = policy.Policy{
	ID:       "aws-ecs-task-not-privileged",
	Title:    "Containers must not be privileged.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A privileged container is root on the host: whoever breaks into it has all containers beside it, " +
		"and the role of the instance.",
	Remediation: "Drop privileged from containerDefinitions; add single capabilities in linuxParameters where " +
		"they are needed.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.8", ISO27001: "A.8.9 A.8.18"}.List(),
	Tags:     []string{"security", "hardening"},
	Peers:    []string{"Checkov CKV_AWS_334", "AWS Config ECS_CONTAINERS_NONPRIVILEGED", "Security Hub ECS.4"},
	Bad: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family":               "shop",
			"containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512, "privileged": true}]`,
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512}]`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t struct {
			Containers policy.Value[string] `pulumi:"containerDefinitions"`
		}) {
			privileged := func(c container) bool { return c.Privileged }
			if names := namesOf(containersOf(t.Containers), privileged); len(names) > 0 {
				r.Fail("Its containers %v are privileged.", names)
			}
		}),
	},
}
