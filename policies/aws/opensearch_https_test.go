package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchHTTPS(t *testing.T) {
	t.Parallel()
	policytest.Run(t, OpenSearchHTTPS, []policytest.Case{
		{Name: "old TLS", Resources: policytest.One(searchDomainType, props{"domainEndpointOptions": props{"enforceHttps": true, "tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07"}}), Want: policytest.Fail("TLS-1-0")},
		{Name: "newest TLS", Resources: policytest.One(searchDomainType, props{"domainEndpointOptions": props{"enforceHttps": true, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"}}), Want: policytest.Pass()},
		{Name: "HTTP shows, whatever the TLS", Resources: policytest.One(elasticsearchDomainType, props{"domainEndpointOptions": props{"tlsSecurityPolicy": policytest.Unknown}}), Want: policytest.Fail("enforceHttps [unset]")},
	}...)
	policytest.RunRemediations(t, OpenSearchHTTPS,
		policytest.Remediation{Name: "mended", Type: elasticsearchDomainType, Want: props{"domainEndpointOptions": props{"enforceHttps": true, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07"}}},
	)
}
