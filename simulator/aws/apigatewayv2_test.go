package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	httpAPIToken         = "aws:apigatewayv2/api:Api"
	httpStageToken       = "aws:apigatewayv2/stage:Stage"
	httpIntegrationToken = "aws:apigatewayv2/integration:Integration"
	httpRouteToken       = "aws:apigatewayv2/route:Route"
	httpAuthorizerToken  = "aws:apigatewayv2/authorizer:Authorizer"
)

func httpAPI(w *world, protocol string) thing {
	return w.Create(httpAPIToken, "api", inputs{"name": "api", "protocolType": protocol})
}

func proxyInputs(w *world, changes inputs) inputs {
	return with(inputs{
		"apiId": httpAPI(w, "HTTP").ID(), "integrationType": "HTTP_PROXY", "integrationMethod": "GET", "integrationUri": "https://example.com",
	}, changes)
}

// routeInputs is a route to an integration.
func routeInputs(w *world, changes inputs) inputs {
	in := proxyInputs(w, nil)
	integration := w.Create(httpIntegrationToken, "proxy", in)
	return with(inputs{"apiId": in["apiId"], "routeKey": "GET /users", "target": "integrations/" + integration.ID()}, changes)
}

func jwtInputs(w *world, changes inputs) inputs {
	return with(inputs{
		"apiId": httpAPI(w, "HTTP").ID(), "authorizerType": "JWT", "name": "jwt",
		"identitySources":  []any{"$request.header.Authorization"},
		"jwtConfiguration": inputs{"audiences": []any{"app"}, "issuer": "https://example.com"},
	}, changes)
}

func httpAPIFixtures() []simulatortest.Fixture {
	imported := func(t thing) string { return t.Text("apiId") + "/" + t.ID() }
	return []simulatortest.Fixture{
		{
			Type:    httpAPIToken,
			Inputs:  func(*world) inputs { return inputs{"name": "api", "protocolType": "HTTP"} },
			Update:  changing(inputs{"corsConfiguration": inputs{"allowOrigins": []any{"https://example.com"}}}),
			Replace: changing(inputs{"name": "sockets", "protocolType": "WEBSOCKET", "routeSelectionExpression": "$request.body.action"}),
		},
		{
			Type: httpStageToken,
			Inputs: func(w *world) inputs {
				return inputs{"apiId": httpAPI(w, "HTTP").ID(), "name": "$default", "autoDeploy": true}
			},
			Update:  tagged,
			Replace: changing(inputs{"name": "v1"}),
		},
		{
			Type:    httpIntegrationToken,
			Inputs:  func(w *world) inputs { return proxyInputs(w, nil) },
			Update:  changing(inputs{"timeoutMilliseconds": 5000}),
			Replace: changing(inputs{"integrationType": "AWS_PROXY"}), ImportID: imported,
		},
		{
			Type:   httpRouteToken,
			Inputs: func(w *world) inputs { return routeInputs(w, nil) },
			Update: changing(inputs{"routeKey": "GET /people"}), ImportID: imported,
		},
		{
			Type:   httpAuthorizerToken,
			Inputs: func(w *world) inputs { return jwtInputs(w, nil) },
			Update: changing(inputs{"name": "other"}), ImportID: imported,
		},
	}
}

func httpAPICases() []simulatortest.Case {
	const bad = "BadRequestException"
	api := func(changes inputs) func(*world) error {
		return tries(httpAPIToken, func(*world) inputs { return with(inputs{"name": "api", "protocolType": "HTTP"}, changes) })
	}
	integration := func(changes inputs) func(*world) error {
		return tries(httpIntegrationToken, func(w *world) inputs { return proxyInputs(w, changes) })
	}
	route := func(changes inputs) func(*world) error {
		return tries(httpRouteToken, func(w *world) inputs { return routeInputs(w, changes) })
	}
	twice := func(token string, in func(*world) inputs, change inputs) func(*world) error {
		return func(w *world) error {
			first := in(w)
			w.Create(token, "first", first)
			_, err := w.Try(token, "second", with(first, change))
			return err
		}
	}
	routes := func(w *world) inputs { return routeInputs(w, nil) }
	stages := func(w *world) inputs { return inputs{"apiId": httpAPI(w, "HTTP").ID(), "name": "v1"} }
	cors := inputs{"corsConfiguration": inputs{"allowOrigins": []any{"https://example.com"}}}
	return []simulatortest.Case{
		{ID: "aws-apigatewayv2-cors-http-only", Code: bad, Text: "HTTP APIs only",
			Fails: api(with(cors, inputs{"protocolType": "WEBSOCKET"})), Passes: api(cors)},
		{ID: "aws-apigatewayv2-integration-type", Code: bad, Text: "do not support the integration type MOCK",
			Fails: integration(inputs{"integrationType": "MOCK"}), Passes: integration(nil)},
		{ID: "aws-apigatewayv2-payload-version", Code: bad, Text: "payload format version 1.0 only",
			Fails:  integration(inputs{"payloadFormatVersion": "2.0"}),
			Passes: integration(inputs{"payloadFormatVersion": "2.0", "integrationType": "AWS_PROXY"})},
		{ID: "aws-apigatewayv2-route-key", Code: bad, Text: "not formatted properly for HTTP protocol",
			Fails: route(inputs{"routeKey": "/users"}), Passes: route(inputs{"routeKey": "$default"})},
		{ID: "aws-apigatewayv2-route-authorizer", Code: bad, Text: "JWT needs an authorizer",
			Fails: route(inputs{"authorizationType": "JWT"}), Passes: route(inputs{"authorizationType": "AWS_IAM"})},
		{ID: "aws-apigatewayv2-route-taken", Code: "ConflictException", Text: "Route with key GET /users already exists",
			Fails: twice(httpRouteToken, routes, nil), Passes: twice(httpRouteToken, routes, inputs{"routeKey": "GET /posts"})},
		{ID: "aws-apigatewayv2-stage-taken", Code: "ConflictException", Text: "Stage already exists: v1",
			Fails: twice(httpStageToken, stages, nil), Passes: twice(httpStageToken, stages, inputs{"name": "v2"})},
		{ID: "aws-apigatewayv2-jwt-settings", Code: bad, Text: "JWT authorizer needs",
			Fails:  tries(httpAuthorizerToken, func(w *world) inputs { return jwtInputs(w, inputs{"jwtConfiguration": nil}) }),
			Passes: tries(httpAuthorizerToken, func(w *world) inputs { return jwtInputs(w, nil) })},
	}
}

func TestHTTPAPIOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	api := httpAPI(w, "HTTP")
	endpoint := "https://" + api.ID() + ".execute-api.us-west-2.amazonaws.com"
	assert.Equal(t, endpoint, api.Text("apiEndpoint"))
	stage := w.Create(httpStageToken, "stage", inputs{"apiId": api.ID(), "name": "$default"})
	assert.Equal(t, endpoint+"/", stage.Text("invokeUrl"))
	named := w.Create(httpStageToken, "named", inputs{"apiId": api.ID(), "name": "v1"})
	assert.Equal(t, endpoint+"/v1", named.Text("invokeUrl"))
}
