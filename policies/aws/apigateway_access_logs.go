package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayAccessLogs wants the stages of APIs to keep a log of requests.
var APIGatewayAccessLogs = policy.Policy{
	ID:       "aws-apigateway-access-logs",
	Title:    "Stages of APIs must log requests.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Who called what, from where and with which answer is in the access log and nowhere else: without it, an " +
		"attack on an API leaves no trace.",
	Remediation: "Set accessLogSettings with destinationArn, the ARN of a log group, and a format.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_76", "Trivy AWS-0001", "AWS Config API_GWV2_ACCESS_LOGS_ENABLED",
		"Security Hub APIGateway.1", "Security Hub APIGateway.9",
	},
	Bad: []policy.Example{
		{Name: "live", Type: httpStageType, Properties: props{"apiId": "a1b2c3d4e5", "autoDeploy": true}},
	},
	Good: []policy.Example{
		{Name: "live", Type: httpStageType, Properties: props{
			"apiId": "a1b2c3d4e5", "autoDeploy": true,
			"accessLogSettings": props{
				"destinationArn": "arn:aws:logs:eu-west-1:123456789012:log-group:shop-api",
				"format":         `{"id": "$context.requestId", "ip": "$context.identity.sourceIp", "status": "$context.status"}`,
			},
		}},
	},
	Rules: []policy.Rule{
		policy.On(httpStageType, checkLoggedStage),
		policy.On(restStageType, checkLoggedStage),
	},
}

type loggedStage struct {
	Log policy.Value[any] `pulumi:"accessLogSettings"`
}

func checkLoggedStage(r *policy.Report, s loggedStage) {
	if !s.Log.Present() {
		r.Fail("It keeps no log of requests.")
	}
}
