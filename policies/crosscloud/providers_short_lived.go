package crosscloud

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ProvidersShortLived wants deployments to run with credentials that expire.
var ProvidersShortLived = policy.Policy{
	ID:       "any-providers-short-lived",
	Title:    "Deployments should run with credentials that expire.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A provider's credentials may make and delete all that the stack is made of. Configured as keys they are in the " +
		"state and in every copy of it, are shared by all who deploy, and nobody renews them.",
	Remediation: "Take the keys out of the configuration. In builds, exchange the build's token by OpenID Connect (roles, " +
		"federated credentials, workload identity); on laptops, sign in with the cloud's own command.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.16 A.5.17"}.List(),
	Tags:     []string{"security", "identity"},
	Peers:    []string{"Checkov CKV_AWS_41"},
	Bad: []policy.Example{
		{Name: "production", Type: awsProviderType, Properties: props{
			"region": "eu-west-1", "accessKey": "${config.accessKey}", "secretKey": "${config.secretKey}",
		}},
	},
	Good: []policy.Example{
		{Name: "production", Type: awsProviderType, Properties: props{"region": "eu-west-1", "profile": "production"}},
	},
	Rules: []policy.Rule{
		policy.On(awsProviderType, func(r *policy.Report, p struct {
			AccessKey policy.Value[string] `pulumi:"accessKey"`
			Token     policy.Value[string] `pulumi:"token"`
		}) {
			// Credentials with a session's token expire.
			if p.AccessKey.Or("") != "" && p.Token.Or("") == "" {
				r.Fail("It is configured with the access key of an IAM user.")
			}
		}),
		policy.On(azureProviderType, func(r *policy.Report, p struct {
			ClientSecret policy.Value[string] `pulumi:"clientSecret"`
		}) {
			if p.ClientSecret.Or("") != "" {
				r.Fail("It is configured with the secret of an application.")
			}
		}),
		policy.On(gcpProviderType, func(r *policy.Report, p struct {
			Credentials policy.Value[string] `pulumi:"credentials"`
		}) {
			if strings.Contains(p.Credentials.Or(""), `"private_key"`) {
				r.Fail("It is configured with the key of a service account.")
			}
		}),
	},
}
