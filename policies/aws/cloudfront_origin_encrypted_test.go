package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontOriginEncrypted(t *testing.T) {
	t.Parallel()
	of := func(domain string, protocol any, versions ...any) []policytest.Resource {
		return policytest.One(distributionType, props{"origins": []any{props{
			"domainName": domain, "customOriginConfig": props{"originProtocolPolicy": protocol, "originSslProtocols": versions},
		}}})
	}
	policytest.Run(t, CloudFrontOriginEncrypted, []policytest.Case{
		{Name: "as the viewer does", Resources: of("www.example.com", "match-viewer", "TLSv1.2"), Want: policytest.Fail("match-viewer")},
		{Name: "old TLS", Resources: of("www.example.com", "https-only", "TLSv1.1", "TLSv1.2"), Want: policytest.Fail("TLSv1.1")},
		{Name: "a website of S3", Resources: of("acme.s3-website-eu-west-1.amazonaws.com", "http-only", "TLSv1.2"), Want: policytest.Pass()},
		{Name: "not known", Resources: of("www.example.com", policytest.Unknown, "TLSv1.2"), Want: policytest.Undetermined("originProtocolPolicy")},
		{Name: "a bucket", Resources: policytest.One(distributionType, props{"origins": []any{props{"domainName": "acme.s3.amazonaws.com"}}}), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, CloudFrontOriginEncrypted, policytest.Remediation{
		Name: "a server", Type: distributionType, Properties: props{"origins": []any{
			props{"domainName": "shop.s3.amazonaws.com"},
			props{"domainName": "api.example.com", "customOriginConfig": props{"originProtocolPolicy": "match-viewer", "originSslProtocols": []any{"TLSv1", "TLSv1.2"}}},
		}},
		Want: props{"origins": []any{
			props{"domainName": "shop.s3.amazonaws.com"},
			props{"domainName": "api.example.com", "customOriginConfig": props{"originProtocolPolicy": "https-only", "originSslProtocols": []any{"TLSv1.2"}}},
		}},
	})
}
