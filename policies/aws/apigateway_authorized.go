package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayAuthorized wants everything that an API offers to ask who calls. Private APIs, those with a policy of their
// own, preflight requests (OPTIONS) and what a WebSocket carries after its $connect are left out: they are guarded
// elsewhere.
var APIGatewayAuthorized = policy.Policy{
	ID:       "aws-apigateway-authorized",
	Title:    "Methods and routes of APIs must ask who calls.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "An API without authorization does for everybody on the internet what it does for its own callers. Where " +
		"that is meant, an exemption says so.",
	Remediation: "Set authorization (of a REST API's method) or authorizationType (of an HTTP API's route) to AWS_IAM, or to " +
		"an authorizer's kind with authorizerId.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.5"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_59", "Checkov CKV2_AWS_70", "Checkov CKV_AWS_309", "Trivy AWS-0004",
		"AWS Config API_GWV2_AUTHORIZATION_TYPE_CONFIGURED", "Security Hub APIGateway.8",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: routeOfAPIType, Properties: props{"apiId": "a1b2c3d4e5", "routeKey": "GET /orders"}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: routeOfAPIType, Properties: props{
			"apiId": "a1b2c3d4e5", "routeKey": "GET /orders", "authorizationType": "JWT", "authorizerId": "abc123",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Methods  policy.Resources[apiMethod] `pulumi:"aws:apigateway/method:Method"`
			APIs     policy.Resources[restAPI]   `pulumi:"aws:apigateway/restApi:RestApi"`
			Policies policy.Resources[struct{}]  `pulumi:"aws:apigateway/restApiPolicy:RestApiPolicy"`
		}) {
			guarded := func(api policy.Resource[restAPI]) bool {
				return policy.AnyOf(
					api.Props.guarded,
					func() bool { return stack.Policies.AnyReferring("restApiId", api.Node, nil) },
				)
			}
			stack.Methods.Each(func(m policy.Resource[apiMethod]) {
				if policy.AllOf(
					m.Props.open,
					func() bool { return !stack.APIs.AnyReferredBy(m.Node, "restApi", guarded) },
				) {
					r.Fail(m.Node, "Everybody may call it.")
				}
			})
		}),
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Routes policy.Resources[apiRoute] `pulumi:"aws:apigatewayv2/route:Route"`
			APIs   policy.Resources[httpAPI]  `pulumi:"aws:apigatewayv2/api:Api"`
		}) {
			http := func(api policy.Resource[httpAPI]) bool { return api.Props.Protocol.Get() == "HTTP" }
			stack.Routes.Each(func(route policy.Resource[apiRoute]) {
				if policy.AllOf(
					route.Props.open,
					func() bool {
						return policy.AnyOf(route.Props.guards, func() bool {
							return route.Props.Key.Get() == "$default" && stack.APIs.AnyReferredBy(route.Node, "apiId", http)
						})
					},
				) {
					r.Fail(route.Node, "Everybody may call it.")
				}
			})
		}),
	},
}

type apiMethod struct {
	Authorization policy.Value[string] `pulumi:"authorization"`
	Key           policy.Value[bool]   `pulumi:"apiKeyRequired"`
	Method        policy.Value[string] `pulumi:"httpMethod"`
}

func (m apiMethod) open() bool {
	return policy.AllOf(
		func() bool { return m.Authorization.Get() == "NONE" },
		func() bool { return !m.Key.Or(false) },
		func() bool { return m.Method.Get() != "OPTIONS" },
	)
}

type restAPI struct {
	Endpoint policy.Value[apiEndpoint] `pulumi:"endpointConfiguration"`
	Policy   policy.Value[any]         `pulumi:"policy"`
}

type apiEndpoint struct {
	Type policy.Value[string] `pulumi:"types"`
}

// guarded reports whether the API is out of reach of the internet, or says itself who may call it. An API without a
// policy has an empty one once it is made, and one that is not known before.
func (a restAPI) guarded() bool {
	return policy.AnyOf(func() bool { return a.Policy.Or("") != "" }, a.private)
}

// private reports whether the API can only be called from VPCs.
func (a restAPI) private() bool { return a.Endpoint.Get().Type.Get() == "PRIVATE" }

type httpAPI struct {
	Protocol policy.Value[string] `pulumi:"protocolType"`
}

type apiRoute struct {
	Key           policy.Value[string] `pulumi:"routeKey"`
	Authorization policy.Value[string] `pulumi:"authorizationType"`
	KeyRequired   policy.Value[bool]   `pulumi:"apiKeyRequired"`
}

func (a apiRoute) open() bool {
	return policy.AllOf(
		func() bool { return a.Authorization.Or("NONE") == "NONE" },
		func() bool { return !a.KeyRequired.Or(false) },
	)
}

// guards reports whether it is the route that must ask: one of a method and a path, or what opens a WebSocket.
func (a apiRoute) guards() bool {
	key := a.Key.Get()
	return key == "$connect" || strings.Contains(key, " ") && !strings.HasPrefix(key, "OPTIONS ")
}
