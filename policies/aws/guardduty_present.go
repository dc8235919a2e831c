package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// GuardDutyPresent wants GuardDuty in every stack that sets up an account: one with an AWS Config recorder, Security
// Hub, an access analyzer or a password policy.
var GuardDutyPresent = policy.Policy{
	ID:       "aws-guardduty-present",
	Title:    "Stacks that set up an account must have threat detection.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "GuardDuty looks for stolen credentials and known attackers in logs that exist anyway. An account " +
		"without it learns of them from others.",
	Remediation: "Add an aws:guardduty/detector:Detector to the stack, or exempt the stack if its organisation " +
		"enables GuardDuty for all accounts.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.16"}.List(),
	Tags:     []string{"security", "threat-detection"},
	Peers:    []string{"Checkov CKV2_AWS_3", "AWS Config GUARDDUTY_ENABLED_CENTRALIZED", "Security Hub GuardDuty.1"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
		{Name: "present", Type: detectorType, Properties: props{"enable": true}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			accountSetup
			Detectors policy.Resources[struct{}] `pulumi:"aws:guardduty/detector:Detector"`
		}) {
			stack.check(r, stack.Detectors.Len() > 0, "It has no detector.")
		}),
	},
}
