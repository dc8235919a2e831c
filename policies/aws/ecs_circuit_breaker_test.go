package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSCircuitBreaker(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECSCircuitBreaker, []policytest.Case{
		{Name: "stops only", Resources: policytest.One(ecsServiceType, props{"deploymentCircuitBreaker": props{"enable": true, "rollback": false}}), Want: policytest.Fail("does not roll back")},
		{Name: "does not say whether it is on", Resources: policytest.One(ecsServiceType, props{"deploymentCircuitBreaker": props{"rollback": true}}), Want: policytest.Fail("does not roll back")},
		{Name: "does not say whether it rolls back", Resources: policytest.One(ecsServiceType, props{"deploymentCircuitBreaker": props{"enable": true}}), Want: policytest.Fail("does not roll back")},
	}...)
}
