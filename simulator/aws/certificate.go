package aws

import (
	"crypto/x509"
	"encoding/pem"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/acm/{certificate,certificate_validation}.go; the errors of the ACM
// API, version 2015-12-08; the ACM user guide, "DNS validation".

var certificateKind = &simulator.Kind{
	Noun: "ACM Certificate",
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":acm:" + c.Region + ":" + c.Account + ":certificate/" + uuid(c.Hex("certificate", 32))
	},
	ARN:      "{id}",
	NotFound: "ResourceNotFoundException: Could not find certificate %s",
	InUse:    "ResourceInUseException: Certificate %s is in use.",
}

// validationKind is no thing in AWS: it waits until a certificate is issued. Its id is when that was.
var validationKind = &simulator.Kind{
	Noun: "ACM Certificate Validation",
	ID: func(c *simulator.Call) string {
		return c.Now().UTC().Format("2006-01-02 15:04:05.") + digits(c.Hex("issued", 16), 9) + " +0000 UTC"
	},
}

// uuid writes 32 hexadecimal digits as a UUID.
func uuid(d string) string {
	return strings.Join([]string{d[:8], d[8:12], d[12:16], d[16:20], d[20:32]}, "-")
}

const (
	acmSource      = "terraform-provider-aws, internal/service/acm/certificate_validation.go"
	acmRequest     = "terraform-provider-aws, internal/service/acm/certificate.go"
	acmDNSGuide    = "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html"
	acmDelete      = "https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html"
	elbUnsupported = "https://github.com/hashicorp/terraform-provider-aws/issues/26245"
	elbOtherRegion = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2552"
)

func certificateTypes() []*simulator.Type {
	noPeriod := simulator.Matches(`[^.]$`, "it cannot end with a period")
	return []*simulator.Type{
		{
			Token: "aws:acm/certificate:Certificate",
			Kind:  certificateKind,
			Immutable: []string{"certificateAuthorityArn", "domainName", "keyAlgorithm", "subjectAlternativeNames",
				"validationMethod", "validationOptions"},
			Sets:       []string{"subjectAlternativeNames", "validationOptions"},
			Rules:      map[string]simulator.Rule{"domainName": noPeriod, "subjectAlternativeNames[*]": noPeriod},
			ExactlyOne: [][]string{{"domainName", "privateKey"}},
			AtMostOne: [][]string{
				{"certificateAuthorityArn", "validationMethod", "certificateBody"}, {"certificateBody", "keyAlgorithm"},
				{"certificateBody", "subjectAlternativeNames"}, {"certificateBody", "validationOptions"},
			},
			Patient: true,
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-acm-needs-validation-method", Source: acmRequest},
				Stage:  simulator.AtCheck,
				Error:  "`certificateAuthorityArn` or `validationMethod` must be set when creating an ACM certificate",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Given("domainName") && !c.Given("certificateAuthorityArn") && !c.Given("validationMethod") {
						broken("validationMethod")
					}
				},
			}},
			API: []string{"acm:RequestCertificate"},
			Parameters: map[string]string{
				"certificateBody": "", "certificateChain": "", "privateKey": "", "earlyRenewalDuration": "",
			},
			Compute: computeCertificate,
		},
		{
			Token:     "aws:acm/certificateValidation:CertificateValidation",
			Kind:      validationKind,
			Immutable: []string{"certificateArn", "validationRecordFqdns"},
			Sets:      []string{"validationRecordFqdns"},
			References: []simulator.Reference{{
				Property: "certificateArn", To: kinds(certificateKind), By: simulator.ByARN, OnDelete: simulator.Ignore}},
			Constraints: validationConstraints(),
		},
	}
}

// iamCertificate matches the ARN of a certificate that is kept in IAM (IAM User Guide, "IAM identifiers").
var iamCertificate = regexp.MustCompile(`^arn:[^:]+:iam::\d{12}:server-certificate/.`)

// toCertificate refers to a certificate of ACM; those that are kept in IAM are not looked for.
func toCertificate(property, notFound string) simulator.Reference {
	return simulator.Reference{
		Origin:   simulator.Origin{ID: "aws-acm-certificate-in-use", Source: acmDelete},
		Property: property, To: kinds(certificateKind), By: simulator.ByARN, NotFound: notFound,
		Address: func(_ *simulator.Call, arn string) (string, bool) { return arn, !iamCertificate.MatchString(arn) },
	}
}

// issued reports whether a certificate can be used: it takes minutes after its records exist until ACM has seen them,
// so that one for which no program waited is not.
func issued(certificate *simulator.Object) bool {
	return certificate.Text("type") != "AMAZON_ISSUED" || certificate.Text("status") == "ISSUED" ||
		len(certificate.Users(validationKind)) > 0
}

// balancerCertificateConstraints are what load balancers demand of certificateArn.
func balancerCertificateConstraints() []simulator.Constraint {
	check := func(bad func(*simulator.Call, *simulator.Object) bool) func(*simulator.Call, func(string, ...any)) {
		return func(c *simulator.Call, broken func(path string, args ...any)) {
			arn := c.Text("certificateArn")
			if c.Old != nil && c.Old.Text("certificateArn") == arn {
				return // what served with it serves on
			}
			if found := c.FindBy(certificateKind, simulator.ByARN, arn); found != nil && bad(c, found) {
				broken("certificateArn", arn)
			}
		}
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-elb-certificate-region", Source: elbOtherRegion},
			Stage:  simulator.AtApply,
			Error:  "ValidationError: Certificate ARN '%s' is not valid",
			Find:   check(func(c *simulator.Call, found *simulator.Object) bool { return found.Region != c.Region }),
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-certificate-issued", Source: elbUnsupported},
			Stage:  simulator.AtApply,
			Error: "UnsupportedCertificate: The certificate '%s' must have a fully-qualified domain name, a supported signature, " +
				"and a supported key size.",
			Find: check(func(c *simulator.Call, found *simulator.Object) bool {
				return found.Region == c.Region && !issued(found)
			}),
		},
	}
}

func validationConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-acm-no-validation-necessary", Source: acmSource},
			Stage:  simulator.AtApply,
			Error:  "ACM Certificate (%s) has type %s, no validation necessary",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				certificate := c.FindBy(certificateKind, simulator.ByARN, c.Text("certificateArn"))
				if certificate != nil && certificate.Text("type") != "AMAZON_ISSUED" {
					broken("certificateArn", certificate.ID, certificate.Text("type"))
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-acm-validation-record-missing", Source: acmSource},
			Stage:  simulator.AtApply,
			Error:  "missing %s DNS validation record: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				given := c.Texts("validationRecordFqdns[*]")
				for _, option := range validationOptionsOf(c) {
					named := func(fqdn string) bool { return strings.TrimSuffix(fqdn, ".") == option.name }
					if len(given) > 0 && !slices.ContainsFunc(given, named) {
						broken("validationRecordFqdns", option.domain, option.name)
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-acm-validation-before-records", Source: acmDNSGuide},
			Stage:  simulator.AtApply,
			Error: "timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s): " +
				"no record %s in the hosted zone %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				seen := map[string]bool{}
				for _, option := range validationOptionsOf(c) {
					zone := publicZoneOf(c, option.name)
					if zone == nil || seen[option.name] || resolves(zone, option.name, "CNAME", option.value) {
						continue // who serves a domain without a zone in the account is not known
					}
					seen[option.name] = true
					broken("certificateArn", option.name, zone.Text("name"))
				}
			},
		},
	}
}

// validationOption is one record by which ACM validates a domain, names without the period at the end.
type validationOption struct{ domain, name, value string }

// validationOptionsOf returns the records that validate the certificate of a validation, none when it has others.
func validationOptionsOf(c *simulator.Call) []validationOption {
	certificate := c.FindBy(certificateKind, simulator.ByARN, c.Text("certificateArn"))
	if certificate == nil {
		return nil
	}
	var options []validationOption
	eachObject(certificate.Output("domainValidationOptions"), func(o resource.PropertyMap) {
		options = append(options, validationOption{
			domain: stringOf(o["domainName"]),
			name:   strings.TrimSuffix(stringOf(o["resourceRecordName"]), "."),
			value:  strings.TrimSuffix(stringOf(o["resourceRecordValue"]), "."),
		})
	})
	return options
}

func computeCertificate(c *simulator.Call) {
	names := c.Texts("subjectAlternativeNames[*]")
	if domain := c.Text("domainName"); domain != "" && !slices.Contains(names, domain) {
		names = append([]string{domain}, names...)
	}
	c.SetNew("keyAlgorithm", "RSA_2048")
	c.SetNew("options", map[string]any{"certificateTransparencyLoggingPreference": "ENABLED"})
	c.SetNew("pendingRenewal", false)
	c.SetNew("renewalEligibility", "INELIGIBLE")
	c.SetNew("renewalSummaries", []any{})
	c.SetNew("subjectAlternativeNames", names)
	c.SetNew("domainValidationOptions", validationRecords(c, names))
	c.SetNew("validationEmails", validationEmails(c, names))
	form, status := "AMAZON_ISSUED", "PENDING_VALIDATION"
	notBefore, notAfter := "", ""
	switch {
	case c.Given("certificateAuthorityArn"):
		form, status = "PRIVATE", "ISSUED"
		notBefore, notAfter = c.Now().UTC().Format(time.RFC3339), c.Now().UTC().AddDate(0, 13, 0).Format(time.RFC3339)
	case c.Given("privateKey"):
		form, status = "IMPORTED", "ISSUED"
		domain := ""
		if parsed := certificateIn(c.Text("certificateBody")); parsed != nil {
			domain = parsed.Subject.CommonName
			notBefore, notAfter = parsed.NotBefore.UTC().Format(time.RFC3339), parsed.NotAfter.UTC().Format(time.RFC3339)
		}
		c.Set("domainName", domain)
	}
	c.SetNew("validationMethod", "NONE")
	c.SetNew("type", form)
	c.SetNew("status", status)
	c.SetNew("notBefore", notBefore)
	c.SetNew("notAfter", notAfter)
}

// validationRecords returns the records that ACM looks for. They depend on the account and the domain alone: a wildcard
// shares that of its domain, a replaced certificate that of its predecessor.
func validationRecords(c *simulator.Call, names []string) []any {
	records := []any{}
	if c.Text("validationMethod") != "DNS" {
		return records
	}
	for _, name := range names {
		base := strings.TrimPrefix(name, "*.")
		records = append(records, map[string]any{
			"domainName": name, "resourceRecordType": "CNAME",
			"resourceRecordName":  "_" + c.Fixed("validation of "+base, 32) + "." + base + ".",
			"resourceRecordValue": "_" + c.Fixed("value of "+base, 32) + "." + c.Fixed("zone of "+base, 10) + ".acm-validations.aws.",
		})
	}
	return records
}

// validationEmails returns whom ACM writes to.
func validationEmails(c *simulator.Call, names []string) []string {
	emails := []string{}
	if c.Text("validationMethod") != "EMAIL" {
		return emails
	}
	for _, name := range names {
		for _, who := range []string{"administrator", "hostmaster", "postmaster", "webmaster", "admin"} {
			emails = append(emails, who+"@"+strings.TrimPrefix(name, "*."))
		}
	}
	return emails
}

// certificateIn returns the certificate in PEM text, or nil.
func certificateIn(body string) *x509.Certificate {
	block, _ := pem.Decode([]byte(body))
	if block == nil {
		return nil
	}
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil
	}
	return parsed
}
