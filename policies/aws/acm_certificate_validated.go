package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ACMCertificateValidated wants certificates to be issued before they are used.
var ACMCertificateValidated = policy.Policy{
	ID:       "aws-acm-certificate-validated",
	Title:    "Certificates validated by DNS must be waited for.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A certificate cannot be used before it is issued: a listener that takes it too early fails the " +
		"deployment, or a record that was forgotten leaves it pending until it expires.",
	Remediation: "Add the validation records and an aws:acm/certificateValidation:CertificateValidation with " +
		"certificateArn set to this certificate, and give its certificateArn to listeners.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC6.7", ISO27001: "A.8.24"}.List(),
	Tags:     []string{"reliability", "tls"},
	Bad: []policy.Example{
		{Name: "site", Type: certificateType, Properties: props{
			"domainName": "example.com", "validationMethod": "DNS",
		}},
	},
	Good: []policy.Example{
		{Name: "site", Type: certificateType, Properties: props{
			"domainName": "example.com", "validationMethod": "DNS",
		}},
		{Name: "issued", Type: certificateValidationType, Properties: props{"certificateArn": "${site.arn}"}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Certificates policy.Resources[certificate] `pulumi:"aws:acm/certificate:Certificate"`
			Validations  policy.Resources[validation]  `pulumi:"aws:acm/certificateValidation:CertificateValidation"`
		}) {
			stack.Certificates.Each(func(c policy.Resource[certificate]) {
				if policy.AllOf(
					func() bool { return c.Props.Method.Get() == "DNS" },
					func() bool { return !stack.Validations.AnyReferring("certificateArn", c.Node, nil) },
				) {
					r.Fail(c.Node, "Nothing waits for its validation.")
				}
			})
		}),
	},
}

type certificate struct {
	Method policy.Value[string] `pulumi:"validationMethod"`
}

type validation struct {
	Certificate policy.Value[string] `pulumi:"certificateArn"`
}
