package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBAccessLogs(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBAccessLogs, []policytest.Case{
		{Name: "gateway", Resources: policytest.One(loadBalancerType, props{"loadBalancerType": "gateway"}), Want: policytest.Pass()},
		{Name: "off", Resources: policytest.One(loadBalancerType, props{"accessLogs": props{"bucket": "a"}}), Want: policytest.Fail("logs no")},
		{Name: "not known yet", Resources: policytest.One(loadBalancerType, props{"accessLogs": policytest.Unknown}), Want: policytest.Undetermined(".accessLogs")},
		{Name: "by its other name", Resources: policytest.One(albLoadBalancerType, nil), Want: policytest.Fail("logs no")},
	}...)
}
