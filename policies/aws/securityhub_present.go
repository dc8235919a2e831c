package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecurityHubPresent wants Security Hub in every stack that sets up an account: one with an AWS Config recorder, an
// access analyzer or a password policy.
var SecurityHubPresent = policy.Policy{
	ID:       "aws-securityhub-present",
	Title:    "Stacks that set up an account must have Security Hub.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Security Hub holds the account to a standard day by day, and puts the findings of all detectors into one list: " +
		"what is spread over five consoles, nobody reads.",
	Remediation: "Add an aws:securityhub/account:Account to the stack, or exempt the stack if its organisation enables it for " +
		"all accounts.",
	Controls: frameworks.Controls{SOC2: "CC7.1 CC7.2", ISO27001: "A.8.16 A.5.36", CISAWS: "4.16"}.List(),
	Tags:     []string{"security", "threat-detection"},
	Peers:    []string{"AWS Config SECURITYHUB_ENABLED"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
		{Name: "findings", Type: securityHubType},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			accountSetup
			Hubs policy.Resources[struct{}] `pulumi:"aws:securityhub/account:Account"`
		}) {
			stack.check(r, stack.Hubs.Len() > 0, "It has no Security Hub.")
		}),
	},
}
