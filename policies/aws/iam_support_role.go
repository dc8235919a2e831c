package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMSupportRole wants somebody to be able to open cases with AWS Support in every stack that sets up an account: one with
// an AWS Config recorder, Security Hub, an access analyzer or a password policy. A permission set of IAM Identity Center
// does as well as a role.
var IAMSupportRole = policy.Policy{
	ID:       "aws-iam-support-role",
	Title:    "Stacks that set up an account must let somebody ask AWS Support.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "In an incident, AWS Support talks to those who may open a case. If only administrators may, they are busy, or the " +
		"right to everything is handed out for it.",
	Remediation: "Attach the managed policy AWSSupportAccess to a role for incidents, or to a permission set of IAM Identity Center.",
	Controls:    frameworks.Controls{SOC2: "CC7.4", ISO27001: "A.5.24 A.5.26", CISAWS: "1.16"}.List(),
	Tags:        []string{"security", "iam", "incident-response"},
	Peers:       []string{"Trivy AWS-0169", "AWS Config IAM_POLICY_IN_USE", "Security Hub IAM.18"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
		{Name: "support", Type: rolePolicyAttachmentType, Properties: props{
			"role": "incidents", "policyArn": "arn:aws:iam::aws:policy/AWSSupportAccess",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			accountSetup
			Attached policy.Resources[attachment]    `pulumi:"aws:iam/rolePolicyAttachment:RolePolicyAttachment,aws:iam/policyAttachment:PolicyAttachment"`
			All      policy.Resources[attachments]   `pulumi:"aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"`
			Roles    policy.Resources[managedRole]   `pulumi:"aws:iam/role:Role"`
			Sets     policy.Resources[setAttachment] `pulumi:"aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"`
		}) {
			asks := policy.AnyOf(
				func() bool {
					return stack.Attached.Any(func(a policy.Resource[attachment]) bool { return opensCases(a.Props.Policy.Get()) })
				},
				func() bool {
					return stack.All.Any(func(a policy.Resource[attachments]) bool { return a.Props.Policies.Any(opensCases) })
				},
				func() bool {
					return stack.Roles.Any(func(role policy.Resource[managedRole]) bool { return role.Props.Managed.Any(opensCases) })
				},
				func() bool {
					return stack.Sets.Any(func(s policy.Resource[setAttachment]) bool { return opensCases(s.Props.Policy.Get()) })
				},
			)
			stack.check(r, asks, "It attaches AWSSupportAccess to no role.")
		}),
	},
}

type managedRole struct {
	Managed policy.List[string] `pulumi:"managedPolicyArns"`
}

type setAttachment struct {
	Policy policy.Value[string] `pulumi:"managedPolicyArn"`
}

// opensCases reports whether a policy is AWS's own for cases with AWS Support, in any partition.
func opensCases(arn string) bool { return strings.HasSuffix(arn, ":iam::aws:policy/AWSSupportAccess") }
