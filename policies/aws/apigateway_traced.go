package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayTraced wants requests to REST APIs to be traced.
var APIGatewayTraced = policy.Policy{
	ID:          "aws-apigateway-traced",
	Title:       "Stages of REST APIs must trace requests.",
	Severity:    policy.Low,
	Level:       policy.Advisory,
	Rationale:   "A trace shows which of the services behind an API is slow or fails; without one, that is found by guessing.",
	Remediation: "Set xrayTracingEnabled to true.",
	Controls:    frameworks.Controls{SOC2: "CC7.2 A1.1", ISO27001: "A.8.16"}.List(),
	Tags:        []string{"reliability", "monitoring"},
	Peers: []string{
		"Checkov CKV_AWS_73", "Trivy AWS-0003", "AWS Config API_GW_XRAY_ENABLED", "Security Hub APIGateway.3",
	},
	Bad: []policy.Example{
		{Name: "live", Type: restStageType, Properties: props{
			"restApi": "a1b2c3d4e5", "deployment": "d1", "stageName": "live",
		}},
	},
	Good: []policy.Example{
		{Name: "live", Type: restStageType, Properties: props{
			"restApi": "a1b2c3d4e5", "deployment": "d1", "stageName": "live", "xrayTracingEnabled": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(restStageType, func(r *policy.Report, s xrayedStage) {
			if !s.Traced.Or(false) {
				r.Fail("It traces nothing.")
			}
		}),
		policy.OnRemediate(restStageType, func(r *policy.Remediation, s xrayedStage) {
			if !s.Traced.Or(false) {
				r.Set("xrayTracingEnabled", true)
			}
		}),
	},
}

type xrayedStage struct {
	Traced policy.Value[bool] `pulumi:"xrayTracingEnabled"`
}
