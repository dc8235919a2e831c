package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMRoleTrustLimited refuses roles that anybody in the world may assume, and those that trust an identity provider
// whatever the token says: with GitHub, that is every repository there is.
var IAMRoleTrustLimited = policy.Policy{
	ID:       "aws-iam-role-trust-limited",
	Title:    "Roles must say who may assume them.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "The trust policy is the lock of a role. With everybody as principal, or an identity provider " +
		"without a condition on the subject, strangers get its permissions by a single call.",
	Remediation: "Name the accounts, roles or services in the trust policy. For an identity provider, add a " +
		"condition on its sub claim, such as \"token.actions.githubusercontent.com:sub\": \"repo:acme/shop:*\".",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.3 CC6.6", ISO27001: "A.8.2 A.5.15"}.List(),
	Tags:     []string{"security", "iam", "trust-policy"},
	Peers:    []string{"Checkov CKV_AWS_60", "Checkov CKV_AWS_61", "Checkov CKV_AWS_393"},
	Bad: []policy.Example{
		{Name: "ci", Type: roleType, Properties: props{
			"assumeRolePolicy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "ci", Type: roleType, Properties: props{
			"assumeRolePolicy": `{"Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(roleType, func(r *policy.Report, role struct {
			Trust policy.Value[any] `pulumi:"assumeRolePolicy"`
		}) {
			for _, s := range statementsOf(role.Trust) {
				switch {
				case s.opensToAnyone() && !s.expectsSecret():
					r.Fail("Anybody may assume it, by %s.", s.name())
				case s.allows() && s.trustsAnySubject():
					r.Fail("It trusts %v whoever the token is for, by %s.", s.Principal["Federated"], s.name())
				}
			}
		}),
	},
}

// expectsSecret reports whether the statement wants an external id, which strangers do not have.
func (s statement) expectsSecret() bool {
	return s.demands(func(key string, values texts) bool { return key == "sts:externalid" && !values.open() })
}

// trustsAnySubject reports whether the statement trusts an OpenID Connect provider without asking for whom a token is.
func (s statement) trustsAnySubject() bool {
	return slices.Contains(s.Action, "sts:AssumeRoleWithWebIdentity") && !s.demands(func(key string, values texts) bool {
		named := strings.HasSuffix(key, ":sub") || strings.HasSuffix(key, ":amr") || strings.HasSuffix(key, ":app_id")
		return named && !values.open()
	})
}

// open reports whether a value among them is nothing but wildcards: every text fits it.
func (t texts) open() bool {
	return slices.ContainsFunc(t, func(value string) bool { return strings.Trim(value, "*?") == "" })
}
