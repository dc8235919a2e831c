package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EFSLifecycle advises to move files that nobody reads to cheaper storage.
var EFSLifecycle = policy.Policy{
	ID:       "aws-efs-lifecycle",
	Title:    "File systems should have a lifecycle.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "On most file systems, most files are not read again. Expected effect: a GB in Infrequent Access costs 0.016 to " +
		"0.025 USD a month in us-east-1, where Standard costs 0.30 (Amazon EFS pricing).",
	Remediation: "Set lifecyclePolicies with transitionToIa AFTER_30_DAYS. Reading such a file is charged for.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad:         []policy.Example{{Name: "files", Type: fileSystemType, Properties: props{"encrypted": true}}},
	Good: []policy.Example{
		{Name: "files", Type: fileSystemType, Properties: props{
			"encrypted": true, "lifecyclePolicies": []any{props{"transitionToIa": "AFTER_30_DAYS"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(fileSystemType, func(r *policy.Report, f agingFiles) {
			if f.Policies.Len() == 0 {
				r.Fail("Its files stay in the dearest storage.")
			}
		}),
		policy.OnRemediate(fileSystemType, func(r *policy.Remediation, f agingFiles) {
			if f.Policies.Len() == 0 {
				r.Set("lifecyclePolicies", []any{map[string]any{"transitionToIa": "AFTER_30_DAYS"}})
			}
		}),
	},
}

type agingFiles struct {
	Policies policy.List[any] `pulumi:"lifecyclePolicies"`
}
