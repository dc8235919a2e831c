package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchPolicyNotPublic refuses search domains on the internet that ask nobody who they are: whose policy lets
// everybody in, with no access control of their own.
var OpenSearchPolicyNotPublic = policy.Policy{
	ID:       "aws-opensearch-policy-not-public",
	Title:    "Search domains must not let everybody in.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "Open search domains are how the data of hundreds of millions of people was lost: found by a scan, copied in an " +
		"hour, and often wiped for a ransom.",
	Remediation: "Name the accounts or roles in accessPolicies, put the domain into a VPC, or enable advancedSecurityOptions.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers:       []string{"AWS Config OPENSEARCH_IN_VPC_ONLY", "Security Hub OpenSearch.2"},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName":     "products",
			"accessPolicies": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "es:*", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName":     "products",
			"accessPolicies": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/web"}, "Action": "es:ESHttp*", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, checkOpenDomain),
		policy.On(elasticsearchDomainType, checkOpenDomain),
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Policies policy.Resources[searchPolicy]  `pulumi:"aws:opensearch/domainPolicy:DomainPolicy"`
			Domains  policy.Resources[guardedDomain] `pulumi:"aws:opensearch/domain:Domain"`
		}) {
			unguarded := func(domain policy.Resource[guardedDomain]) bool { return !domain.Props.guarded() }
			stack.Policies.Each(func(p policy.Resource[searchPolicy]) {
				if policy.AllOf(
					p.Props.open,
					func() bool { return stack.Domains.AnyReferredBy(p.Node, "domainName", unguarded) },
				) {
					r.Fail(p.Node, "Anybody may use the domain.")
				}
			})
		}),
	},
}

type searchPolicy struct {
	Document policy.Value[any] `pulumi:"accessPolicies"`
}

func (p searchPolicy) open() bool {
	return slices.ContainsFunc(statementsOf(p.Document), statement.opensToAnyone)
}

// guardedDomain is what keeps people out of a domain other than its policy.
type guardedDomain struct {
	placedDomain
	Security policy.Value[searchUsers] `pulumi:"advancedSecurityOptions"`
}

type searchUsers struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}

func (d guardedDomain) guarded() bool { return d.VPC.Present() || d.Security.Get().Enabled.Or(false) }

func checkOpenDomain(r *policy.Report, d struct {
	searchPolicy
	guardedDomain
}) {
	if policy.AllOf(d.open, func() bool { return !d.guarded() }) {
		r.Fail("Anybody may use it.")
	}
}
