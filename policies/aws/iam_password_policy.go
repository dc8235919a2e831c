package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMPasswordPolicy wants passwords of users to be long and not used again.
var IAMPasswordPolicy = policy.Policy{
	ID:          "aws-iam-password-policy",
	Title:       "Passwords must have 14 characters and not be used again.",
	Severity:    policy.Medium,
	Level:       policy.Mandatory,
	Rationale:   "Short passwords are guessed, and those used before are in lists that attackers have.",
	Remediation: "Set minimumPasswordLength to 14 or more and passwordReusePrevention to 24.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17 A.8.5", CISAWS: "1.7 1.8"}.List(),
	Tags:        []string{"security", "iam"},
	Peers: []string{
		"Checkov CKV_AWS_10", "Checkov CKV_AWS_13", "Trivy AWS-0056", "Trivy AWS-0063",
		"AWS Config IAM_PASSWORD_POLICY", "Security Hub IAM.10",
	},
	Bad: []policy.Example{
		{Name: "passwords", Type: passwordPolicyType, Properties: props{"minimumPasswordLength": 8}},
	},
	Good: []policy.Example{
		{Name: "passwords", Type: passwordPolicyType, Properties: props{
			"minimumPasswordLength": 16, "passwordReusePrevention": 24,
		}},
	},
	Rules: []policy.Rule{
		policy.On(passwordPolicyType, func(r *policy.Report, p passwordPolicy) {
			if p.Length.Or(6) < leastPasswordLength {
				r.Fail("It allows passwords of %v characters.", p.Length)
			}
			if p.Reuse.Or(0) < passwordsRemembered {
				r.Fail("It remembers %v passwords.", p.Reuse)
			}
		}),
		policy.OnRemediate(passwordPolicyType, func(r *policy.Remediation, p passwordPolicy) {
			if p.Length.Or(6) < leastPasswordLength {
				r.Set("minimumPasswordLength", leastPasswordLength)
			}
			if p.Reuse.Or(0) < passwordsRemembered {
				r.Set("passwordReusePrevention", passwordsRemembered)
			}
		}),
	},
}

// What CIS recommends: the length, and the most that IAM can remember.
const (
	leastPasswordLength = 14
	passwordsRemembered = 24
)

// passwordPolicy is that of an account. By default, passwords have 6 characters (IAM API, UpdateAccountPasswordPolicy).
type passwordPolicy struct {
	Length policy.Value[int] `pulumi:"minimumPasswordLength"`
	Reuse  policy.Value[int] `pulumi:"passwordReusePrevention"`
}
