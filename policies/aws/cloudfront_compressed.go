package aws

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontCompressed advises to compress what distributions serve.
var CloudFrontCompressed = policy.Policy{
	ID:       "aws-cloudfront-compressed",
	Title:    "Distributions should compress what they serve.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Viewers wait for bytes, and bytes are charged. Expected effect: texts take a quarter of their size in some cases " +
		"(Amazon CloudFront Developer Guide, \"Serve compressed files\"), and traffic falls as much.",
	Remediation: "Set compress of defaultCacheBehavior and orderedCacheBehaviors to true, with a cache policy that caches Gzip " +
		"and Brotli.",
	Controls: frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:     []string{"optimization", "cost"},
	Bad:      []policy.Example{{Name: "site", Type: distributionType, Properties: distribution(nil)}},
	Good: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{"defaultCacheBehavior": props{
			"targetOriginId": "pages", "viewerProtocolPolicy": "redirect-to-https", "compress": true,
			"allowedMethods": []any{"GET", "HEAD"}, "cachedMethods": []any{"GET", "HEAD"},
		}})},
	},
	Rules: []policy.Rule{
		policy.On(distributionType, func(r *policy.Report, d compressedDistribution) {
			if d.Default.Get().plain() {
				r.Fail("It does not compress by default.")
			}
			d.Others.Each(func(i int, b compressedBehavior) {
				if b.plain() {
					r.Fail("It does not compress by its ordered behavior %d.", i)
				}
			})
		}),
		policy.OnRemediate(distributionType, func(r *policy.Remediation, d compressedDistribution) {
			if d.Default.Get().plain() {
				r.Set("defaultCacheBehavior.compress", true)
			}
			d.Others.Each(func(i int, b compressedBehavior) {
				if b.plain() {
					r.Set(fmt.Sprintf("orderedCacheBehaviors.%d.compress", i), true)
				}
			})
		}),
	},
}

type compressedDistribution struct {
	Default policy.Value[compressedBehavior] `pulumi:"defaultCacheBehavior"`
	Others  policy.List[compressedBehavior]  `pulumi:"orderedCacheBehaviors"`
}

type compressedBehavior struct {
	Compress policy.Value[bool] `pulumi:"compress"`
}

func (b compressedBehavior) plain() bool { return !b.Compress.Or(false) }
