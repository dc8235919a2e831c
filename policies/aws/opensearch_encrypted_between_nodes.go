package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchEncryptedBetweenNodes holds for domains of OpenSearch and of Elasticsearch.
var OpenSearchEncryptedBetweenNodes = policy.Policy{
	ID:        "aws-opensearch-encrypted-between-nodes",
	Title:     "Search domains must encrypt traffic between nodes.",
	Severity:  policy.Medium,
	Level:     policy.Mandatory,
	Rationale: "Nodes send each other whole documents; in the clear, whoever listens in the network reads them.",
	Remediation: "Set nodeToNodeEncryption.enabled to true. Check first which versions and instance types of the " +
		"domain can have it.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers: []string{
		"Checkov CKV_AWS_6", "Trivy AWS-0043", "AWS Config OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK",
		"Security Hub OpenSearch.3",
	},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{"domainName": "products"}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "nodeToNodeEncryption": props{"enabled": true},
		}},
		{Name: "products2", Type: elasticsearchDomainType, Properties: props{
			"domainName": "products", "nodeToNodeEncryption": props{"enabled": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, checkSearchBetweenNodes),
		policy.On(elasticsearchDomainType, checkSearchBetweenNodes),
		policy.OnRemediate(searchDomainType, mendSearchBetweenNodes),
		policy.OnRemediate(elasticsearchDomainType, mendSearchBetweenNodes),
	},
}

type searchBetweenNodes struct {
	BetweenNodes policy.Value[searchBetweenNodesOptions] `pulumi:"nodeToNodeEncryption"`
}

type searchBetweenNodesOptions struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}

func checkSearchBetweenNodes(r *policy.Report, v searchBetweenNodes) {
	if !v.BetweenNodes.Get().Enabled.Or(false) {
		r.Fail("Its nodes talk in the clear.")
	}
}

func mendSearchBetweenNodes(r *policy.Remediation, v searchBetweenNodes) {
	if !v.BetweenNodes.Get().Enabled.Or(false) {
		r.Set("nodeToNodeEncryption.enabled", true)
	}
}
