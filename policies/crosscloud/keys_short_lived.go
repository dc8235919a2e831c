package crosscloud

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// KeysShortLived wants programs to prove who they are by identities whose credentials the cloud renews, not by keys that
// hold until somebody revokes them. For access keys of AWS there
// is a policy of their own.
var KeysShortLived = policy.Policy{
	ID:       "any-keys-short-lived",
	Title:    "Programs should not be given access keys that do not expire.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "Whoever finds such a key has what its owner may do, for as long as nobody notices; and it gets around: to " +
		"environment variables, build logs and laptops. Nothing renews it, so it stays in use for years.",
	Remediation: "Within the cloud, use the identity of the machine, function or container (roles, managed identities, " +
		"attached service accounts). From outside, use OpenID Connect: builds, and other clouds, exchange their own tokens for " +
		"short-lived credentials. Exempt what can do neither.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.2", ISO27001: "A.5.16 A.5.17"}.List(),
	Tags:     []string{"security", "identity"},
	Bad: []policy.Example{
		{Name: "deployer", Type: "aws:iam/user:User", Properties: props{}},
		{Name: "sources", Type: "aws:iam/serviceSpecificCredential:ServiceSpecificCredential", Properties: props{
			"userName": "${deployer.name}", "serviceName": "codecommit.amazonaws.com",
		}},
	},
	Good: []policy.Example{
		{Name: "deployer", Type: "aws:iam/role:Role", Properties: props{
			"assumeRolePolicy": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",` +
				`"Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},"Condition":` +
				`{"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:example/shop:environment:prod"}}}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Identities   policy.Resources[struct{}]        `pulumi:"aws:iam/user:User,aws:iam/role:Role,gcp:serviceaccount/account:Account"`
			Passwords    policy.Resources[servicePassword] `pulumi:"aws:iam/serviceSpecificCredential:ServiceSpecificCredential"`
			AccountKeys  policy.Resources[struct{}]        `pulumi:"gcp:serviceaccount/key:Key"`
			KeysOfSpaces policy.Resources[struct{}]        `pulumi:"digitalocean:index/spacesKey:SpacesKey"`
		}) {
			stack.Identities.Each(func(policy.Resource[struct{}]) {})
			stack.Passwords.Each(func(p policy.Resource[servicePassword]) {
				if p.Props.Status.Or("") != "Inactive" {
					r.Fail(p.Node, "It is a password of an IAM user for a service.")
				}
			})
			stack.AccountKeys.Each(func(k policy.Resource[struct{}]) { r.Fail(k.Node, "It is a key of a service account.") })
			stack.KeysOfSpaces.Each(func(k policy.Resource[struct{}]) { r.Fail(k.Node, "It is an access key of Spaces.") })
		}),
	},
}

type servicePassword struct {
	Status policy.Value[string] `pulumi:"status"`
}
