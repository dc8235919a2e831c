package aws

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/dlm/lifecycle_policy.go; the Data Lifecycle Manager API's
// CreateLifecyclePolicy, CreateRule and RetainRule.

var lifecyclePolicyKind = &simulator.Kind{
	Noun:     "DLM Lifecycle Policy",
	IDPrefix: "policy-",
	ARN:      "arn:{partition}:dlm:{region}:{account}:policy/{id}",
}

// snapshotHours are how often Data Lifecycle Manager can make a snapshot.
var snapshotHours = []float64{1, 2, 3, 4, 6, 8, 12, 24}

func lifecyclePolicyTypes() []*simulator.Type {
	const rules = "https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html"
	return []*simulator.Type{{
		Token:    "aws:dlm/lifecyclePolicy:LifecyclePolicy",
		Kind:     lifecyclePolicyKind,
		Defaults: map[string]any{"state": "ENABLED"},
		Rules:    map[string]simulator.Rule{"executionRoleArn": validARN},
		References: []simulator.Reference{{
			Property: "executionRoleArn", To: kinds(roleKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
			NotFound: "InvalidRequestException: The role %s does not exist",
		}},
		Constraints: []simulator.Constraint{
			{
				Origin: simulator.Origin{ID: "aws-dlm-interval", Source: rules}, Stage: simulator.AtCheck,
				Error: "expected interval to be one of [1 2 3 4 6 8 12 24], got %.0f",
				Find: onSchedules(func(path string, schedule resource.PropertyMap, broken func(string, ...any)) {
					hours := property(schedule["createRule"], "interval")
					if hours.IsNumber() && !slices.Contains(snapshotHours, hours.NumberValue()) {
						broken(path+".createRule.interval", hours.NumberValue())
					}
				}),
			},
			{
				Origin: simulator.Origin{ID: "aws-dlm-interval-or-cron", Source: rules}, Stage: simulator.AtCheck,
				Error: "only one of interval, cron_expression can be specified in a create_rule",
				Find: onSchedules(func(path string, schedule resource.PropertyMap, broken func(string, ...any)) {
					rule := schedule["createRule"]
					if property(rule, "interval").IsNumber() && stringOf(property(rule, "cronExpression")) != "" {
						broken(path + ".createRule")
					}
				}),
			},
		},
		API: []string{"dlm:CreateLifecyclePolicy"},
	}}
}

// onSchedules makes a Find of what is to be found in each schedule of a policy.
func onSchedules(find func(path string, schedule resource.PropertyMap, broken func(string, ...any))) finder {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		c.Objects("policyDetails.schedules[*]", func(path string, schedule resource.PropertyMap) { find(path, schedule, broken) })
	}
}
