package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	certificateToken = "aws:acm/certificate:Certificate"
	validationToken  = "aws:acm/certificateValidation:CertificateValidation"
	zoneToken        = "aws:route53/zone:Zone"
	recordToken      = "aws:route53/record:Record"
	healthCheckToken = "aws:route53/healthCheck:HealthCheck"
)

func certificate(w *world, domain string) thing {
	return w.Create(certificateToken, domain, inputs{"domainName": domain, "validationMethod": "DNS"})
}

// valid makes a certificate that is issued; its domain is served outside the account.
func valid(w *world, domain string) thing {
	made := certificate(w, domain)
	w.Create(validationToken, domain, inputs{"certificateArn": made.Text("arn")})
	return made
}

func zone(w *world, name string) thing { return w.Create(zoneToken, name, inputs{"name": name}) }

// proof is the record that validates the i-th domain of a certificate.
func proof(certificate, zone thing, i int) inputs {
	option := certificate.Outputs["domainValidationOptions"].ArrayValue()[i].ObjectValue()
	return inputs{
		"zoneId": zone.ID(), "ttl": 60, "name": option["resourceRecordName"].StringValue(),
		"type": option["resourceRecordType"].StringValue(), "records": []any{option["resourceRecordValue"].StringValue()},
	}
}

func certificateFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: certificateToken,
			Inputs: given(inputs{"domainName": "example.com", "subjectAlternativeNames": []any{"*.example.com"},
				"validationMethod": "DNS"}),
			Update:  tagged,
			Replace: changing(inputs{"domainName": "example.org"}),
		},
		{
			Type: certificateToken, Name: "imported",
			Inputs:  given(inputs{"privateKey": "a key", "certificateBody": "a certificate"}),
			Update:  changing(inputs{"certificateBody": "another"}),
			Replace: changing(inputs{"privateKey": nil, "certificateBody": nil, "domainName": "a.b", "validationMethod": "EMAIL"}),
		},
		{
			Type: validationToken,
			Inputs: func(w *world) inputs {
				made, served := certificate(w, "www.example.com"), zone(w, "example.com")
				record := w.Create(recordToken, "proof", proof(made, served, 0))
				return inputs{"certificateArn": made.Text("arn"), "validationRecordFqdns": []any{record.Text("fqdn")}}
			},
			Replace: func(w *world, in inputs) inputs {
				return inputs{"certificateArn": certificate(w, "elsewhere.org").Text("arn")}
			},
		},
	}
}

// secured tries an HTTPS listener with a certificate.
func secured(w *world, certificate thing) error {
	_, lb := balanced(w, "application")
	return try(w, listenerToken, with(listen(lb, 443, "HTTPS", answer), inputs{"certificateArn": certificate.Text("arn")}))
}

func certificateCases() []simulatortest.Case {
	validate := func(more func(w *world, made, served thing) inputs) func(*world) error {
		return func(w *world) error {
			made, served := certificate(w, "www.example.com"), zone(w, "example.com")
			return try(w, validationToken, with(inputs{"certificateArn": made.Text("arn")}, more(w, made, served)))
		}
	}
	proven := func(w *world, made, served thing) inputs {
		record := w.Create(recordToken, "proof", proof(made, served, 0))
		return inputs{"validationRecordFqdns": []any{record.Text("fqdn")}}
	}
	imported := func(w *world) thing {
		return w.Create(certificateToken, "imported", inputs{"privateKey": "a key", "certificateBody": "a certificate"})
	}
	return []simulatortest.Case{
		{
			ID: "aws-acm-needs-validation-method", Text: "must be set when creating an ACM certificate",
			Fails: func(w *world) error { return try(w, certificateToken, inputs{"domainName": "a.b"}) },
			Passes: func(w *world) error {
				return try(w, certificateToken, inputs{"domainName": "a.b", "validationMethod": "DNS"})
			},
		},
		{
			ID: "aws-acm-no-validation-necessary", Text: "has type IMPORTED, no validation necessary",
			Fails: func(w *world) error {
				return try(w, validationToken, inputs{"certificateArn": imported(w).Text("arn")})
			},
			Passes: validate(proven),
		},
		{
			ID: "aws-acm-validation-record-missing", Text: "missing www.example.com DNS validation record: _",
			Fails: validate(func(w *world, made, served thing) inputs {
				proven(w, made, served)
				return inputs{"validationRecordFqdns": []any{"_other.example.com"}}
			}),
			Passes: validate(proven),
		},
		{
			ID: "aws-acm-validation-before-records", Text: "state to become 'ISSUED' (last state: 'PENDING_VALIDATION'",
			Fails: validate(func(w *world, made, served thing) inputs {
				w.Create(recordToken, "proof", with(proof(made, served, 0), inputs{"records": []any{"_wrong.acm-validations.aws."}}))
				return nil
			}),
			Passes: validate(func(w *world, made, served thing) inputs {
				proven(w, made, served)
				return nil
			}),
		},
		{
			ID: "aws-elb-certificate-issued", Code: "UnsupportedCertificate", Text: "must have a fully-qualified domain name",
			Fails:  func(w *world) error { return secured(w, certificate(w, "a.example.com")) },
			Passes: func(w *world) error { return secured(w, imported(w)) },
		},
		{
			ID: "aws-elb-certificate-region", Code: "ValidationError", Text: "is not valid",
			Fails:  func(w *world) error { return secured(w, valid(w.As(inputs{"region": "us-east-1"}), "a.example.com")) },
			Passes: func(w *world) error { return secured(w, valid(w, "a.example.com")) },
		},
		{
			ID: "aws-acm-certificate-in-use", Code: "ResourceInUseException", Text: "is in use",
			Fails: func(w *world) error {
				made := valid(w, "a.example.com")
				if err := secured(w, made); err != nil {
					return err
				}
				return w.TryDelete(made)
			},
			Passes: func(w *world) error { return w.TryDelete(valid(w, "a.example.com")) },
		},
	}
}

// A certificate that is kept in IAM serves, and is not looked for among those of ACM.
func TestCertificateOfIAM(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, lb := balanced(w, "application")
	assert.NoError(t, try(w, listenerToken, with(listen(lb, 443, "HTTPS", answer),
		inputs{"certificateArn": "arn:aws-cn:iam::123456789012:server-certificate/web/shop"})))
}
