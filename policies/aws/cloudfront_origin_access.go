package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontOriginAccess wants distributions to show buckets who they are, so that buckets need not be public.
var CloudFrontOriginAccess = policy.Policy{
	ID:       "aws-cloudfront-origin-access",
	Title:    "Distributions must reach buckets by an origin access control.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A bucket that a distribution reads as a stranger must be open to all strangers: past the firewall, the " +
		"logs and the signed URLs of the distribution.",
	Remediation: "Set originAccessControlId of the origin, and let the bucket's policy allow the distribution by " +
		"aws:SourceArn.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV2_AWS_46", "AWS Config CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED", "Security Hub CloudFront.13",
	},
	Bad: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{
			"origins": []any{props{"originId": "pages", "domainName": "acme-pages.s3.eu-west-1.amazonaws.com"}},
		})},
	},
	Good: []policy.Example{{Name: "site", Type: distributionType, Properties: distribution(nil)}},
	Rules: []policy.Rule{
		policy.On(distributionType, func(r *policy.Report, d struct {
			Origins policy.List[origin] `pulumi:"origins"`
		}) {
			d.Origins.Each(func(i int, o origin) {
				if policy.AllOf(func() bool { return !o.identified() }, o.isBucket) {
					r.Fail("Its origin %d, a bucket, lets in strangers or nobody.", i)
				}
			})
		}),
	},
}

// origin is where a distribution gets what it serves from.
type origin struct {
	Domain   policy.Value[string]   `pulumi:"domainName"`
	Control  policy.Value[string]   `pulumi:"originAccessControlId"`
	Identity policy.Value[s3Origin] `pulumi:"s3OriginConfig"`
}

type s3Origin struct {
	Identity policy.Value[string] `pulumi:"originAccessIdentity"`
}

// isBucket reports whether the origin is a bucket, and not the website of one: BUCKET.s3.REGION.amazonaws.com, with
// dash or without the region in its older forms (Amazon S3 User Guide, "Virtual hosting of buckets").
func (o origin) isBucket() bool {
	domain := o.Domain.Get()
	return strings.Contains(domain, ".amazonaws.com") && !strings.Contains(domain, ".s3-website") &&
		(strings.Contains(domain, ".s3.") || strings.Contains(domain, ".s3-"))
}

// identified reports whether the distribution signs what it asks for, by an access control or by the older identity.
func (o origin) identified() bool {
	return policy.AnyOf(
		func() bool { return o.Control.Get() != "" },
		func() bool { return o.Identity.Get().Identity.Get() != "" },
	)
}
