package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMNoCloudShell advises against the managed policy AWSCloudShellFullAccess.
var IAMNoCloudShell = policy.Policy{
	ID:       "aws-iam-no-cloud-shell",
	Title:    "AWSCloudShellFullAccess must not be attached.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Who has it can upload files to CloudShell and download them, and reach the internet from there: a way out " +
		"for data that no other control sees.",
	Remediation: "Attach a policy that allows cloudshell:* but for the actions on files, GetFileDownloadUrls and " +
		"GetFileUploadUrls, to those who need it.",
	Controls: frameworks.Controls{SOC2: "CC6.3", ISO27001: "A.8.12 A.8.2", CISAWS: "1.21"}.List(),
	Tags:     []string{"security", "iam", "least-privilege"},
	Peers:    []string{"Security Hub IAM.27"},
	Bad: []policy.Example{
		{Name: "team", Type: groupPolicyAttachmentType, Properties: props{
			"group": "team", "policyArn": "arn:aws:iam::aws:policy/AWSCloudShellFullAccess",
		}},
	},
	Good: []policy.Example{
		{Name: "team", Type: groupPolicyAttachmentType, Properties: props{
			"group": "team", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
		}},
	},
	Rules: onAttachments(func(r *policy.Report, name string) {
		if name == "AWSCloudShellFullAccess" {
			r.Fail("It attaches %s.", name)
		}
	}),
}
