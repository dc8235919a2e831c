package aws

import (
	"regexp"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// HTTP and WebSocket APIs. Sources: terraform-provider-aws, internal/service/apigatewayv2/{api,stage,integration,route,
// authorizer}.go; the API Gateway V2 API's CreateApi, CreateRoute, CreateIntegration.

var httpAPIKind = &simulator.Kind{
	Noun:     "API Gateway v2 API",
	ID:       func(c *simulator.Call) string { return c.Hex("HTTP API", 10) },
	ARN:      "arn:{partition}:apigateway:{region}::/apis/{id}",
	NotFound: "NotFoundException: Invalid API identifier specified: %s",
}

// httpStageKind has the API in its id, which the real provider leaves out: every API can have a stage called $default.
var httpStageKind = &simulator.Kind{
	Noun: "API Gateway v2 Stage",
	ID:   func(c *simulator.Call) string { return c.Text("apiId") + "/" + c.Text("name") },
	ARN:  "arn:{partition}:apigateway:{region}::/apis/{apiId}/stages/{name}",
}

var httpIntegrationKind = &simulator.Kind{
	Noun:     "API Gateway v2 Integration",
	ID:       func(c *simulator.Call) string { return c.Hex("integration", 7) },
	NotFound: "NotFoundException: Invalid Integration identifier specified: %s",
	InUse:    "ConflictException: Cannot delete Integration '%s': a route refers to it",
}

var httpRouteKind = &simulator.Kind{
	Noun: "API Gateway v2 Route",
	ID:   func(c *simulator.Call) string { return c.Hex("route", 7) },
}

var httpAuthorizerKind = &simulator.Kind{
	Noun:     "API Gateway v2 Authorizer",
	ID:       func(c *simulator.Call) string { return c.Hex("authorizer", 6) },
	NotFound: "NotFoundException: Invalid Authorizer identifier specified: %s",
	InUse:    "ConflictException: Cannot delete Authorizer '%s': a route refers to it",
}

const (
	httpRouteSource       = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
	httpIntegrationSource = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations.html"
	httpAPISource         = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html"
)

var ofHTTPAPI = simulator.Reference{Property: "apiId", To: kinds(httpAPIKind), OnDelete: simulator.Follow}

// protocolOf returns the protocol of the API that something belongs to, "" when it is not known.
func protocolOf(c *simulator.Call) string {
	if api := c.Find(httpAPIKind, c.Text("apiId")); api != nil {
		return api.Text("protocolType")
	}
	return ""
}

func httpAPITypes() []*simulator.Type {
	return []*simulator.Type{httpAPIType(), httpStageType(), httpIntegrationType(), httpRouteType(), httpAuthorizerType()}
}

func httpAPIType() *simulator.Type {
	return &simulator.Type{
		Token: "aws:apigatewayv2/api:Api",
		Kind:  httpAPIKind,
		Defaults: map[string]any{
			"apiKeySelectionExpression": "$request.header.x-api-key", "disableExecuteApiEndpoint": false,
			"routeSelectionExpression": "$request.method $request.path",
		},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"protocolType"},
		Rules:     map[string]simulator.Rule{"name": simulator.Length(1, 128)},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-apigatewayv2-cors-http-only", Source: httpAPISource}, Stage: simulator.AtCheck,
				Error: "BadRequestException: CORS configuration is supported for HTTP APIs only",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Text("protocolType") == "WEBSOCKET" && c.Given("corsConfiguration") {
						broken("corsConfiguration")
					}
				}},
		},
		API: []string{"apigatewayv2:CreateApi", "apigatewayv2:UpdateApi"},
		Compute: func(c *simulator.Call) {
			scheme := "https"
			if c.Text("protocolType") == "WEBSOCKET" {
				scheme = "wss"
			}
			c.Set("apiEndpoint", strings.TrimSuffix(invokeURL(c, scheme, c.ID, ""), "/"))
			c.Set("executionArn", executionARN(c, c.ID))
			c.SetNew("ipAddressType", "ipv4")
		},
	}
}

func httpStageType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:apigatewayv2/stage:Stage",
		Kind:      httpStageKind,
		Defaults:  map[string]any{"autoDeploy": false},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"apiId", "name"},
		Sets:      []string{"routeSettings"},
		Rules:     map[string]simulator.Rule{"name": simulator.Length(1, 128)},
		References: []simulator.Reference{
			ofHTTPAPI,
			{Property: "accessLogSettings.destinationArn", To: kinds(logGroupKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "BadRequestException: the log group %s does not exist",
				Address: func(_ *simulator.Call, arn string) (string, bool) {
					return strings.TrimSuffix(arn, ":*"), strings.Contains(arn, ":logs:")
				}},
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-apigatewayv2-stage-taken", Source: httpAPISource},
			Properties: []string{"apiId", "name"}, Error: "ConflictException: Stage already exists: %s",
		}},
		API:        []string{"apigatewayv2:CreateStage", "apigatewayv2:UpdateStage"},
		Parameters: map[string]string{"name": "StageName"},
		Compute: func(c *simulator.Call) {
			api, name := c.Text("apiId"), c.Text("name")
			scheme, path := "https", name
			switch {
			case protocolOf(c) == "WEBSOCKET":
				scheme = "wss"
			case name == "$default":
				path = ""
			}
			c.Set("invokeUrl", invokeURL(c, scheme, api, path))
			c.Set("executionArn", executionARN(c, api)+"/"+name)
			deployment := ""
			if c.Flag("autoDeploy") {
				deployment = c.Hex("deployment", 6)
			}
			c.SetNew("deploymentId", deployment)
		},
	}
}

func httpIntegrationType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:apigatewayv2/integration:Integration",
		Kind:       httpIntegrationKind,
		Defaults:   map[string]any{"connectionType": "INTERNET", "payloadFormatVersion": "1.0"},
		Immutable:  []string{"apiId", "integrationSubtype", "integrationType"},
		References: []simulator.Reference{ofHTTPAPI},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-apigatewayv2-integration-type", Source: httpIntegrationSource},
				Stage: simulator.AtApply,
				Error: "BadRequestException: HTTP APIs do not support the integration type %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					kind := c.Text("integrationType")
					if protocolOf(c) == "HTTP" && !slices.Contains([]string{"AWS_PROXY", "HTTP_PROXY"}, kind) {
						broken("integrationType", kind)
					}
				}},
			{Origin: simulator.Origin{ID: "aws-apigatewayv2-payload-version", Source: httpIntegrationSource},
				Stage: simulator.AtCheck,
				Error: "BadRequestException: HTTP_PROXY integrations support the payload format version 1.0 only",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Text("integrationType") == "HTTP_PROXY" && c.Text("payloadFormatVersion") == "2.0" {
						broken("payloadFormatVersion")
					}
				}},
		},
		API:        []string{"apigatewayv2:CreateIntegration", "apigatewayv2:UpdateIntegration"},
		Parameters: map[string]string{"timeoutMilliseconds": "TimeoutInMillis"},
		Import:     lastPart,
		Compute: func(c *simulator.Call) {
			timeout, selection := 30000, ""
			if protocolOf(c) == "WEBSOCKET" {
				timeout, selection = 29000, "${integration.response.statuscode}"
			}
			c.SetNew("timeoutMilliseconds", timeout)
			c.SetNew("integrationResponseSelectionExpression", selection)
		},
	}
}

var httpRouteKey = regexp.MustCompile(`^(\$default|(GET|POST|PUT|PATCH|HEAD|OPTIONS|DELETE|ANY) /.*)$`)

func httpRouteType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:apigatewayv2/route:Route",
		Kind:      httpRouteKind,
		Defaults:  map[string]any{"apiKeyRequired": false, "authorizationType": "NONE"},
		Immutable: []string{"apiId"},
		Sets:      []string{"authorizationScopes", "requestParameters"},
		Rules: map[string]simulator.Rule{
			"authorizationType": simulator.OneOf("AWS_IAM", "CUSTOM", "JWT", "NONE"),
		},
		References: []simulator.Reference{
			ofHTTPAPI,
			{Property: "target", To: kinds(httpIntegrationKind), Address: func(_ *simulator.Call, target string) (string, bool) {
				return strings.CutPrefix(target, "integrations/")
			}},
			{Property: "authorizerId", To: kinds(httpAuthorizerKind)},
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-apigatewayv2-route-taken", Source: httpRouteSource},
			Properties: []string{"apiId", "routeKey"}, Error: "ConflictException: Route with key %s already exists for this API",
		}},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-apigatewayv2-route-key", Source: httpRouteSource}, Stage: simulator.AtApply,
				Error: "BadRequestException: The provided route key is not formatted properly for HTTP protocol. Format should be " +
					"\"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\": %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if key := c.Text("routeKey"); protocolOf(c) == "HTTP" && !httpRouteKey.MatchString(key) {
						broken("routeKey", key)
					}
				}},
			{Origin: simulator.Origin{ID: "aws-apigatewayv2-route-authorizer", Source: httpRouteSource}, Stage: simulator.AtCheck,
				Error: "BadRequestException: the authorization type %s needs an authorizer",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					kind := c.Text("authorizationType")
					if (kind == "JWT" || kind == "CUSTOM") && !c.Given("authorizerId") {
						broken("authorizerId", kind)
					}
				}},
		},
		API:    []string{"apigatewayv2:CreateRoute", "apigatewayv2:UpdateRoute"},
		Import: lastPart,
	}
}

func httpAuthorizerType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:apigatewayv2/authorizer:Authorizer",
		Kind:       httpAuthorizerKind,
		AutoName:   &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable:  []string{"apiId"},
		Sets:       []string{"identitySources"},
		References: []simulator.Reference{ofHTTPAPI},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-apigatewayv2-jwt-settings",
				Source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html"},
			Stage: simulator.AtCheck,
			Error: "BadRequestException: a JWT authorizer needs a jwtConfiguration with an issuer",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				const jwt = "jwtConfiguration"
				if c.Text("authorizerType") == "JWT" && c.Known(jwt) && !c.Given(jwt+".issuer") {
					broken(jwt)
				}
			},
		}},
		API:        []string{"apigatewayv2:CreateAuthorizer", "apigatewayv2:UpdateAuthorizer"},
		Parameters: map[string]string{"identitySources": "IdentitySource", "authorizerResultTtlInSeconds": ""},
		Import:     lastPart,
		Compute: func(c *simulator.Call) {
			ttl := 0
			if c.Text("authorizerType") == "REQUEST" {
				ttl = 300
			}
			c.SetNew("authorizerResultTtlInSeconds", ttl)
		},
	}
}
