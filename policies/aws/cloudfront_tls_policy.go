package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudFrontTLSPolicy wants distributions with a certificate of their own to refuse TLS before 1.2. With the default
// certificate, nothing can be chosen (DistributionConfig, ViewerCertificate, in the CloudFront API Reference).
var CloudFrontTLSPolicy = policy.Policy{
	ID:       "aws-cloudfront-tls-policy",
	Title:    "Distributions must refuse TLS before 1.2.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "TLS 1.0 and 1.1 can be broken by those who can place themselves in between; browsers have long " +
		"left them.",
	Remediation: "Set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021.",
	Controls:    frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:        []string{"security", "tls"},
	Peers: []string{
		"Checkov CKV_AWS_174", "Checkov CKV2_AWS_54", "Trivy AWS-0013", "AWS Config CLOUDFRONT_SECURITY_POLICY_CHECK",
	},
	Bad: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{
			"aliases": []any{"www.example.com"}, "viewerCertificate": props{
				"acmCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1", "sslSupportMethod": "sni-only",
				"minimumProtocolVersion": "TLSv1.1_2016",
			},
		})},
	},
	Good: []policy.Example{
		{Name: "site", Type: distributionType, Properties: distribution(props{
			"aliases": []any{"www.example.com"}, "viewerCertificate": props{
				"acmCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1", "sslSupportMethod": "sni-only",
				"minimumProtocolVersion": "TLSv1.2_2021",
			},
		})},
	},
	Rules: []policy.Rule{
		policy.On(distributionType, func(r *policy.Report, d certifiedDistribution) {
			if d.speaksOldTLS() {
				r.Fail("Its minimumProtocolVersion is %v.", d.Certificate.Get().TLS)
			}
		}),
		policy.OnRemediate(distributionType, func(r *policy.Remediation, d certifiedDistribution) {
			if d.speaksOldTLS() {
				r.Set("viewerCertificate.minimumProtocolVersion", "TLSv1.2_2021")
			}
		}),
	},
}

type certifiedDistribution struct {
	Certificate policy.Value[viewerCertificate] `pulumi:"viewerCertificate"`
}

type viewerCertificate struct {
	ACM policy.Value[string] `pulumi:"acmCertificateArn"`
	IAM policy.Value[string] `pulumi:"iamCertificateId"`
	TLS policy.Value[string] `pulumi:"minimumProtocolVersion"`
}

// speaksOldTLS reports whether TLS before 1.2 will do: that is so, too, if nothing is said.
func (d certifiedDistribution) speaksOldTLS() bool {
	certificate := d.Certificate.Get()
	if !certificate.ACM.Present() && !certificate.IAM.Present() {
		return false
	}
	version := certificate.TLS.Get()
	return !strings.HasPrefix(version, "TLSv1.2_") && !strings.HasPrefix(version, "TLSv1.3_")
}
