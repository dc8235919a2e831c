package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBDropInvalidHeaders(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBDropInvalidHeaders, []policytest.Case{
		{Name: "for TCP", Resources: policytest.One(loadBalancerType, props{"loadBalancerType": "network"}), Want: policytest.Pass()},
		{Name: "nothing said", Resources: policytest.One(albLoadBalancerType, nil), Want: policytest.Fail("invalid headers")},
	}...)
}
