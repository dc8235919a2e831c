package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SFNLogs wants state machines to log their executions.
var SFNLogs = policy.Policy{
	ID:       "aws-sfn-logs",
	Title:    "State machines must log their executions.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "The history of an execution is kept for 90 days, and that of an express workflow not at all: without a log, " +
		"nothing says what it did.",
	Remediation: "Set loggingConfiguration with the level ERROR or ALL and the ARN of a log group with :* behind it.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_285", "AWS Config STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED", "Security Hub StepFunctions.1",
	},
	Bad: []policy.Example{
		{Name: "order", Type: stateMachineType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/order", "definition": `{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}`,
		}},
	},
	Good: []policy.Example{
		{Name: "order", Type: stateMachineType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/order", "definition": `{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}`,
			"loggingConfiguration": props{
				"level": "ERROR", "logDestination": "arn:aws:logs:eu-west-1:123456789012:log-group:order:*",
			},
		}},
	},
	Rules: []policy.Rule{
		policy.On(stateMachineType, func(r *policy.Report, m struct {
			Log policy.Value[executionLog] `pulumi:"loggingConfiguration"`
		}) {
			if m.Log.Get().Level.Or("OFF") == "OFF" {
				r.Fail("It logs nothing.")
			}
		}),
	},
}

type executionLog struct {
	Level policy.Value[string] `pulumi:"level"`
}
