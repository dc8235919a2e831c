package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchInVPC advises to put search domains into a VPC.
var OpenSearchInVPC = policy.Policy{
	ID:       "aws-opensearch-in-vpc",
	Title:    "Search domains must be in a VPC.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "The endpoint of a domain outside a VPC is on the internet: a policy or a password is all that keeps everybody " +
		"out. It cannot be moved later.",
	Remediation: "Set vpcOptions with private subnets and security groups. This replaces the domain.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_137", "AWS Config OPENSEARCH_IN_VPC_ONLY", "AWS Config ELASTICSEARCH_IN_VPC_ONLY",
		"Security Hub OpenSearch.2", "Security Hub ES.2",
	},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{"domainName": "products"}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "vpcOptions": props{"subnetIds": []any{"subnet-a"}, "securityGroupIds": []any{"sg-1"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, checkPlacedDomain),
		policy.On(elasticsearchDomainType, checkPlacedDomain),
	},
}

type placedDomain struct {
	VPC policy.Value[any] `pulumi:"vpcOptions"`
}

func checkPlacedDomain(r *policy.Report, d placedDomain) {
	if !d.VPC.Present() {
		r.Fail("Its endpoint is on the internet.")
	}
}
