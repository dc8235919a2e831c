package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBClassicCrossZone(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBClassicCrossZone,
		policytest.Case{Name: "by name what is the default", Resources: policytest.One(classicLoadBalancerType, props{"crossZoneLoadBalancing": true}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(classicLoadBalancerType, props{"crossZoneLoadBalancing": policytest.Unknown}), Want: policytest.Undetermined(".crossZoneLoadBalancing")},
	)
}
