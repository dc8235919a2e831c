package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// GuardDutyEnabled refuses detectors that are switched off.
var GuardDutyEnabled = policy.Policy{
	ID:       "aws-guardduty-enabled",
	Title:    "Threat detection must be on.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "GuardDuty tells of stolen credentials, mining and talks with known attackers; a detector that is " +
		"off tells nothing.",
	Remediation: "Leave enable at true.",
	Controls:    frameworks.Controls{SOC2: "CC7.2 CC6.8", ISO27001: "A.8.16 A.5.7"}.List(),
	Tags:        []string{"security", "threat-detection"},
	Peers:       []string{"Checkov CKV_AWS_238", "AWS Config GUARDDUTY_ENABLED_CENTRALIZED", "Security Hub GuardDuty.1"},
	Bad: []policy.Example{
		{Name: "threats", Type: detectorType, Properties: props{"enable": false}},
	},
	Good: []policy.Example{
		{Name: "threats", Type: detectorType, Properties: props{"enable": true}},
	},
	Rules: []policy.Rule{
		policy.On(detectorType, checkSwitchedDetector),
		policy.OnRemediate(detectorType, mendSwitchedDetector),
	},
}

type switchedDetector struct {
	Enabled policy.Value[bool] `pulumi:"enable"`
}

func checkSwitchedDetector(r *policy.Report, v switchedDetector) {
	if !v.Enabled.Or(true) {
		r.Fail("It is switched off.")
	}
}

func mendSwitchedDetector(r *policy.Remediation, v switchedDetector) {
	if !v.Enabled.Or(true) {
		r.Set("enable", true)
	}
}
