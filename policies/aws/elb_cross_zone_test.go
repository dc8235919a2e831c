package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBCrossZone(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBCrossZone,
		policytest.Case{Name: "an application load balancer", Resources: policytest.One(albLoadBalancerType, props{"enableCrossZoneLoadBalancing": false}), Want: policytest.Pass()},
		policytest.Case{Name: "a gateway load balancer", Resources: policytest.One(loadBalancerType, props{"loadBalancerType": "gateway"}), Want: policytest.Fail("keeps to itself")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(loadBalancerType, props{"loadBalancerType": "network", "enableCrossZoneLoadBalancing": policytest.Unknown}), Want: policytest.Undetermined(".enableCrossZoneLoadBalancing")},
		policytest.Case{Name: "by its other name", Resources: policytest.One(albLoadBalancerType, props{"loadBalancerType": "network"}), Want: policytest.Fail("keeps to itself")},
	)
	policytest.RunRemediations(t, ELBCrossZone,
		policytest.Remediation{Name: "by its other name", Type: albLoadBalancerType, Properties: props{"loadBalancerType": "network"}, Want: props{"enableCrossZoneLoadBalancing": true}},
	)
}
