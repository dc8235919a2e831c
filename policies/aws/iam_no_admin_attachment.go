package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMNoAdminAttachment refuses to attach the managed policies AdministratorAccess and IAMFullAccess: who may write
// policies may give themselves all others.
var IAMNoAdminAttachment = policy.Policy{
	ID:       "aws-iam-no-admin-attachment",
	Title:    "AdministratorAccess and IAMFullAccess must not be attached.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "One stolen credential of such a user or role is the whole account. People should become " +
		"administrators for an hour through single sign-on, and machines never.",
	Remediation: "Attach a policy with the actions that are needed instead; give people temporary access by IAM " +
		"Identity Center.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.2 A.5.18", CISAWS: "1.15"}.List(),
	Tags:     []string{"security", "iam", "least-privilege"},
	Peers:    []string{"Checkov CKV_AWS_274", "Checkov CKV2_AWS_56"},
	Bad: []policy.Example{
		{Name: "ci", Type: rolePolicyAttachmentType, Properties: props{
			"role": "ci", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess",
		}},
	},
	Good: []policy.Example{
		{Name: "ci", Type: rolePolicyAttachmentType, Properties: props{
			"role": "ci", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
		}},
	},
	Rules: onAttachments(func(r *policy.Report, name string) {
		if name == "AdministratorAccess" || name == "IAMFullAccess" {
			r.Fail("It attaches %s.", name)
		}
	}),
}
