package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMRoleTrustLimited(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMRoleTrustLimited, []policytest.Case{
		{Name: "anybody of the organisation", Resources: trusting(`{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}`), Want: policytest.Pass()},
		{Name: "anybody but of the organisation", Resources: trusting(`{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}`), Want: policytest.Fail("Anybody")},
		{Name: "anybody with the external id", Resources: trusting(`{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "~"}}}`), Want: policytest.Pass()},
		{Name: "anybody with any external id", Resources: trusting(`{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringLike": {"sts:ExternalId": ["1", "?*"]}}}`), Want: policytest.Fail("Anybody")},
		{Name: "anybody without the external id", Resources: trusting(`{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"sts:ExternalId": "1"}}}`), Want: policytest.Fail("Anybody")},
		{Name: "roles of that name in every account", Resources: trusting(`{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}}}`), Want: policytest.Fail("Anybody")},
		{Name: "roles of that name in one account", Resources: trusting(`{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/deploy-*"}}}`), Want: policytest.Pass()},
		{Name: "all but one", Resources: trusting(`{"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::1:root"}, "Action": "sts:AssumeRole"}`), Want: policytest.Fail("Anybody")},
		{Name: "GitHub, any repository", Resources: trusting(`{"Sid": "CI", "Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}`), Want: policytest.Fail("by the statement CI")},
		{Name: "GitHub, one repository", Resources: trusting(`{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/shop:*"}}}`), Want: policytest.Pass()},
		{Name: "whatever subject", Resources: trusting(`{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/gitlab.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"gitlab.com:sub": "*"}}}`), Want: policytest.Fail("whoever")},
		{Name: "all subjects but one", Resources: trusting(`{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/gitlab.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringNotLike": {"gitlab.com:sub": "project_path:a/*"}}}`), Want: policytest.Fail("whoever")},
		{Name: "not known yet", Resources: policytest.One(roleType, props{"assumeRolePolicy": policytest.Unknown}), Want: policytest.Undetermined(".assumeRolePolicy")},
		{Name: "GitHub, denied", Resources: trusting(`{"Effect": "Deny", "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity"}`), Want: policytest.Pass()},
		{Name: "names the provider", Resources: trusting(`{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/gitlab.com"}, "Action": "sts:AssumeRoleWithWebIdentity"}`), Want: policytest.Fail("trusts [arn:aws:iam::1:oidc-provider/gitlab.com] whoever")},
		{Name: "Cognito, who signed in", Resources: trusting(`{"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}}}`), Want: policytest.Pass()},
		{Name: "Amazon, one app", Resources: trusting(`{"Effect": "Allow", "Principal": {"Federated": "www.amazon.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"www.amazon.com:app_id": "amzn1.application-oa2-client.1"}}}`), Want: policytest.Pass()},
	}...)
}

// trusting is a role whose trust policy has one statement.
func trusting(statement string) []policytest.Resource {
	return policytest.One(roleType, props{"assumeRolePolicy": `{"Statement": [` + statement + `]}`})
}
