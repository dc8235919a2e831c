package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchVersionSupported advises against versions of OpenSearch and Elasticsearch after the end of their standard
// support. Without a version, AWS takes its default.
var OpenSearchVersionSupported = policy.Policy{
	ID:        "aws-opensearch-version-supported",
	Title:     "Search domains must run a version in standard support.",
	Severity:  policy.Medium,
	Level:     policy.Advisory,
	Rationale: "After standard support, a domain costs more by the hour and gets no fixes but those of critical flaws.",
	Remediation: "Set engineVersion to a newer one. AWS upgrades a domain in place, along the paths of its documentation; take " +
		"a snapshot first.",
	Controls: frameworks.Controls{SOC2: "CC7.1 A1.2", ISO27001: "A.8.8"}.List(),
	Tags:     []string{"reliability", "versions"},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "engineVersion": "OpenSearch_1.2",
		}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "engineVersion": "OpenSearch_3.3",
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, func(r *policy.Report, d struct {
			Version policy.Value[string] `pulumi:"engineVersion"`
		}) {
			switch engine, version, _ := strings.Cut(d.Version.Get(), "_"); engine {
			case "OpenSearch":
				openSearchEnds.check(r, engine, version)
			case "Elasticsearch":
				elasticsearchEnds.check(r, engine, version)
			}
		}),
		policy.On(elasticsearchDomainType, func(r *policy.Report, d struct {
			Version policy.Value[string] `pulumi:"elasticsearchVersion"`
		}) {
			elasticsearchEnds.check(r, "Elasticsearch", d.Version.Or("1.5"))
		}),
	},
}
