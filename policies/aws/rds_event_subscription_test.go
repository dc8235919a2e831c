package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSEventSubscription(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSEventSubscription,
		policytest.Case{Name: "about it alone", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "orders", Type: rdsClusterType}, {Name: "events", Type: eventSubscriptionType, Properties: props{"sourceType": "db-cluster", "sourceIds": []any{policytest.Ref("orders")}}},
		}},
		policytest.Case{Name: "about clusters only", Want: policytest.Fail("No subscription"), Resources: []policytest.Resource{
			{Name: "orders", Type: rdsInstanceType}, {Name: "events", Type: eventSubscriptionType, Properties: props{"sourceType": "db-cluster"}},
		}},
		policytest.Case{Name: "about another alone", Want: policytest.Fail("No subscription"), Resources: []policytest.Resource{
			{Name: "orders", Type: rdsInstanceType}, {Name: "events", Type: eventSubscriptionType, Properties: props{"sourceIds": []any{"other"}}},
		}},
		policytest.Case{Name: "switched off", Want: policytest.Fail("No subscription"), Resources: []policytest.Resource{
			{Name: "orders", Type: rdsInstanceType}, {Name: "events", Type: eventSubscriptionType, Properties: props{"enabled": false}},
		}},
	)
}
