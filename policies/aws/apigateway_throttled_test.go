package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayThrottled(t *testing.T) {
	t.Parallel()
	api := policytest.Resource{Name: "shop", Type: restAPIType}
	stage := policytest.Resource{Name: "live", Type: restStageType, Properties: props{"restApi": policytest.Ref("shop")}}
	settings := func(rate any) policytest.Resource {
		return policytest.Resource{Name: "all", Type: methodSettingsType, Properties: props{
			"restApi": policytest.Ref("shop"), "settings": props{"throttlingRateLimit": rate},
		}}
	}
	policytest.Run(t, APIGatewayThrottled, []policytest.Case{
		{Name: "REST: no settings", Resources: []policytest.Resource{api, stage}, Want: policytest.Fail("as many requests as come")},
		{Name: "REST: limited", Resources: []policytest.Resource{api, stage, settings(100)}, Want: policytest.Pass()},
		{Name: "REST: no limit", Resources: []policytest.Resource{api, stage, settings(-1)}, Want: policytest.Fail()},
		{Name: "REST: not known", Resources: []policytest.Resource{api, stage, settings(policytest.Unknown)}, Want: policytest.Undetermined("throttlingRateLimit")},
		{Name: "HTTP: nothing at all", Resources: policytest.One(httpStageType, props{"defaultRouteSettings": props{"throttlingRateLimit": 0}}), Want: policytest.Pass()},
		{Name: "REST: of an API of another stack", Resources: policytest.One(restStageType, props{"restApi": "a1b2c3"}), Want: policytest.Pass()},
	}...)
}
