package crosscloud

import (
	"regexp"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ProvidersVerify wants deployments to talk to the clouds over TLS, and to check who answers.
var ProvidersVerify = policy.Policy{
	ID:       "any-providers-verify",
	Title:    "Providers must check that it is the cloud that they talk to.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A provider sends the credentials of the deployment and every secret that a resource is given. Without TLS, or " +
		"without looking at the certificate, it sends them to whoever answers.",
	Remediation: "Take the setting insecure away, and use endpoints that begin with https. Behind a proxy with a certificate " +
		"of its own, name that by customCaBundle.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.5.14 A.8.24"}.List(),
	Tags:     []string{"security", "encryption"},
	Bad: []policy.Example{
		{Name: "production", Type: awsProviderType, Properties: props{"region": "eu-west-1", "insecure": true}},
	},
	Good: []policy.Example{
		{Name: "production", Type: awsProviderType, Properties: props{"region": "eu-west-1"}},
	},
	Rules: append(providerRules(azureProviderType, gcpProviderType, doProviderType),
		policy.On(awsProviderType, func(r *policy.Report, p struct {
			Insecure policy.Value[bool] `pulumi:"insecure"`
		}) {
			checkEndpoints(r)
			if p.Insecure.Or(false) {
				r.Fail("It does not check certificates: it sets insecure.")
			}
		})),
}

func providerRules(tokens ...string) []policy.Rule {
	var rules []policy.Rule
	for _, token := range tokens {
		rules = append(rules, policy.On(token, func(r *policy.Report, _ struct{}) { checkEndpoints(r) }))
	}
	return rules
}

// plainHTTP finds the hosts of addresses without TLS; endpoints of the AWS provider are JSON.
var plainHTTP = regexp.MustCompile(`http://([^\s/"'?#]+)`)

// checkEndpoints looks at settings that are named for endpoints.
func checkEndpoints(r *policy.Report) {
	for text := range r.Resource().Texts() {
		if !slices.ContainsFunc(text.Path, func(step string) bool { return strings.Contains(strings.ToLower(step), "endpoint") }) {
			continue
		}
		for _, match := range plainHTTP.FindAllStringSubmatch(text.Value, -1) {
			if !isNear(match[1]) {
				r.Fail("Its setting %s is for http, without TLS.", text.Path[0])
			}
		}
	}
}
