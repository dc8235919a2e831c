package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EBSEncryptedByDefault refuses to switch off the encryption of new volumes in a region.
var EBSEncryptedByDefault = policy.Policy{
	ID:       "aws-ebs-encrypted-by-default",
	Title:    "New volumes must be encrypted by default.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "The default holds for every volume that nobody thinks of: those that autoscaling, the console and other " +
		"people's programs make.",
	Remediation: "Set enabled to true, or leave it out.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24", CISAWS: "5.1.1"}.List(),
	Tags:        []string{"security", "encryption"},
	Peers:       []string{"Checkov CKV_AWS_106", "AWS Config EC2_EBS_ENCRYPTION_BY_DEFAULT", "Security Hub EC2.7"},
	Bad: []policy.Example{
		{Name: "volumes", Type: encryptionByDefaultType, Properties: props{"enabled": false}},
	},
	Good: []policy.Example{
		{Name: "volumes", Type: encryptionByDefaultType},
	},
	Rules: []policy.Rule{
		policy.On(encryptionByDefaultType, func(r *policy.Report, d encryptionByDefault) {
			if !d.Enabled.Or(true) {
				r.Fail("It switches the encryption of new volumes off.")
			}
		}),
		policy.OnRemediate(encryptionByDefaultType, func(r *policy.Remediation, d encryptionByDefault) {
			if !d.Enabled.Or(true) {
				r.Set("enabled", true)
			}
		}),
	},
}

type encryptionByDefault struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}
