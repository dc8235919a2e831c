package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// KMSDeletionWindow advises to leave time between the order to delete a key and its end. Its setting "days" replaces 30
// by another least number of days.
var KMSDeletionWindow = policy.Policy{
	ID:       "aws-kms-deletion-window",
	Title:    "Keys must wait before they are deleted.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "What a deleted key has encrypted is lost for good. Often the first to notice is a job that runs once a month; " +
		"until then, the deletion can be taken back.",
	Remediation: "Leave deletionWindowInDays at 30, which is the longest that there is.",
	Controls:    frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.24 A.8.13"}.List(),
	Tags:        []string{"reliability", "deletion-protection"},
	Bad:         []policy.Example{{Name: "data", Type: keyType, Properties: props{"deletionWindowInDays": 7}}},
	Good:        []policy.Example{{Name: "data", Type: keyType}},
	Config:      deletionWindow{Days: 30},
	Rules: []policy.Rule{
		policy.On(keyType, func(r *policy.Report, k waitingKey) {
			if least := policy.Settings[deletionWindow](r).Days; k.goesBefore(least) {
				r.Fail("It is gone after %v days; at least %d are wanted.", k.Days, least)
			}
		}),
		policy.OnRemediate(keyType, func(r *policy.Remediation, k waitingKey) {
			if least := policy.Settings[deletionWindow](r).Days; k.goesBefore(least) {
				r.Set("deletionWindowInDays", least)
			}
		}),
	},
}

// deletionWindow are the policy's settings.
type deletionWindow struct {
	Days int `pulumi:"days" min:"7" max:"30" description:"The least days between the order to delete a key and its end."`
}

type waitingKey struct {
	Days policy.Value[int] `pulumi:"deletionWindowInDays"`
}

func (k waitingKey) goesBefore(days int) bool { return k.Days.Present() && k.Days.Get() < days }
