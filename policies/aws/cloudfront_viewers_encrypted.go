package aws

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontViewersEncrypted wants distributions to serve by HTTPS, or to redirect to it.
var CloudFrontViewersEncrypted = policy.Policy{
	ID:          "aws-cloudfront-viewers-encrypted",
	Title:       "Distributions must serve by HTTPS.",
	Severity:    policy.High,
	Level:       policy.Mandatory,
	Rationale:   "What is served by HTTP can be read and changed by everybody on the way.",
	Remediation: "Set viewerProtocolPolicy of all cache behaviours to redirect-to-https or https-only.",
	Controls:    frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:        []string{"security", "encryption", "tls"},
	Peers: []string{
		"Checkov CKV_AWS_34", "Trivy AWS-0012", "AWS Config CLOUDFRONT_VIEWER_POLICY_HTTPS",
		"Security Hub CloudFront.3",
	},
	Bad: []policy.Example{
		{Name: "site", Type: distributionType, Properties: props{
			"enabled": true,
			"origins": []any{props{"originId": "site", "domainName": "site.s3.eu-west-1.amazonaws.com"}},
			"defaultCacheBehavior": props{
				"targetOriginId": "site", "viewerProtocolPolicy": "allow-all",
				"allowedMethods": []any{"GET", "HEAD"}, "cachedMethods": []any{"GET", "HEAD"},
			},
			"restrictions":      props{"geoRestriction": props{"restrictionType": "none"}},
			"viewerCertificate": props{"cloudfrontDefaultCertificate": true},
		}},
	},
	Good: []policy.Example{
		{Name: "site", Type: distributionType, Properties: props{
			"enabled": true,
			"origins": []any{props{"originId": "site", "domainName": "site.s3.eu-west-1.amazonaws.com"}},
			"defaultCacheBehavior": props{
				"targetOriginId": "site", "viewerProtocolPolicy": "redirect-to-https",
				"allowedMethods": []any{"GET", "HEAD"}, "cachedMethods": []any{"GET", "HEAD"},
			},
			"restrictions":      props{"geoRestriction": props{"restrictionType": "none"}},
			"viewerCertificate": props{"cloudfrontDefaultCertificate": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(distributionType, checkViewedDistribution),
		policy.OnRemediate(distributionType, mendViewedDistribution),
	},
}

type viewedDistribution struct {
	Default policy.Value[cacheBehavior] `pulumi:"defaultCacheBehavior"`
	Others  policy.List[cacheBehavior]  `pulumi:"orderedCacheBehaviors"`
}

type cacheBehavior struct {
	Viewers policy.Value[string] `pulumi:"viewerProtocolPolicy"`
}

func (b cacheBehavior) inTheClear() bool { return b.Viewers.Get() == "allow-all" }

func (d viewedDistribution) inTheClear() bool {
	return policy.AnyOf(
		func() bool { return d.Default.Get().inTheClear() },
		func() bool { return d.Others.Any(cacheBehavior.inTheClear) },
	)
}

func checkViewedDistribution(r *policy.Report, v viewedDistribution) {
	if v.inTheClear() {
		r.Fail("It serves by HTTP: a cache behaviour has the viewerProtocolPolicy allow-all.")
	}
}

func mendViewedDistribution(r *policy.Remediation, v viewedDistribution) {
	if v.Default.Get().inTheClear() {
		r.Set("defaultCacheBehavior.viewerProtocolPolicy", "redirect-to-https")
	}
	v.Others.Each(func(i int, b cacheBehavior) {
		if b.inTheClear() {
			r.Set(fmt.Sprintf("orderedCacheBehaviors.%d.viewerProtocolPolicy", i), "redirect-to-https")
		}
	})
}
