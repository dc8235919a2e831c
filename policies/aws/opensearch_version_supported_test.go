package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchVersionSupported(t *testing.T) {
	t.Parallel()
	domain := func(version any) []policytest.Resource {
		return policytest.One(searchDomainType, props{"engineVersion": version})
	}
	policytest.Run(t, OpenSearchVersionSupported, []policytest.Case{
		{Name: "on the last day", Resources: domain("OpenSearch_2.11"), Deployment: on(t, "2027-11-07"), Want: policytest.Pass()},
		{Name: "a day later", Resources: domain("OpenSearch_2.11"), Deployment: on(t, "2027-11-08"), Want: policytest.Fail("OpenSearch 2.11 ended on 2027-11-07.")},
		{Name: "Elasticsearch has its own days", Resources: domain("Elasticsearch_7.8"), Deployment: on(t, "2026-01-01"), Want: policytest.Fail("Elasticsearch 7.8")},
		{Name: "no version", Resources: policytest.One(searchDomainType, nil), Want: policytest.Pass()},
		{Name: "the older type", Resources: policytest.One(elasticsearchDomainType, props{"elasticsearchVersion": "7.10"}), Want: policytest.Pass()},
		{Name: "the older type by default", Resources: policytest.One(elasticsearchDomainType, nil), Deployment: on(t, "2026-01-01"), Want: policytest.Fail("Elasticsearch 1.5")},
		{Name: "not known", Resources: domain(policytest.Unknown), Want: policytest.Undetermined(".engineVersion")},
	}...)
}
