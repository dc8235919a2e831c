package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMNoAccessKeys advises against access keys of users: roles have keys that expire within hours.
var IAMNoAccessKeys = policy.Policy{
	ID:       "aws-iam-no-access-keys",
	Title:    "Users must not have access keys.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "An access key works from anywhere until somebody deletes it. Keys in files, repositories and build logs are " +
		"how most accounts are broken into; a deployed one is in the state of the stack as well.",
	Remediation: "Let machines outside AWS take a role by an identity provider (OpenID Connect, IAM Roles Anywhere), and " +
		"people by IAM Identity Center.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.2", ISO27001: "A.5.17 A.8.2", CISAWS: "1.12"}.List(),
	Tags:     []string{"security", "iam"},
	Bad:      []policy.Example{{Name: "ci", Type: accessKeyType, Properties: props{"user": "ci"}}},
	Good: []policy.Example{
		{Name: "ci", Type: accessKeyType, Properties: props{"user": "ci", "status": "Inactive"}},
	},
	Rules: []policy.Rule{
		policy.On(accessKeyType, func(r *policy.Report, k struct {
			Status policy.Value[string] `pulumi:"status"`
		}) {
			if k.Status.Or("Active") == "Active" {
				r.Fail("It is a key that never expires.")
			}
		}),
	},
}
