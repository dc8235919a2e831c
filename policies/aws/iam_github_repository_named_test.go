package aws

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMGitHubRepositoryNamed(t *testing.T) {
	t.Parallel()
	role := func(operator, subject string) []policytest.Resource {
		return policytest.One(roleType, props{"assumeRolePolicy": githubTrust(`"`+operator+`"`, subject)})
	}
	policytest.Run(t, IAMGitHubRepositoryNamed, []policytest.Case{
		{Name: "everything", Resources: role("StringLike", `"*"`), Want: policytest.Fail("anybody, by a statement: *.")},
		{Name: "a part of the owner", Resources: role("StringLike", `"repo:acme*/shop:*"`), Want: policytest.Fail("repo:acme*")},
		{Name: "a letter of the owner", Resources: role("ForAnyValue:StringLike", `"repo:acm?/shop:ref:refs/heads/main"`), Want: policytest.Fail("repo:acm?")},
		{Name: "one of several", Resources: role("StringLike", `["repo:acme/shop:*", "rep*"]`), Want: policytest.Fail("rep*")},
		{Name: "all repositories of an owner", Resources: role("StringLike", `"repo:acme/*"`), Want: policytest.Pass()},
		{Name: "no pattern", Resources: role("StringEquals", `"repo:*"`), Want: policytest.Pass()},
		{Name: "a subject of another form", Resources: role("StringLike", `"environment:live:repo:acme/*"`), Want: policytest.Pass()},
		{Name: "another provider", Resources: policytest.One(roleType, props{"assumeRolePolicy": `{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"gitlab.com:sub": "*"}}}]}`}), Want: policytest.Pass()},
		{Name: "refused", Resources: policytest.One(roleType, props{"assumeRolePolicy": `{"Statement": [{"Effect": "Deny", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "*"}}}]}`}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(roleType, props{"assumeRolePolicy": policytest.Unknown}), Want: policytest.Undetermined(".assumeRolePolicy")},
		{Name: "no pattern though one is allowed", Resources: role("StringLike", `"repo:acme"`), Want: policytest.Pass()},
		{Name: "an environment of whatever repository", Resources: role("StringLike", `"environment:live*"`), Want: policytest.Pass()},
	}...)
}

func TestGitHubSubjectsAreInOrder(t *testing.T) {
	t.Parallel()
	statements := parseStatements(githubTrust(`"StringLike"`, `["repo:b", "repo:c", "repo:a"]`))
	assert.Equal(t, []string{"repo:a", "repo:b", "repo:c"}, statements[0].githubSubjects())
}
