package aws

import (
	"maps"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontAccessLogs wants distributions to keep a log of requests: the standard log, one in real time, or one that
// CloudWatch delivers.
var CloudFrontAccessLogs = policy.Policy{
	ID:        "aws-cloudfront-access-logs",
	Title:     "Distributions must log requests.",
	Severity:  policy.Medium,
	Level:     policy.Advisory,
	Rationale: "What CloudFront answers itself, origins never see: its log is the only trace of an attack or of a leak.",
	Remediation: "Set loggingConfig.bucket, or add an aws:cloudwatch/logDeliverySource:LogDeliverySource with resourceArn " +
		"set to this distribution.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:     []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_86", "Trivy AWS-0010", "AWS Config CLOUDFRONT_ACCESSLOGS_ENABLED", "Security Hub CloudFront.5",
	},
	Bad: []policy.Example{{Name: "site", Type: distributionType, Properties: distribution(nil)}},
	Good: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{
			"loggingConfig": props{"bucket": "acme-logs.s3.amazonaws.com"},
		})},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Distributions policy.Resources[loggedDistribution] `pulumi:"aws:cloudfront/distribution:Distribution"`
			Deliveries    policy.Resources[struct{}]           `pulumi:"aws:cloudwatch/logDeliverySource:LogDeliverySource"`
		}) {
			stack.Distributions.Each(func(d policy.Resource[loggedDistribution]) {
				if !policy.AnyOf(
					func() bool { return d.Props.Log.Present() },
					func() bool { return d.Props.Default.Get().RealTime.Present() },
					func() bool { return stack.Deliveries.AnyReferring("resourceArn", d.Node, nil) },
				) {
					r.Fail(d.Node, "It keeps no log of requests.")
				}
			})
		}),
	},
}

type loggedDistribution struct {
	Log     policy.Value[any]            `pulumi:"loggingConfig"`
	Default policy.Value[loggedBehavior] `pulumi:"defaultCacheBehavior"`
}

type loggedBehavior struct {
	RealTime policy.Value[string] `pulumi:"realtimeLogConfigArn"`
}

// distribution are the properties of an example's distribution: what every one must have, and more or else.
func distribution(more props) props {
	all := props{
		"enabled": true,
		"origins": []any{props{
			"originId": "pages", "domainName": "acme-pages.s3.eu-west-1.amazonaws.com", "originAccessControlId": "E1ABC",
		}},
		"defaultCacheBehavior": props{
			"targetOriginId": "pages", "viewerProtocolPolicy": "redirect-to-https",
			"allowedMethods": []any{"GET", "HEAD"}, "cachedMethods": []any{"GET", "HEAD"},
		},
		"restrictions":      props{"geoRestriction": props{"restrictionType": "none"}},
		"viewerCertificate": props{"cloudfrontDefaultCertificate": true},
	}
	maps.Copy(all, more)
	return all
}
