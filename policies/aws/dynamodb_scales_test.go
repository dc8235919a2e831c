package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDynamoDBScales(t *testing.T) {
	t.Parallel()
	table := policytest.Resource{Name: "orders", Type: tableType, Properties: props{"name": "orders"}}
	target := func(id any) policytest.Resource {
		return policytest.Resource{Name: "scale", Type: scalingTargetType, Properties: props{"resourceId": id}}
	}
	policytest.Run(t, DynamoDBScales, []policytest.Case{
		{Name: "fixed", Resources: []policytest.Resource{table}, Want: policytest.Fail("is fixed")},
		{Name: "scaled, by where it comes from", Resources: []policytest.Resource{table, target(policytest.Ref("orders"))}, Want: policytest.Pass()},
		{Name: "scaled, by name", Resources: []policytest.Resource{table, target("table/orders")}, Want: policytest.Pass()},
		{Name: "another is scaled", Resources: []policytest.Resource{table, target("table/others")}, Want: policytest.Fail("is fixed")},
		{Name: "not known what it is called, and nothing is scaled", Resources: policytest.One(tableType, props{"name": policytest.Unknown}), Want: policytest.Fail("is fixed")},
		{Name: "not known what it is called, and something is scaled", Resources: []policytest.Resource{{Name: "orders", Type: tableType, Properties: props{"name": policytest.Unknown}}, target("table/others")}, Want: policytest.Undetermined(".name")},
		{Name: "not known which", Resources: []policytest.Resource{table, target(policytest.Unknown)}, Want: policytest.Undetermined("resourceId")},
		{Name: "not known how it is billed", Resources: policytest.One(tableType, props{"billingMode": policytest.Unknown}), Want: policytest.Undetermined("billingMode")},
	}...)
}
