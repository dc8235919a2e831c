package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontOriginEncrypted wants distributions to reach servers by HTTPS with TLS 1.2. Websites of S3 speak HTTP only
// (Amazon S3 User Guide, "Website endpoints"); they are not private anyway.
var CloudFrontOriginEncrypted = policy.Policy{
	ID:       "aws-cloudfront-origin-encrypted",
	Title:    "Distributions must reach their origins by HTTPS.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A lock in the browser's address bar promises a way that is safe to its end. Between CloudFront and the " +
		"server, requests with all their cookies cross the internet in the clear.",
	Remediation: "Set customOriginConfig.originProtocolPolicy to https-only, and originSslProtocols to TLSv1.2 alone.",
	Controls:    frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:        []string{"security", "tls", "encryption"},
	Peers: []string{
		"Checkov CKV2_AWS_72", "AWS Config CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED",
		"AWS Config CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS", "Security Hub CloudFront.9", "Security Hub CloudFront.10",
	},
	Bad: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{"origins": []any{props{
			"originId": "pages", "domainName": "origin.example.com", "customOriginConfig": props{
				"httpPort": 80, "httpsPort": 443, "originProtocolPolicy": "http-only", "originSslProtocols": []any{"TLSv1.2"},
			},
		}}})},
	},
	Good: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{"origins": []any{props{
			"originId": "pages", "domainName": "origin.example.com", "customOriginConfig": props{
				"httpPort": 80, "httpsPort": 443, "originProtocolPolicy": "https-only", "originSslProtocols": []any{"TLSv1.2"},
			},
		}}})},
	},
	Rules: []policy.Rule{
		policy.On(distributionType, func(r *policy.Report, d serverOrigins) {
			d.Origins.Each(func(i int, o serverOrigin) { o.check(r, i) })
		}),
		policy.OnRemediate(distributionType, func(r *policy.Remediation, d serverOrigins) {
			d.Origins.Each(func(i int, o serverOrigin) { o.mend(r, i) })
		}),
	},
}

type serverOrigins struct {
	Origins policy.List[serverOrigin] `pulumi:"origins"`
}

type serverOrigin struct {
	Domain policy.Value[string]       `pulumi:"domainName"`
	Server policy.Value[customOrigin] `pulumi:"customOriginConfig"`
}

type customOrigin struct {
	Protocol policy.Value[string] `pulumi:"originProtocolPolicy"`
	TLS      policy.List[string]  `pulumi:"originSslProtocols"`
}

func (o serverOrigin) check(r *policy.Report, i int) {
	if o.inTheClear() {
		r.Fail("It reaches its origin %d with originProtocolPolicy %v.", i, o.Server.Get().Protocol)
	}
	if o.outdated() {
		r.Fail("It speaks %v with its origin %d.", o.Server.Get().TLS, i)
	}
}

func (o serverOrigin) mend(r *policy.Remediation, i int) {
	server := fmt.Sprintf("origins.%d.customOriginConfig.", i)
	if o.inTheClear() {
		r.Set(server+"originProtocolPolicy", "https-only")
	}
	if o.outdated() {
		r.Set(server+"originSslProtocols", []any{"TLSv1.2"})
	}
}

// inTheClear reports whether the origin is reached by HTTP. The websites of S3 speak nothing else.
func (o serverOrigin) inTheClear() bool {
	return o.Server.Present() && policy.AllOf(
		func() bool { return o.Server.Get().Protocol.Get() != "https-only" },
		func() bool { return !strings.Contains(o.Domain.Get(), ".s3-website") },
	)
}

func (o serverOrigin) outdated() bool {
	return o.Server.Get().TLS.Any(func(version string) bool { return version != "TLSv1.2" })
}
