package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecretsManagerRotatedOften wants rotations of secrets to come round. Its setting "days" replaces 90 by another
// number.
var SecretsManagerRotatedOften = policy.Policy{
	ID:          "aws-secretsmanager-rotated-often",
	Title:       "Secrets must be rotated every 90 days.",
	Severity:    policy.Low,
	Level:       policy.Advisory,
	Rationale:   "A secret that was copied once works until the next rotation. One that comes after a year protects nobody.",
	Remediation: "Set rotationRules.automaticallyAfterDays to 90 at most.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17"}.List(),
	Tags:        []string{"security", "key-rotation"},
	Peers: []string{
		"Checkov CKV_AWS_304", "AWS Config SECRETSMANAGER_SECRET_PERIODIC_ROTATION", "Security Hub SecretsManager.4",
	},
	Bad: []policy.Example{
		{Name: "rotation", Type: secretRotationType, Properties: props{
			"secretId": "database", "rotationRules": props{"automaticallyAfterDays": 365},
		}},
	},
	Good: []policy.Example{
		{Name: "rotation", Type: secretRotationType, Properties: props{
			"secretId": "database", "rotationRules": props{"automaticallyAfterDays": 30},
		}},
	},
	Config: rotationPeriod{Days: 90},
	Rules: []policy.Rule{
		policy.On(secretRotationType, func(r *policy.Report, s secretRotation) {
			if most := policy.Settings[rotationPeriod](r).Days; s.Rules.Get().Days.Get() > most {
				r.Fail("It comes round every %v days; at most %d are wanted.", s.Rules.Get().Days, most)
			}
		}),
		policy.OnRemediate(secretRotationType, func(r *policy.Remediation, s secretRotation) {
			if most := policy.Settings[rotationPeriod](r).Days; s.Rules.Get().Days.Get() > most {
				r.Set("rotationRules.automaticallyAfterDays", most)
			}
		}),
	},
}

// rotationPeriod are the policy's settings.
type rotationPeriod struct {
	Days int `pulumi:"days" min:"1" max:"1000" description:"The most days between two rotations of a secret."`
}

type secretRotation struct {
	Rules policy.Value[rotationRules] `pulumi:"rotationRules"`
}

type rotationRules struct {
	Days policy.Value[int] `pulumi:"automaticallyAfterDays"`
}
