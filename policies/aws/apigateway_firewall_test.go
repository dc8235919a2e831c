package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayFirewall(t *testing.T) {
	t.Parallel()
	stage := policytest.Resource{Name: "live", Type: restStageType, Properties: props{"restApi": policytest.Ref("shop")}}
	api := func(kind any) policytest.Resource {
		return policytest.Resource{Name: "shop", Type: restAPIType, Properties: props{"endpointConfiguration": props{"types": kind}}}
	}
	policytest.Run(t, APIGatewayFirewall, []policytest.Case{
		{Name: "of a private API", Resources: []policytest.Resource{stage, api("PRIVATE")}, Want: policytest.Pass()},
		{Name: "not known whether private", Resources: []policytest.Resource{stage, api(policytest.Unknown)}, Want: policytest.Undetermined("types")},
		{Name: "of an API of another stack", Resources: policytest.One(restStageType, props{"restApi": "a1b2c3"}), Want: policytest.Fail("No web firewall")},
	}...)
}
