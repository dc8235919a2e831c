package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchEncryptedAtRest holds for domains of OpenSearch and of Elasticsearch.
var OpenSearchEncryptedAtRest = policy.Policy{
	ID:       "aws-opensearch-encrypted-at-rest",
	Title:    "Search domains must be encrypted at rest.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A search index is a copy of the data it makes findable; its disks and snapshots must be worthless " +
		"without the key.",
	Remediation: "Set encryptAtRest.enabled to true. Check first which versions and instance types of the domain " +
		"can have it.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers: []string{
		"Checkov CKV_AWS_5", "Trivy AWS-0048", "AWS Config OPENSEARCH_ENCRYPTED_AT_REST",
		"Security Hub OpenSearch.1",
	},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{"domainName": "products"}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "encryptAtRest": props{"enabled": true},
		}},
		{Name: "products2", Type: elasticsearchDomainType, Properties: props{
			"domainName": "products", "encryptAtRest": props{"enabled": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, checkSearchAtRest),
		policy.On(elasticsearchDomainType, checkSearchAtRest),
		policy.OnRemediate(searchDomainType, mendSearchAtRest),
		policy.OnRemediate(elasticsearchDomainType, mendSearchAtRest),
	},
}

type searchAtRest struct {
	AtRest policy.Value[searchAtRestOptions] `pulumi:"encryptAtRest"`
}

type searchAtRestOptions struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}

func checkSearchAtRest(r *policy.Report, v searchAtRest) {
	if !v.AtRest.Get().Enabled.Or(false) {
		r.Fail("It stores its data in the clear.")
	}
}

func mendSearchAtRest(r *policy.Remediation, v searchAtRest) {
	if !v.AtRest.Get().Enabled.Or(false) {
		r.Set("encryptAtRest.enabled", true)
	}
}
