package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSClusterInsights wants clusters of ECS to have Container Insights.
var ECSClusterInsights = policy.Policy{
	ID:       "aws-ecs-cluster-insights",
	Title:    "Clusters of ECS must have Container Insights.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Without it, there are metrics of services, and none of tasks: which of twenty is short of memory or restarts all " +
		"day cannot be seen.",
	Remediation: "Add the setting containerInsights with the value enhanced or enabled. Its metrics are charged for.",
	Controls:    frameworks.Controls{SOC2: "CC7.2 A1.1", ISO27001: "A.8.16 A.8.6"}.List(),
	Tags:        []string{"reliability", "monitoring"},
	Peers: []string{
		"Checkov CKV_AWS_65", "Trivy AWS-0034", "AWS Config ECS_CONTAINER_INSIGHTS_ENABLED", "Security Hub ECS.12",
	},
	Bad: []policy.Example{{Name: "shop", Type: ecsClusterType}},
	Good: []policy.Example{
		{Name: "shop", Type: ecsClusterType, Properties: props{
			"settings": []any{props{"name": "containerInsights", "value": "enhanced"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(ecsClusterType, func(r *policy.Report, c ecsCluster) {
			if !c.Settings.Any(clusterSetting.insights) {
				r.Fail("Nothing is measured of its tasks.")
			}
		}),
		policy.OnRemediate(ecsClusterType, func(r *policy.Remediation, c ecsCluster) {
			if c.Settings.Any(clusterSetting.insights) {
				return
			}
			settings := []any{map[string]any{"name": "containerInsights", "value": "enabled"}}
			c.Settings.Each(func(_ int, s clusterSetting) {
				if s.Name.Get() != "containerInsights" {
					settings = append(settings, map[string]any{"name": s.Name.Get(), "value": s.Value.Get()})
				}
			})
			r.Set("settings", settings)
		}),
	},
}

type ecsCluster struct {
	Settings policy.List[clusterSetting] `pulumi:"settings"`
}

type clusterSetting struct {
	Name  policy.Value[string] `pulumi:"name"`
	Value policy.Value[string] `pulumi:"value"`
}

func (s clusterSetting) insights() bool {
	return s.Name.Get() == "containerInsights" && (s.Value.Get() == "enabled" || s.Value.Get() == "enhanced")
}
