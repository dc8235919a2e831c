package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontDefaultRootObject wants distributions in front of buckets to say which object a domain's root is.
var CloudFrontDefaultRootObject = policy.Policy{
	ID:       "aws-cloudfront-default-root-object",
	Title:    "Distributions of buckets must have a default root object.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Without one, a request for the root reaches the bucket itself, and is answered by a list of its objects or " +
		"an error.",
	Remediation: "Set defaultRootObject, to index.html for most sites.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.9"}.List(),
	Tags:        []string{"security", "hardening"},
	Peers: []string{
		"Checkov CKV_AWS_305", "AWS Config CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED", "Security Hub CloudFront.1",
	},
	Bad: []policy.Example{{Name: "site", Type: distributionType, Properties: distribution(nil)}},
	Good: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{"defaultRootObject": "index.html"})},
	},
	Rules: []policy.Rule{
		policy.On(distributionType, func(r *policy.Report, d struct {
			Root    policy.Value[string] `pulumi:"defaultRootObject"`
			Origins policy.List[origin]  `pulumi:"origins"`
		}) {
			if policy.AllOf(
				func() bool { return d.Root.Get() == "" },
				func() bool { return d.Origins.Any(origin.isBucket) },
			) {
				r.Fail("A request for its root reaches the bucket itself.")
			}
		}),
	},
}
