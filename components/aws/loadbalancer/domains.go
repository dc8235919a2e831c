package loadbalancer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// validationTTL is for how many seconds resolvers may keep the records that prove the domains to be ours.
const validationTTL = 300

// createCertificate makes a certificate of ACM for all domains, and waits until it is issued: a listener takes no other.
// ACM renews it for as long as its records stay.
func (b *builder) createCertificate() error {
	b.out.CertificateARN = pulumi.String("").ToStringOutput()
	if !b.args.makesCertificate() {
		if arn := b.args.CertificateARN; arn != nil && !b.args.Unencrypted {
			b.out.CertificateARN = arn.ToStringPtrOutput().Elem()
		}
		return nil
	}
	certificate, err := acm.NewCertificate(b.Ctx, b.Child("certificate"), &acm.CertificateArgs{
		DomainName:              pulumi.String(b.args.Domain),
		SubjectAlternativeNames: pulumi.ToStringArray(b.args.AlternateDomains),
		ValidationMethod:        pulumi.String("DNS"),
		Tags:                    b.TagInput("certificate"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	var names pulumi.StringArray
	var seen []string
	for _, domain := range b.args.Domains() {
		// A domain and the wildcard under it share one record.
		base := strings.TrimPrefix(domain, "*.")
		if slices.Contains(seen, base) {
			continue
		}
		seen = append(seen, base)
		record, err := b.createProof(base, certificate.DomainValidationOptions)
		if err != nil {
			return err
		}
		names = append(names, record.Fqdn)
	}
	validation, err := acm.NewCertificateValidation(b.Ctx, b.Child("certificate"), &acm.CertificateValidationArgs{
		CertificateArn: certificate.Arn, ValidationRecordFqdns: names,
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.out.CertificateARN = validation.CertificateArn
	return nil
}

// createProof makes the record by which ACM sees that a domain is ours. The same record serves every certificate of the
// account for that domain, in any region: so it may be there already, and of two load balancers with the same domain the
// one that goes leaves it to the other, whose certificate could not be renewed without it.
func (b *builder) createProof(base string, proofs acm.CertificateDomainValidationOptionArrayOutput) (*route53.Record, error) {
	of := func(field func(acm.CertificateDomainValidationOption) *string) pulumi.StringOutput {
		return proofs.ApplyT(func(options []acm.CertificateDomainValidationOption) (string, error) {
			for _, option := range options {
				value := field(option)
				if option.DomainName != nil && strings.TrimPrefix(*option.DomainName, "*.") == base && value != nil {
					return *value, nil
				}
			}
			return "", fmt.Errorf("ACM names no record that validates %s", base)
		}).(pulumi.StringOutput)
	}
	options := b.Options()
	if b.args.Failover != "" {
		options = append(options, pulumi.RetainOnDelete(true))
	}
	return route53.NewRecord(b.Ctx, b.Child("proof", base), &route53.RecordArgs{
		ZoneId:         b.args.ZoneID.ToStringPtrOutput().Elem(),
		Name:           of(func(o acm.CertificateDomainValidationOption) *string { return o.ResourceRecordName }),
		Type:           pulumi.String("CNAME"),
		Records:        pulumi.StringArray{of(func(o acm.CertificateDomainValidationOption) *string { return o.ResourceRecordValue })},
		Ttl:            pulumi.Int(validationTTL),
		AllowOverwrite: pulumi.Bool(true),
	}, options...)
}

// createRecords lets the domains lead to the load balancer.
func (b *builder) createRecords() error {
	if b.args.ZoneID == nil {
		return nil
	}
	forms := []string{"A"}
	if b.args.IPv6 {
		forms = append(forms, "AAAA")
	}
	for _, domain := range b.args.Domains() {
		for _, form := range forms {
			args := &route53.RecordArgs{
				ZoneId: b.args.ZoneID.ToStringPtrOutput().Elem(),
				Name:   pulumi.String(domain),
				Type:   pulumi.String(form),
				Aliases: route53.RecordAliasArray{&route53.RecordAliasArgs{
					Name: b.balancer.DnsName, ZoneId: b.balancer.ZoneId, EvaluateTargetHealth: pulumi.Bool(true),
				}},
			}
			b.failOver(args)
			if _, err := route53.NewRecord(b.Ctx, b.Child(strings.ToLower(form), domain), args, b.Options()...); err != nil {
				return err
			}
		}
	}
	return nil
}

// failOver makes a record one of two: Route 53 answers with the primary while its load balancer has a healthy target
// and, where that is looked at, can be reached from outside.
func (b *builder) failOver(args *route53.RecordArgs) {
	if b.args.Failover == "" {
		return
	}
	if b.args.Checked() {
		args.HealthCheckId = b.out.HealthCheckID.ToStringPtrOutput()
	}
	args.SetIdentifier = pulumi.String(b.args.Failover)
	args.FailoverRoutingPolicies = route53.RecordFailoverRoutingPolicyArray{
		&route53.RecordFailoverRoutingPolicyArgs{Type: pulumi.String(strings.ToUpper(b.args.Failover))},
	}
}
