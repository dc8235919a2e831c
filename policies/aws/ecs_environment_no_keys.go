package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSEnvironmentNoKeys refuses access keys in the environment of containers.
var ECSEnvironmentNoKeys = policy.Policy{
	ID:       "aws-ecs-environment-no-keys",
	Title:    "Containers must not get access keys by their environment.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A task definition is in the clear for everybody who may describe it, in all its revisions. A task has a role, " +
		"whose keys come by themselves and expire within hours.",
	Remediation: "Set taskRoleArn, drop the keys from environment, and delete them in IAM. Take other secrets from Secrets " +
		"Manager by secrets.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17"}.List(),
	Tags:     []string{"security", "secrets"},
	Peers:    []string{"Trivy AWS-0036", "AWS Config ECS_NO_ENVIRONMENT_SECRETS", "Security Hub ECS.8"},
	Bad: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512, "environment": ` +
				`[{"name": "AWS_ACCESS_KEY_ID", "value": "AKIAIOSFODNN7EXAMPLE"}]}]`,
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "taskRoleArn": "arn:aws:iam::123456789012:role/shop",
			"containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512, "environment": ` +
				`[{"name": "LOG_LEVEL", "value": "info"}]}]`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t struct {
			Containers policy.Value[string] `pulumi:"containerDefinitions"`
		}) {
			if names := namesOf(containersOf(t.Containers), container.holdsKeys); len(names) > 0 {
				r.Fail("Its containers %v have access keys in their environment.", names)
			}
		}),
	},
}

// holdsKeys reports whether a variable is one of those that Security Hub ECS.8 looks for, or holds an access key.
func (c container) holdsKeys() bool {
	for _, variable := range c.Environment {
		switch variable.Name {
		case "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA":
			return true
		}
		if accessKey.MatchString(variable.Value) {
			return true
		}
	}
	return false
}
