package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayTraced(t *testing.T) {
	t.Parallel()
	policytest.Run(t, APIGatewayTraced, []policytest.Case{
		{Name: "said not to", Resources: policytest.One(restStageType, props{"xrayTracingEnabled": false}), Want: policytest.Fail("traces nothing")},
		{Name: "not known", Resources: policytest.One(restStageType, props{"xrayTracingEnabled": policytest.Unknown}), Want: policytest.Undetermined(".xrayTracingEnabled")},
	}...)
}
