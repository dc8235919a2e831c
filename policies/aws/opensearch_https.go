package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchHTTPS wants search domains to refuse HTTP and TLS before 1.2.
var OpenSearchHTTPS = policy.Policy{
	ID:        "aws-opensearch-https",
	Title:     "Search domains must refuse HTTP and old TLS.",
	Severity:  policy.High,
	Level:     policy.Mandatory,
	Rationale: "Queries and documents that are sent in the clear can be read and changed by everybody on the way.",
	Remediation: "Set domainEndpointOptions.enforceHttps to true and tlsSecurityPolicy to " +
		"Policy-Min-TLS-1-2-2019-07.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:     []string{"security", "tls", "encryption"},
	Peers: []string{
		"Checkov CKV_AWS_83", "Checkov CKV_AWS_228", "Trivy AWS-0046", "Trivy AWS-0126",
		"AWS Config OPENSEARCH_HTTPS_REQUIRED", "Security Hub OpenSearch.8",
	},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{"domainName": "products"}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName":            "products",
			"domainEndpointOptions": props{"enforceHttps": true, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07"},
		}},
		{Name: "products2", Type: elasticsearchDomainType, Properties: props{
			"domainName":            "products",
			"domainEndpointOptions": props{"enforceHttps": true, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, checkSearchEndpoint),
		policy.On(elasticsearchDomainType, checkSearchEndpoint),
		policy.OnRemediate(searchDomainType, mendSearchEndpoint),
		policy.OnRemediate(elasticsearchDomainType, mendSearchEndpoint),
	},
}

type searchEndpoint struct {
	Options policy.Value[endpointOptions] `pulumi:"domainEndpointOptions"`
}

type endpointOptions struct {
	HTTPS policy.Value[bool]   `pulumi:"enforceHttps"`
	TLS   policy.Value[string] `pulumi:"tlsSecurityPolicy"`
}

// weak reports whether HTTP, or TLS before 1.2, will do. The policy by default speaks TLS 1.0.
func (e searchEndpoint) weak() bool {
	options := e.Options.Get()
	return policy.AnyOf(
		func() bool { return !options.HTTPS.Or(false) },
		func() bool { return !strings.HasPrefix(options.TLS.Get(), "Policy-Min-TLS-1-2") },
	)
}

func checkSearchEndpoint(r *policy.Report, v searchEndpoint) {
	if v.weak() {
		r.Fail("Its endpoint has enforceHttps %v and tlsSecurityPolicy %v.", v.Options.Get().HTTPS, v.Options.Get().TLS)
	}
}

func mendSearchEndpoint(r *policy.Remediation, v searchEndpoint) {
	if v.weak() {
		r.Set("domainEndpointOptions.enforceHttps", true)
		r.Set("domainEndpointOptions.tlsSecurityPolicy", "Policy-Min-TLS-1-2-2019-07")
	}
}
