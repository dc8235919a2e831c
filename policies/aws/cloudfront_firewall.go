package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontFirewall wants distributions to have a web firewall in front.
var CloudFrontFirewall = policy.Policy{
	ID:       "aws-cloudfront-firewall",
	Title:    "Distributions must have a web firewall.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A web firewall stops known attacks, floods and bots before they reach the application, and a rule " +
		"against a new flaw is there within the hour.",
	Remediation: "Set webAclId to the ARN of an aws:wafv2/webAcl:WebAcl with scope CLOUDFRONT.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.26"}.List(),
	Tags:        []string{"security", "waf"},
	Peers: []string{
		"Checkov CKV_AWS_68", "Trivy AWS-0011", "AWS Config CLOUDFRONT_ASSOCIATED_WITH_WAF", "Security Hub CloudFront.6",
	},
	Bad: []policy.Example{{Name: "site", Type: distributionType, Properties: distribution(nil)}},
	Good: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{
			"webAclId": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/web/1",
		})},
	},
	Rules: []policy.Rule{
		policy.On(distributionType, func(r *policy.Report, d struct {
			Firewall policy.Value[string] `pulumi:"webAclId"`
		}) {
			if d.Firewall.Get() == "" {
				r.Fail("No web firewall is in front of it.")
			}
		}),
	},
}
