package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecretsManagerRecoveryWindow wants secrets that were deleted to be recoverable for some days.
var SecretsManagerRecoveryWindow = policy.Policy{
	ID:          "aws-secretsmanager-recovery-window",
	Title:       "Deleted secrets must be recoverable.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "A secret that is deleted at once takes down what uses it, and nobody has a copy.",
	Remediation: "Leave recoveryWindowInDays at 30, or set 7 at least.",
	Controls:    frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13"}.List(),
	Tags:        []string{"reliability", "deletion-protection"},
	Bad: []policy.Example{
		{Name: "db", Type: secretType, Properties: props{"name": "db", "recoveryWindowInDays": 0}},
	},
	Good: []policy.Example{
		{Name: "db", Type: secretType, Properties: props{"name": "db"}},
	},
	Rules: []policy.Rule{
		policy.On(secretType, checkRecoverableSecret),
		policy.OnRemediate(secretType, mendRecoverableSecret),
	},
}

type recoverableSecret struct {
	Days policy.Value[int] `pulumi:"recoveryWindowInDays"`
}

func checkRecoverableSecret(r *policy.Report, v recoverableSecret) {
	if v.Days.Present() && v.Days.Get() == 0 {
		r.Fail("It is gone at once when it is deleted.")
	}
}

func mendRecoverableSecret(r *policy.Remediation, v recoverableSecret) {
	if v.Days.Present() && v.Days.Get() == 0 {
		r.Set("recoveryWindowInDays", 30)
	}
}
