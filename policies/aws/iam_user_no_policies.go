package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMUserNoPolicies wants users to have permissions through groups only, or better to be none.
var IAMUserNoPolicies = policy.Policy{
	ID:        "aws-iam-user-no-policies",
	Title:     "Users must have permissions through groups only.",
	Severity:  policy.Low,
	Level:     policy.Advisory,
	Rationale: "What is granted person by person is never taken back, and nobody can say who may do what.",
	Remediation: "Attach policies to groups or roles, and put users into groups; better, let people sign in by " +
		"IAM Identity Center.",
	Controls: frameworks.Controls{SOC2: "CC6.2 CC6.3", ISO27001: "A.5.15 A.5.18", CISAWS: "1.14"}.List(),
	Tags:     []string{"security", "iam"},
	Peers: []string{
		"Checkov CKV_AWS_40", "Trivy AWS-0143", "AWS Config IAM_USER_NO_POLICIES_CHECK", "Security Hub IAM.2",
	},
	Bad: []policy.Example{
		{Name: "ann", Type: userPolicyAttachmentType, Properties: props{
			"user": "ann", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
		}},
	},
	Good: []policy.Example{
		{Name: "readers", Type: policyAttachmentType, Properties: props{
			"groups": []any{"readers"}, "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
		}},
	},
	Rules: []policy.Rule{
		policy.On(userPolicyAttachmentType, func(r *policy.Report, _ struct{}) { r.Fail("It attaches a policy to a user.") }),
		policy.On(userPolicyType, func(r *policy.Report, _ struct{}) { r.Fail("It is a policy of a user.") }),
		policy.On(userPolicyAttachmentsType, func(r *policy.Report, a attachments) {
			if a.Policies.Len() > 0 {
				r.Fail("It attaches policies to a user.")
			}
		}),
		policy.On(policyAttachmentType, func(r *policy.Report, a struct {
			Users policy.List[any] `pulumi:"users"`
		}) {
			if a.Users.Len() > 0 {
				r.Fail("It attaches a policy to users.")
			}
		}),
	},
}
