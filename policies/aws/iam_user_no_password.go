package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMUserNoPassword advises to let people sign in to the console by an identity provider instead of as users of IAM.
var IAMUserNoPassword = policy.Policy{
	ID:       "aws-iam-user-no-password",
	Title:    "Users must not have a password for the console.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Users of IAM have passwords of their own, which nobody takes back when their holder leaves. What signs in by " +
		"an identity provider is gone with the account there, and asks for a second factor everywhere.",
	Remediation: "Let people sign in by IAM Identity Center.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.2", ISO27001: "A.5.16 A.8.5", CISAWS: "1.20"}.List(),
	Tags:        []string{"security", "iam", "mfa"},
	Peers:       []string{"Checkov CKV2_AWS_22"},
	Bad: []policy.Example{
		{Name: "ann", Type: iamUserType},
		{Name: "console", Type: loginProfileType, Properties: props{"user": "${ann.name}"}},
	},
	Good: []policy.Example{
		{Name: "ann", Type: iamUserType},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Users     policy.Resources[struct{}] `pulumi:"aws:iam/user:User"`
			Passwords policy.Resources[struct{}] `pulumi:"aws:iam/userLoginProfile:UserLoginProfile"`
		}) {
			stack.Users.Each(func(user policy.Resource[struct{}]) {
				if stack.Passwords.AnyReferring("user", user.Node, nil) {
					r.Fail(user.Node, "It has a password for the console.")
				}
			})
		}),
	},
}
