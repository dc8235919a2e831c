package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayAuthorized(t *testing.T) {
	t.Parallel()
	method := policytest.Resource{Name: "get", Type: restMethodType, Properties: props{
		"restApi": policytest.Ref("shop"), "authorization": "NONE", "httpMethod": "GET",
	}}
	api := func(properties props) policytest.Resource {
		return policytest.Resource{Name: "shop", Type: restAPIType, Properties: properties}
	}
	route := func(properties props) []policytest.Resource { return policytest.One(routeOfAPIType, properties) }
	ofAPI := func(key, protocol string) []policytest.Resource {
		return []policytest.Resource{
			{Name: "api", Type: httpAPIType, Properties: props{"protocolType": protocol}},
			{Name: "route", Type: routeOfAPIType, Properties: props{"apiId": policytest.Ref("api"), "routeKey": key}},
		}
	}
	policytest.Run(t, APIGatewayAuthorized, []policytest.Case{
		{Name: "a public method", Resources: []policytest.Resource{method, api(nil)}, Want: policytest.Fail("Everybody")},
		{Name: "of a private API", Resources: []policytest.Resource{method, api(props{"endpointConfiguration": props{"types": "PRIVATE"}})}, Want: policytest.Pass()},
		{Name: "of a regional API", Resources: []policytest.Resource{method, api(props{"endpointConfiguration": props{"types": "REGIONAL"}})}, Want: policytest.Fail()},
		{Name: "of an API with a policy", Resources: []policytest.Resource{method, api(props{"policy": `{"Statement": []}`})}, Want: policytest.Pass()},
		{Name: "of an API whose policy is empty", Resources: []policytest.Resource{method, api(props{"policy": ""})}, Want: policytest.Fail("Everybody")},
		{Name: "of an API whose policy is not known", Resources: []policytest.Resource{method, api(props{"policy": policytest.Unknown})}, Want: policytest.Undetermined(".policy")},
		{Name: "of a private API whose policy is not known", Resources: []policytest.Resource{method, api(props{"policy": policytest.Unknown, "endpointConfiguration": props{"types": "PRIVATE"}})}, Want: policytest.Pass()},
		{Name: "of an API with a policy apart", Resources: []policytest.Resource{method, api(nil), {Name: "only", Type: restAPIPolicyType, Properties: props{"restApiId": policytest.Ref("shop")}}}, Want: policytest.Pass()},
		{Name: "by key", Resources: policytest.One(restMethodType, props{"authorization": "NONE", "httpMethod": "GET", "apiKeyRequired": true}), Want: policytest.Pass()},
		{Name: "preflight", Resources: policytest.One(restMethodType, props{"authorization": "NONE", "httpMethod": "OPTIONS"}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(restMethodType, props{"authorization": policytest.Unknown, "httpMethod": "GET"}), Want: policytest.Undetermined(".authorization")},
		{Name: "route: preflight", Resources: route(props{"routeKey": "OPTIONS /{proxy+}"}), Want: policytest.Pass()},
		{Name: "route: by key", Resources: route(props{"routeKey": "GET /", "apiKeyRequired": true}), Want: policytest.Pass()},
		{Name: "route: what opens a WebSocket", Resources: route(props{"routeKey": "$connect"}), Want: policytest.Fail("Everybody")},
		{Name: "route: a message of a WebSocket", Resources: route(props{"routeKey": "say"}), Want: policytest.Pass()},
		{Name: "route: the default of a WebSocket", Resources: ofAPI("$default", "WEBSOCKET"), Want: policytest.Pass()},
		{Name: "route: the default of an HTTP API", Resources: ofAPI("$default", "HTTP"), Want: policytest.Fail("Everybody")},
		{Name: "for callers of AWS", Resources: policytest.One(restMethodType, props{"authorization": "AWS_IAM", "httpMethod": "GET"}), Want: policytest.Pass()},
		{Name: "route: preflight of an HTTP API", Resources: ofAPI("OPTIONS /", "HTTP"), Want: policytest.Pass()},
	}...)
}
