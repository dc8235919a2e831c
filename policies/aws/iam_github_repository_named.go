package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// IAMGitHubRepositoryNamed refuses roles that trust GitHub's tokens of more than one owner: of a subject with a pattern
// for the owner of the repository. That there is a condition on the subject at all is a matter of another policy.
var IAMGitHubRepositoryNamed = policy.Policy{
	ID:       "aws-iam-github-repository-named",
	Title:    "Roles for GitHub Actions must name the owner of the repository.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A token of GitHub says for which repository it is. With a pattern in the place of the owner, everybody gets " +
		"the role who makes a repository of their own, which costs nothing.",
	Remediation: "Let the condition on token.actions.githubusercontent.com:sub begin with repo:OWNER/REPOSITORY:, and put a " +
		"pattern after that only.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.3 CC6.6", ISO27001: "A.8.2 A.5.15"}.List(),
	Tags:     []string{"security", "iam", "trust-policy"},
	Peers:    []string{"Checkov CKV_AWS_358"},
	Bad: []policy.Example{
		{Name: "ci", Type: roleType, Properties: props{"assumeRolePolicy": githubTrust(`"StringLike"`, `"repo:*"`)}},
	},
	Good: []policy.Example{
		{Name: "ci", Type: roleType, Properties: props{"assumeRolePolicy": githubTrust(`"StringLike"`, `"repo:acme/shop:*"`)}},
	},
	Rules: []policy.Rule{
		policy.On(roleType, func(r *policy.Report, role struct {
			Trust policy.Value[any] `pulumi:"assumeRolePolicy"`
		}) {
			for _, s := range statementsOf(role.Trust) {
				for _, subject := range s.githubSubjects() {
					if s.allows() && anyOwner(subject) {
						r.Fail("It trusts repositories of anybody, by %s: %s.", s.name(), subject)
					}
				}
			}
		}),
	},
}

// githubSubjects are the patterns of subjects of GitHub's tokens in the statement's conditions. With StringEquals, a
// star is a star.
func (s statement) githubSubjects() []string {
	var subjects []string
	for operator, keys := range s.Condition {
		if !strings.Contains(strings.ToLower(operator), "stringlike") {
			continue
		}
		for key, values := range keys {
			if strings.EqualFold(key, "token.actions.githubusercontent.com:sub") {
				subjects = append(subjects, values...)
			}
		}
	}
	slices.Sort(subjects)
	return subjects
}

// anyOwner reports whether a pattern of subjects leaves the owner open: "*", "repo:*", "repo:ac*/shop:*". A subject is
// repo:OWNER/REPOSITORY:… unless a repository is told to make others (GitHub Docs, "OpenID Connect reference").
func anyOwner(subject string) bool {
	before, _, pattern := strings.Cut(strings.ReplaceAll(subject, "?", "*"), "*")
	owner, repo := strings.CutPrefix(before, "repo:")
	return pattern && (strings.HasPrefix("repo:", before) || repo && !strings.Contains(owner, "/"))
}

// githubTrust is the trust policy of an example, with an operator and a subject.
func githubTrust(operator, subject string) string {
	return `{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", ` +
		`"Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"}, ` +
		`"Condition": {` + operator + `: {"token.actions.githubusercontent.com:sub": ` + subject + `}}}]}`
}
