package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// REST APIs. Sources: terraform-provider-aws, internal/service/apigateway/{rest_api,rest_api_policy,resource,method,
// integration,deployment,stage}.go; the API Gateway API's CreateDeployment, DeleteDeployment, PutIntegration.

var restAPIKind = &simulator.Kind{
	Noun:     "API Gateway REST API",
	ID:       func(c *simulator.Call) string { return c.Hex("REST API", 10) },
	ARN:      "arn:{partition}:apigateway:{region}::/restapis/{id}",
	NotFound: "NotFoundException: Invalid API identifier specified: %s",
}

// rootResourceKind is the path / that comes with an API; restResourceKind is one below.
var rootResourceKind = &simulator.Kind{Noun: "API Gateway Root Resource", NotFound: restResourceKind.NotFound}

var restResourceKind = &simulator.Kind{
	Noun:     "API Gateway Resource",
	ID:       func(c *simulator.Call) string { return c.Hex("resource", 6) },
	NotFound: "NotFoundException: Invalid Resource identifier specified: %s",
}

var restMethodKind = &simulator.Kind{
	Noun: "API Gateway Method",
	ID:   func(c *simulator.Call) string { return "agm-" + restMethod(c) },
}

var restIntegrationKind = &simulator.Kind{
	Noun: "API Gateway Integration",
	ID:   func(c *simulator.Call) string { return "agi-" + restMethod(c) },
}

var restDeploymentKind = &simulator.Kind{
	Noun:     "API Gateway Deployment",
	ID:       func(c *simulator.Call) string { return c.Hex("deployment", 6) },
	NotFound: "NotFoundException: Invalid Deployment identifier specified: %s",
}

var restStageKind = &simulator.Kind{
	Noun: "API Gateway Stage",
	ID:   func(c *simulator.Call) string { return "ags-" + c.Text("restApi") + "-" + c.Text("stageName") },
	ARN:  "arn:{partition}:apigateway:{region}::/restapis/{restApi}/stages/{stageName}",
}

var restPolicyKind = &simulator.Kind{
	Noun: "API Gateway REST API Policy",
	ID:   func(c *simulator.Call) string { return c.Text("restApiId") },
}

const (
	restDeploySource    = "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html"
	restIntegrateSource = "https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html"
)

func restMethod(c *simulator.Call) string {
	return c.Text("restApi") + "-" + c.Text("resourceId") + "-" + c.Text("httpMethod")
}

// importedBySlashes turns API/RESOURCE/METHOD, by which one imports, into the id.
func importedBySlashes(prefix string) func(string) string {
	return func(id string) string {
		if strings.Contains(id, "/") {
			return prefix + strings.ReplaceAll(id, "/", "-")
		}
		return id
	}
}

// lastPart is the last of the parts by which one imports: API/ID.
func lastPart(id string) string { return id[strings.LastIndex(id, "/")+1:] }

func restTypes() []*simulator.Type {
	return []*simulator.Type{
		restAPIType(), restPolicyType(), restResourceType(), restMethodType(), restIntegrationType(), restDeploymentType(),
		restStageType(),
	}
}

func ofRestAPI(input string) simulator.Reference {
	return simulator.Reference{Property: input, To: kinds(restAPIKind), OnDelete: simulator.Follow}
}

// ofRestResource goes with the resource, as its methods do.
var ofRestResource = simulator.Reference{
	Property: "resourceId", To: kinds(restResourceKind, rootResourceKind), OnDelete: simulator.Follow,
}

func restAPIType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:apigateway/restApi:RestApi",
		Kind:      restAPIKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-"},
		Normalize: normalize("policy"),
		Sets:      []string{"binaryMediaTypes"},
		Rules: map[string]simulator.Rule{
			"apiKeySource": simulator.OneOf("AUTHORIZER", "HEADER"), "policy": simulator.Coded("BadRequestException", policyJSON),
			"endpointConfiguration.types": simulator.OneOf("EDGE", "PRIVATE", "REGIONAL"),
		},
		Fills:      []string{"endpointConfiguration.ipAddressType"},
		Brings:     kinds(rootResourceKind),
		API:        []string{"apigateway:CreateRestApi", "apigateway:PutRestApi"},
		Parameters: map[string]string{"body": "", "endpointConfiguration.types": ""},
		Compute: func(c *simulator.Call) {
			root := c.Bring(rootResourceKind, resource.PropertyMap{})
			c.Set("rootResourceId", root.ID)
			c.Set("executionArn", executionARN(c, c.ID))
			c.SetNew("endpointConfiguration", map[string]any{"types": "EDGE"})
			fillIn(c, "endpointConfiguration", map[string]any{"ipAddressType": "ipv4"})
			setNew(c, map[string]any{
				"apiKeySource": "HEADER", "createdDate": created(c), "description": "", "disableExecuteApiEndpoint": false,
				"minimumCompressionSize": "", "policy": "",
			})
		},
	}
}

func executionARN(c *simulator.Call, api string) string {
	return "arn:" + c.Partition + ":execute-api:" + c.Region + ":" + c.Account + ":" + api
}

func invokeURL(c *simulator.Call, scheme, api, stage string) string {
	domain, _ := partitionOf(c.Partition)
	return scheme + "://" + api + ".execute-api." + c.Region + "." + domain + "/" + stage
}

func restPolicyType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:apigateway/restApiPolicy:RestApiPolicy",
		Kind:       restPolicyKind,
		Immutable:  []string{"restApiId"},
		Rules:      map[string]simulator.Rule{"policy": simulator.Coded("BadRequestException", policyJSON)},
		References: []simulator.Reference{ofRestAPI("restApiId")},
	}
}

func restResourceType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:apigateway/resource:Resource",
		Kind:      restResourceKind,
		Immutable: []string{"restApi"},
		References: []simulator.Reference{
			ofRestAPI("restApi"),
			{Property: "parentId", To: kinds(restResourceKind, rootResourceKind), OnDelete: simulator.Follow},
		},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-apigateway-path-taken",
				Source: "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html"},
			Properties: []string{"restApi", "parentId", "pathPart"},
			Error:      "ConflictException: Another resource with the same parent already has this name: %s",
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-apigateway-path-part",
				Source: "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html"},
			Stage: simulator.AtCheck,
			Error: "BadRequestException: Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and " +
				"curly braces at the beginning and the end: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if part := c.Text("pathPart"); strings.Contains(part, "/") {
					broken("pathPart", part)
				}
			},
		}},
		API:        []string{"apigateway:CreateResource"},
		Parameters: map[string]string{"restApi": "restApiId"},
		Import:     lastPart,
		Compute: func(c *simulator.Call) {
			parent := ""
			if above := c.Find(restResourceKind, c.Text("parentId")); above != nil {
				parent = above.Text("path")
			}
			c.Set("path", parent+"/"+c.Text("pathPart"))
		},
	}
}

func restMethodType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:apigateway/method:Method",
		Kind:      restMethodKind,
		Defaults:  map[string]any{"apiKeyRequired": false},
		Immutable: []string{"httpMethod", "resourceId", "restApi"},
		Rules: map[string]simulator.Rule{
			"httpMethod":    simulator.OneOf("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"),
			"authorization": simulator.OneOf("AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM", "NONE"),
		},
		References: []simulator.Reference{ofRestAPI("restApi"), ofRestResource},
		Unique: []simulator.Unique{{
			Properties: []string{"restApi", "resourceId", "httpMethod"},
			Error:      "ConflictException: Method already exists for this resource: %s",
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-apigateway-method-authorizer",
				Source: "https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html"},
			Stage: simulator.AtCheck,
			Error: "BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or " +
				"COGNITO_USER_POOLS requires a valid authorizer.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				kind := c.Text("authorization")
				if (kind == "CUSTOM" || kind == "COGNITO_USER_POOLS") && !c.Given("authorizerId") {
					broken("authorizerId")
				}
			},
		}},
		API:        []string{"apigateway:PutMethod"},
		Parameters: map[string]string{"restApi": "restApiId", "authorization": "authorizationType"},
		Import:     importedBySlashes("agm-"),
	}
}

func restIntegrationType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:apigateway/integration:Integration",
		Kind:       restIntegrationKind,
		Immutable:  []string{"httpMethod", "integrationHttpMethod", "resourceId", "restApi", "type"},
		Sets:       []string{"cacheKeyParameters"},
		References: []simulator.Reference{ofRestAPI("restApi"), ofRestResource},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-apigateway-integration-needs-method", Source: restIntegrateSource},
				Stage: simulator.AtApply,
				Error: "NotFoundException: Invalid Method identifier specified: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Find(restMethodKind, "agm-"+restMethod(c)) == nil {
						broken("httpMethod", c.Text("httpMethod"))
					}
				}},
			{Origin: simulator.Origin{ID: "aws-apigateway-integration-method", Source: restIntegrateSource},
				Stage: simulator.AtCheck,
				Error: "BadRequestException: Enumeration value for HttpMethod must be non-empty",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					kind := c.Text("type")
					if kind != "" && kind != "MOCK" && !c.Given("integrationHttpMethod") {
						broken("integrationHttpMethod")
					}
				}},
		},
		API:        []string{"apigateway:PutIntegration"},
		Parameters: map[string]string{"restApi": "restApiId", "timeoutMilliseconds": ""},
		Import:     importedBySlashes("agi-"),
		Compute: func(c *simulator.Call) {
			setNew(c, map[string]any{"cacheNamespace": c.Text("resourceId"), "passthroughBehavior": "WHEN_NO_MATCH"})
		},
	}
}

func restDeploymentType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:apigateway/deployment:Deployment",
		Kind:       restDeploymentKind,
		Immutable:  []string{"restApi", "stageDescription", "stageName", "triggers", "variables"},
		References: []simulator.Reference{ofRestAPI("restApi")},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-apigateway-deployment-needs-methods", Source: restDeploySource},
				Stage: simulator.AtApply,
				Error: "BadRequestException: The REST API doesn't contain any methods",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if api := c.Find(restAPIKind, c.Text("restApi")); api.Text("body") == "" && len(api.Users(restMethodKind)) == 0 {
						broken("restApi")
					}
				}},
			{Origin: simulator.Origin{ID: "aws-apigateway-deployment-needs-integrations", Source: restDeploySource},
				Stage: simulator.AtApply,
				Error: "BadRequestException: No integration defined for method: %s", Find: findUnintegrated},
			{Origin: simulator.Origin{ID: "aws-apigateway-private-needs-policy",
				Source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html"},
				Stage: simulator.AtApply,
				Error: "BadRequestException: Private REST API doesn't have a resource policy attached to it",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					api := c.Find(restAPIKind, c.Text("restApi"))
					private := stringOf(objectOf(api, "endpointConfiguration")["types"]) == "PRIVATE"
					if private && api.Text("policy") == "" && api.Text("body") == "" && len(api.Users(restPolicyKind)) == 0 {
						broken("restApi")
					}
				}},
			{Origin: simulator.Origin{ID: "aws-apigateway-stages-before-deployment", Source: issue("19805")},
				Stage: simulator.AtDelete,
				Error: "BadRequestException: Active stages pointing to this deployment must be moved or deleted",
				Find:  findAttached(restStageKind)},
		},
		API:        []string{"apigateway:CreateDeployment"},
		Parameters: map[string]string{"restApi": "restApiId", "triggers": ""},
		Import:     lastPart,
		Compute: func(c *simulator.Call) {
			c.SetNew("createdDate", created(c))
			c.Set("executionArn", executionARN(c, c.Text("restApi"))+"/"+c.Text("stageName"))
			c.Set("invokeUrl", invokeURL(c, "https", c.Text("restApi"), c.Text("stageName")))
		},
	}
}

// findUnintegrated finds a method that nothing answers yet.
func findUnintegrated(c *simulator.Call, broken func(path string, args ...any)) {
	api := c.Find(restAPIKind, c.Text("restApi"))
	for _, method := range api.Users(restMethodKind) {
		if c.Find(restIntegrationKind, "agi-"+strings.TrimPrefix(method.ID, "agm-")) == nil {
			broken("restApi", method.Text("httpMethod"))
			return
		}
	}
}

func restStageType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:apigateway/stage:Stage",
		Kind:      restStageKind,
		Immutable: []string{"restApi", "stageName"},
		Rules: map[string]simulator.Rule{
			"cacheClusterSize": simulator.OneOf("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"),
			"stageName":        simulator.Matches(`^[0-9A-Za-z_-]{1,128}$`, "letters, digits, _ and - are"),
		},
		References: []simulator.Reference{
			ofRestAPI("restApi"),
			{Property: "deployment", To: kinds(restDeploymentKind), OnDelete: simulator.Ignore},
		},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-apigateway-stage-taken",
				Source: "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html"},
			Properties: []string{"restApi", "stageName"},
			Error:      "ConflictException: Stage already exists: %s",
		}},
		API:        []string{"apigateway:CreateStage"},
		Parameters: map[string]string{"restApi": "restApiId", "deployment": "deploymentId", "xrayTracingEnabled": "tracingEnabled"},
		Import:     importedBySlashes("ags-"),
		Compute: func(c *simulator.Call) {
			c.Set("executionArn", executionARN(c, c.Text("restApi"))+"/"+c.Text("stageName"))
			c.Set("invokeUrl", invokeURL(c, "https", c.Text("restApi"), c.Text("stageName")))
			c.SetNew("webAclArn", "")
		},
	}
}
