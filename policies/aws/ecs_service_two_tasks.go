package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSServiceTwoTasks wants services of ECS to survive the loss of a task.
var ECSServiceTwoTasks = policy.Policy{
	ID:          "aws-ecs-service-two-tasks",
	Title:       "Services must run two tasks or more.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "With one task, each failure and each node that is drained is an outage.",
	Remediation: "Set desiredCount to 2 or more.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "web", Type: ecsServiceType, Properties: props{"cluster": "shop", "desiredCount": 1}},
	},
	Good: []policy.Example{
		{Name: "web", Type: ecsServiceType, Properties: props{"cluster": "shop", "desiredCount": 2}},
	},
	Rules: []policy.Rule{
		policy.On(ecsServiceType, checkECSServiceTwoTasks),
		policy.OnRemediate(ecsServiceType, mendECSServiceTwoTasks),
	},
}

type redundantService struct {
	Kind  policy.Value[string] `pulumi:"schedulingStrategy"`
	Count policy.Value[int]    `pulumi:"desiredCount"`
}

// tooFew reports whether it runs fewer than two tasks. A daemon runs one on every instance.
func (v redundantService) tooFew() bool {
	return policy.AllOf(
		func() bool { return v.Kind.Or("REPLICA") == "REPLICA" },
		func() bool { return v.Count.Or(0) < 2 },
	)
}

func checkECSServiceTwoTasks(r *policy.Report, v redundantService) {
	if v.tooFew() {
		r.Fail("It runs %d.", v.Count.Or(0))
	}
}

func mendECSServiceTwoTasks(r *policy.Remediation, v redundantService) {
	if v.tooFew() {
		r.Set("desiredCount", 2)
	}
}
