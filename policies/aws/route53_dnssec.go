package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Route53DNSSEC wants public zones to be signed.
var Route53DNSSEC = policy.Policy{
	ID:       "aws-route53-dnssec",
	Title:    "Public zones must be signed by DNSSEC.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "An answer of DNS that is not signed can be forged on the way, and then the forger chooses where mail and " +
		"visitors go.",
	Remediation: "Add an aws:route53/keySigningKey:KeySigningKey and an aws:route53/hostedZoneDnsSec:HostedZoneDnsSec with " +
		"hostedZoneId set to this zone; then enter its DS record at the registrar.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.21"}.List(),
	Tags:     []string{"security", "dns"},
	Peers:    []string{"Checkov CKV2_AWS_38"},
	Bad:      []policy.Example{{Name: "site", Type: zoneType, Properties: props{"name": "example.com"}}},
	Good: []policy.Example{
		{Name: "site", Type: zoneType, Properties: props{"name": "example.com"}},
		{Name: "signed", Type: zoneSigningType, Properties: props{"hostedZoneId": "${site.zoneId}"}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Zones    policy.Resources[zone]       `pulumi:"aws:route53/zone:Zone"`
			Signings policy.Resources[zoneSigned] `pulumi:"aws:route53/hostedZoneDnsSec:HostedZoneDnsSec"`
		}) {
			stack.Zones.Each(func(z policy.Resource[zone]) {
				if z.Props.public() && !stack.Signings.AnyReferring("hostedZoneId", z.Node, zoneIsSigned) {
					r.Fail(z.Node, "Its records are not signed.")
				}
			})
		}),
	},
}

type zone struct {
	VPCs policy.List[any] `pulumi:"vpcs"`
}

// public reports whether the zone is for the internet: one of a VPC is not.
func (z zone) public() bool { return z.VPCs.Len() == 0 }

type zoneSigned struct {
	Status policy.Value[string] `pulumi:"signingStatus"`
}

func zoneIsSigned(s policy.Resource[zoneSigned]) bool {
	return s.Props.Status.Or("SIGNING") == "SIGNING"
}
