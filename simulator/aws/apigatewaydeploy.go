package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// REST APIs as they are published: deployments and stages. Sources: terraform-provider-aws,
// internal/service/apigateway/{deployment,stage}.go; the API Gateway API's CreateDeployment, DeleteDeployment,
// CreateStage.

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
					if api := c.Find(restAPIKind, c.Text("restApi")); api != nil && api.Text("body") == "" && len(api.Users(restMethodKind)) == 0 {
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
					private := api != nil && stringOf(objectOf(api, "endpointConfiguration")["types"]) == "PRIVATE"
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
	api := c.Find(restAPIKind, c.Text("restApi")) // nil when the input, which may be anything, is no text
	if api == nil {
		return
	}
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
