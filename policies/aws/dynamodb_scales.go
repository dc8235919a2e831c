package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DynamoDBScales advises to let the capacity of tables follow the load: on demand, or by autoscaling.
var DynamoDBScales = policy.Policy{
	ID:       "aws-dynamodb-scales",
	Title:    "Capacity of tables should follow the load.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A capacity that is fixed is paid for by the hour, used or not, and refuses what goes beyond it. Expected effect: " +
		"with autoscaling to its default of 70 % use, a table that is provisioned for its peak and averages a third of it costs " +
		"about half (Amazon DynamoDB Developer Guide, \"Managing throughput capacity automatically with DynamoDB auto scaling\").",
	Remediation: "Set billingMode to PAY_PER_REQUEST, or add an aws:appautoscaling/target:Target for table/NAME and policies.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Peers:       []string{"Checkov CKV2_AWS_16", "AWS Config DYNAMODB_AUTOSCALING_ENABLED", "Security Hub DynamoDB.1"},
	Bad: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{
			"hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}}, "readCapacity": 50, "writeCapacity": 50,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{
			"hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}}, "billingMode": "PAY_PER_REQUEST",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Tables  policy.Resources[billedTable]   `pulumi:"aws:dynamodb/table:Table"`
			Targets policy.Resources[scalingTarget] `pulumi:"aws:appautoscaling/target:Target"`
		}) {
			scaled := map[string]bool{}
			for _, target := range stack.Targets.Get() {
				if target.Props.ID.Known() {
					scaled[target.Props.ID.Get()] = true
				}
			}
			stack.Tables.Each(func(t policy.Resource[billedTable]) {
				if policy.AllOf(
					func() bool { return t.Props.Mode.Or("PROVISIONED") == "PROVISIONED" },
					func() bool { return !stack.Targets.AnyReferring("resourceId", t.Node, nil) },
					func() bool { return len(scaled) == 0 || !scaled["table/"+t.Props.Name.Get()] },
				) {
					r.Fail(t.Node, "Its capacity is fixed.")
				}
			})
		}),
	},
}

type billedTable struct {
	Name policy.Value[string] `pulumi:"name"`
	Mode policy.Value[string] `pulumi:"billingMode"`
}

type scalingTarget struct {
	ID policy.Value[string] `pulumi:"resourceId"`
}
