package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchAccessControlled wants search domains to have users and roles of their own.
var OpenSearchAccessControlled = policy.Policy{
	ID:       "aws-opensearch-access-controlled",
	Title:    "Search domains must have fine-grained access control.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Without it, who may search one index may search and delete them all: the policy of a domain knows paths, not " +
		"documents.",
	Remediation: "Set advancedSecurityOptions.enabled to true with masterUserOptions, and leave anonymousAuthEnabled off.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.3"}.List(),
	Tags:        []string{"security", "iam"},
	Peers:       []string{"Checkov CKV2_AWS_52", "AWS Config OPENSEARCH_ACCESS_CONTROL_ENABLED", "Security Hub OpenSearch.7"},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{"domainName": "products"}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "advancedSecurityOptions": props{
				"enabled": true, "masterUserOptions": props{"masterUserArn": "arn:aws:iam::123456789012:role/search"},
			},
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, func(r *policy.Report, d struct {
			Security policy.Value[searchSecurity] `pulumi:"advancedSecurityOptions"`
		}) {
			security := d.Security.Get()
			switch {
			case !security.Enabled.Or(false):
				r.Fail("It has no users and roles of its own.")
			case security.Anonymous.Or(false):
				r.Fail("It lets in those who do not say who they are.")
			}
		}),
	},
}

type searchSecurity struct {
	searchUsers
	Anonymous policy.Value[bool] `pulumi:"anonymousAuthEnabled"`
}
