package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRoute53FailoverChecked(t *testing.T) {
	t.Parallel()
	alias := func(evaluated any) props {
		return props{
			"failoverRoutingPolicies": []any{props{"type": "PRIMARY"}},
			"aliases":                 []any{props{"name": "lb", "zoneId": "Z2", "evaluateTargetHealth": evaluated}},
		}
	}
	policytest.Run(t, Route53FailoverChecked, []policytest.Case{
		{Name: "no failover", Resources: policytest.One(dnsRecordType, props{"name": "www"}), Want: policytest.Pass()},
		{Name: "the secondary", Resources: policytest.One(dnsRecordType, props{"failoverRoutingPolicies": []any{props{"type": "SECONDARY"}}}), Want: policytest.Pass()},
		{Name: "an alias by its target", Resources: policytest.One(dnsRecordType, alias(true)), Want: policytest.Pass()},
		{Name: "an alias", Resources: policytest.One(dnsRecordType, alias(false)), Want: policytest.Fail("Nothing checks it")},
		{Name: "not known", Resources: policytest.One(dnsRecordType, alias(policytest.Unknown)), Want: policytest.Undetermined("evaluateTargetHealth")},
		{Name: "an alias that does not say", Resources: policytest.One(dnsRecordType, alias(nil)), Want: policytest.Fail("Nothing checks it")},
	}...)
}
