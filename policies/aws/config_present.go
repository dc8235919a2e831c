package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ConfigPresent wants a recorder of AWS Config in every stack that sets up an account: one with a trail, Security Hub,
// an access analyzer or a password policy.
var ConfigPresent = policy.Policy{
	ID:       "aws-config-present",
	Title:    "Stacks that set up an account must record configurations.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "AWS Config says what a resource was like at any time, and most controls of Security Hub judge by what it " +
		"recorded: without it, they find nothing.",
	Remediation: "Add an aws:cfg/recorder:Recorder, a delivery channel and a recorder status to the stack, or exempt the stack " +
		"if its organisation records all accounts.",
	Controls: frameworks.Controls{SOC2: "CC7.1 CC3.4", ISO27001: "A.8.9", CISAWS: "3.3"}.List(),
	Tags:     []string{"security", "logging"},
	Peers:    []string{"Checkov CKV_AWS_121", "Security Hub Config.1"},
	Bad: []policy.Example{
		{Name: "findings", Type: securityHubType},
	},
	Good: []policy.Example{
		{Name: "findings", Type: securityHubType},
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			accountSetup
			Recorders policy.Resources[struct{}] `pulumi:"aws:cfg/recorder:Recorder"`
		}) {
			stack.check(r, stack.Recorders.Len() > 0, "It has no recorder of AWS Config.")
		}),
	},
}
