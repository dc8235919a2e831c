package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayNoDataTrace refuses to log requests and answers in full.
var APIGatewayNoDataTrace = policy.Policy{
	ID:       "aws-apigateway-no-data-trace",
	Title:    "APIs must not log the bodies of requests.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Data tracing writes requests and answers to the log in full: with passwords, tokens and personal data, " +
		"readable to everybody who may read logs.",
	Remediation: "Set dataTraceEnabled to false; loggingLevel ERROR tells what went wrong.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 C1.1", ISO27001: "A.8.12"}.List(),
	Tags:        []string{"security", "logging"},
	Peers:       []string{"Checkov CKV_AWS_276"},
	Bad: []policy.Example{
		{Name: "all", Type: methodSettingsType, Properties: props{
			"restApi": "a1b2c3d4e5", "stageName": "live", "methodPath": "*/*",
			"settings": props{"loggingLevel": "INFO", "dataTraceEnabled": true},
		}},
	},
	Good: []policy.Example{
		{Name: "all", Type: methodSettingsType, Properties: props{
			"restApi": "a1b2c3d4e5", "stageName": "live", "methodPath": "*/*", "settings": props{"loggingLevel": "ERROR"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(methodSettingsType, func(r *policy.Report, m tracedMethods) {
			if m.Settings.Get().Trace.Or(false) {
				r.Fail("It logs requests and answers in full.")
			}
		}),
		policy.On(httpStageType, func(r *policy.Report, s tracedStage) {
			if s.Routes.Get().Trace.Or(false) {
				r.Fail("It logs messages in full.")
			}
		}),
		policy.OnRemediate(methodSettingsType, func(r *policy.Remediation, m tracedMethods) {
			if m.Settings.Get().Trace.Or(false) {
				r.Set("settings.dataTraceEnabled", false)
			}
		}),
		policy.OnRemediate(httpStageType, func(r *policy.Remediation, s tracedStage) {
			if s.Routes.Get().Trace.Or(false) {
				r.Set("defaultRouteSettings.dataTraceEnabled", false)
			}
		}),
	},
}

type tracedMethods struct {
	Settings policy.Value[traceSettings] `pulumi:"settings"`
}

type tracedStage struct {
	Routes policy.Value[traceSettings] `pulumi:"defaultRouteSettings"`
}

type traceSettings struct {
	Trace policy.Value[bool] `pulumi:"dataTraceEnabled"`
}
