package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	restAPIToken         = "aws:apigateway/restApi:RestApi"
	restPolicyToken      = "aws:apigateway/restApiPolicy:RestApiPolicy"
	restResourceToken    = "aws:apigateway/resource:Resource"
	restMethodToken      = "aws:apigateway/method:Method"
	restIntegrationToken = "aws:apigateway/integration:Integration"
	restDeploymentToken  = "aws:apigateway/deployment:Deployment"
	restStageToken       = "aws:apigateway/stage:Stage"
)

func restAPI(w *world, changes inputs) thing {
	return w.Create(restAPIToken, "api", with(inputs{"name": "api"}, changes))
}

// methodInputs is a method of the API's root.
func methodInputs(api thing) inputs {
	return inputs{"restApi": api.ID(), "resourceId": api.Text("rootResourceId"), "httpMethod": "GET", "authorization": "NONE"}
}

func integrationInputs(api thing) inputs {
	return inputs{"restApi": api.ID(), "resourceId": api.Text("rootResourceId"), "httpMethod": "GET", "type": "MOCK"}
}

// answered is an API that has a method and an integration.
func answered(w *world, changes inputs) thing {
	api := restAPI(w, changes)
	w.Create(restMethodToken, "get", methodInputs(api))
	w.Create(restIntegrationToken, "get", integrationInputs(api))
	return api
}

func deployed(w *world) thing {
	return w.Create(restDeploymentToken, "deployment", inputs{"restApi": answered(w, nil).ID()})
}

func restFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: restAPIToken,
			Inputs: func(*world) inputs {
				return inputs{"name": "api", "endpointConfiguration": inputs{"types": "REGIONAL"}}
			},
			Update: changing(inputs{"description": "The API."}),
		},
		{
			Type:   restPolicyToken,
			Inputs: func(w *world) inputs { return inputs{"restApiId": restAPI(w, nil).ID(), "policy": permit} },
			Update: changing(inputs{"policy": trust}),
		},
		{
			Type: restResourceToken,
			Inputs: func(w *world) inputs {
				api := restAPI(w, nil)
				return inputs{"restApi": api.ID(), "parentId": api.Text("rootResourceId"), "pathPart": "users"}
			},
			Update:   changing(inputs{"pathPart": "people"}),
			ImportID: func(t thing) string { return t.Text("restApi") + "/" + t.ID() },
		},
		{
			Type:    restMethodToken,
			Inputs:  func(w *world) inputs { return methodInputs(restAPI(w, nil)) },
			Update:  changing(inputs{"apiKeyRequired": true}),
			Replace: changing(inputs{"httpMethod": "POST"}),
			ImportID: func(t thing) string {
				return t.Text("restApi") + "/" + t.Text("resourceId") + "/" + t.Text("httpMethod")
			},
		},
		{
			Type: restIntegrationToken, DeleteFirst: true,
			Inputs: func(w *world) inputs {
				api := restAPI(w, nil)
				w.Create(restMethodToken, "get", methodInputs(api))
				return integrationInputs(api)
			},
			Update: changing(inputs{"requestTemplates": inputs{"application/json": "{}"}}),
			ImportID: func(t thing) string {
				return t.Text("restApi") + "/" + t.Text("resourceId") + "/" + t.Text("httpMethod")
			},
		},
		{
			Type:     restDeploymentToken,
			Inputs:   func(w *world) inputs { return inputs{"restApi": answered(w, nil).ID()} },
			Update:   changing(inputs{"description": "The first."}),
			Replace:  changing(inputs{"triggers": inputs{"changed": "1"}}),
			ImportID: func(t thing) string { return t.Text("restApi") + "/" + t.ID() },
		},
		{
			Type: restStageToken,
			Inputs: func(w *world) inputs {
				deployment := deployed(w)
				return inputs{"restApi": deployment.Text("restApi"), "deployment": deployment.ID(), "stageName": "v1"}
			},
			Update:   changing(inputs{"variables": inputs{"colour": "blue"}}),
			Replace:  changing(inputs{"stageName": "v2"}),
			ImportID: func(t thing) string { return t.Text("restApi") + "/" + t.Text("stageName") },
		},
	}
}

func restCases() []simulatortest.Case {
	deploy := func(make func(*world) thing) func(*world) error {
		return tries(restDeploymentToken, func(w *world) inputs { return inputs{"restApi": make(w).ID()} })
	}
	whole := func(w *world) thing { return answered(w, nil) }
	private := func(changes inputs) func(*world) thing {
		return func(w *world) thing {
			return answered(w, with(inputs{"endpointConfiguration": inputs{"types": "PRIVATE"}}, changes))
		}
	}
	resource := func(first, second string) func(*world) error {
		return func(w *world) error {
			api := restAPI(w, nil)
			in := inputs{"restApi": api.ID(), "parentId": api.Text("rootResourceId"), "pathPart": first}
			w.Create(restResourceToken, "first", in)
			_, err := w.Try(restResourceToken, "second", with(in, inputs{"pathPart": second}))
			return err
		}
	}
	integrate := func(withMethod bool, changes inputs) func(*world) error {
		return tries(restIntegrationToken, func(w *world) inputs {
			api := restAPI(w, nil)
			if withMethod {
				w.Create(restMethodToken, "get", methodInputs(api))
			}
			return with(integrationInputs(api), changes)
		})
	}
	method := func(changes inputs) func(*world) error {
		return tries(restMethodToken, func(w *world) inputs { return with(methodInputs(restAPI(w, nil)), changes) })
	}
	stages := func(second string) func(*world) error {
		return func(w *world) error {
			deployment := deployed(w)
			in := inputs{"restApi": deployment.Text("restApi"), "deployment": deployment.ID(), "stageName": "v1"}
			w.Create(restStageToken, "first", in)
			_, err := w.Try(restStageToken, "second", with(in, inputs{"stageName": second}))
			return err
		}
	}
	undeploy := func(stageFirst bool) func(*world) error {
		return func(w *world) error {
			deployment := deployed(w)
			stage := w.Create(restStageToken, "stage", inputs{
				"restApi": deployment.Text("restApi"), "deployment": deployment.ID(), "stageName": "v1",
			})
			if stageFirst {
				w.Delete(stage)
			}
			return w.TryDelete(deployment)
		}
	}
	const bad = "BadRequestException"
	return []simulatortest.Case{
		{ID: "aws-apigateway-deployment-needs-methods", Code: bad, Text: "doesn't contain any methods",
			Fails: deploy(func(w *world) thing { return restAPI(w, nil) }), Passes: deploy(whole)},
		{ID: "aws-apigateway-deployment-needs-integrations", Code: bad, Text: "No integration defined for method: GET",
			Fails: deploy(func(w *world) thing {
				api := restAPI(w, nil)
				w.Create(restMethodToken, "get", methodInputs(api))
				return api
			}), Passes: deploy(whole)},
		{ID: "aws-apigateway-private-needs-policy", Code: bad, Text: "doesn't have a resource policy",
			Fails: deploy(private(nil)), Passes: deploy(private(inputs{"policy": permit}))},
		{ID: "aws-apigateway-stages-before-deployment", Code: bad, Text: "Active stages pointing to this deployment",
			Fails: undeploy(false), Passes: undeploy(true)},
		{ID: "aws-apigateway-path-taken", Code: "ConflictException", Text: "already has this name: users",
			Fails: resource("users", "users"), Passes: resource("users", "posts")},
		{ID: "aws-apigateway-path-part", Code: bad, Text: "users/all", Fails: resource("users", "users/all"), Passes: resource("users", "all")},
		{ID: "aws-apigateway-method-authorizer", Code: bad, Text: "Invalid authorizer ID",
			Fails: method(inputs{"authorization": "CUSTOM"}), Passes: method(inputs{"authorization": "AWS_IAM"})},
		{ID: "aws-apigateway-integration-needs-method", Code: "NotFoundException", Text: "Invalid Method identifier",
			Fails: integrate(false, nil), Passes: integrate(true, nil)},
		{ID: "aws-apigateway-integration-method", Code: bad, Text: "HttpMethod must be non-empty",
			Fails:  integrate(true, inputs{"type": "HTTP_PROXY", "uri": "https://example.com"}),
			Passes: integrate(true, inputs{"type": "HTTP_PROXY", "uri": "https://example.com", "integrationHttpMethod": "GET"})},
		{ID: "aws-apigateway-stage-taken", Code: "ConflictException", Text: "Stage already exists: v1",
			Fails: stages("v1"), Passes: stages("v2")},
	}
}

func TestRestAPIOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	deployment := deployed(w)
	api := deployment.Text("restApi")
	stage := w.Create(restStageToken, "stage", inputs{"restApi": api, "deployment": deployment.ID(), "stageName": "v1"})
	assert.Equal(t, "https://"+api+".execute-api.us-west-2.amazonaws.com/v1", stage.Text("invokeUrl"))
	assert.Equal(t, "arn:aws:execute-api:us-west-2:123456789012:"+api+"/v1", stage.Text("executionArn"))
	assert.Equal(t, "arn:aws:apigateway:us-west-2::/restapis/"+api+"/stages/v1", stage.Text("arn"))
}
