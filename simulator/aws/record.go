package aws

import (
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/route53/record.go; the errors of the Route 53 API's
// ChangeResourceRecordSets; the Route 53 developer guide, "Supported DNS record types".

var recordKind = &simulator.Kind{
	Noun:   "Route 53 Record",
	Global: true,
	ID: func(c *simulator.Call) string {
		id := c.Text("zoneId") + "_" + strings.ToLower(c.Text("name")) + "_" + c.Text("type")
		if set := c.Text("setIdentifier"); set != "" {
			id += "_" + set
		}
		return id
	},
}

const (
	dnsChange   = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html"
	dnsTypes    = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html"
	dnsAliases  = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html"
	recordTaken = "InvalidChangeBatch: [Tried to create resource record set %s but it already exists]"
)

// recordSet leads to the parameters of a record.
const recordSet = "ChangeBatch.Changes.ResourceRecordSet."

// routing lists the policies of which a record can have one.
var routing = []string{
	"cidrRoutingPolicy", "failoverRoutingPolicies", "geolocationRoutingPolicies", "geoproximityRoutingPolicy",
	"latencyRoutingPolicies", "multivalueAnswerRoutingPolicy", "weightedRoutingPolicies",
}

func recordTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:route53/record:Record",
		Kind:      recordKind,
		Immutable: []string{"name", "zoneId"},
		Sets:      []string{"records"},
		Normalize: map[string]func(resource.PropertyValue) resource.PropertyValue{
			"name": func(value resource.PropertyValue) resource.PropertyValue {
				if value = withoutPeriod(value); value.IsString() {
					return text(strings.ToLower(value.StringValue()))
				}
				return value
			},
		},
		ExactlyOne: [][]string{{"aliases", "records"}},
		AtMostOne:  [][]string{{"aliases", "ttl"}, routing},
		References: []simulator.Reference{
			{Property: "zoneId", To: kinds(hostedZoneKind), OnDelete: simulator.Follow},
			{Property: "healthCheckId", To: kinds(healthCheckKind), OnDelete: simulator.Ignore},
		},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-route53-record-taken", Source: dnsChange},
			Space:  "record",
			Error:  recordTaken,
			Keys: func(c *simulator.Call) []string {
				return []string{recordKey(c.Text("zoneId"), fqdnOf(c), c.Text("type"), c.Text("setIdentifier"))}
			},
		}},
		// The provider then makes an UPSERT of its CREATE (record.go, allow_overwrite).
		Overwrites:  func(c *simulator.Call) bool { return c.Flag("allowOverwrite") },
		Constraints: append(recordConstraints(), recordValueConstraints()...),
		Quotas: []simulator.Quota{{
			Code: "L-E209CC9F", Source: dnsQuotas, Limit: 10000,
			Error: "InvalidChangeBatch: Number of records limit of %d exceeded.",
			Per:   func(c *simulator.Call) string { return c.Text("zoneId") },
		}},
		API: []string{"route53:ChangeResourceRecordSets"},
		Parameters: map[string]string{
			"name": recordSet + "Name", "type": "", // the model lacks HTTPS, SSHFP, SVCB and TLSA
			"ttl":           recordSet + "TTL",
			"setIdentifier": recordSet + "SetIdentifier", "healthCheckId": recordSet + "HealthCheckId",
			"zoneId": "HostedZoneId",
		},
		Compute: func(c *simulator.Call) {
			c.Set("fqdn", fqdnOf(c))
			c.SetNew("allowOverwrite", false)
		},
	}}
}

// recordKey names a record as the error of one that exists does.
func recordKey(zone, fqdn, form, set string) string {
	if set != "" {
		set = ", set-identifier='" + set + "'"
	}
	return "[name='" + fqdn + ".', type='" + form + "'" + set + "] in zone " + zone
}

// fqdnOf returns the whole name of a record: the provider appends that of its zone where it is missing.
func fqdnOf(c *simulator.Call) string {
	name := strings.ToLower(strings.TrimSuffix(c.Text("name"), "."))
	zone := c.Find(hostedZoneKind, c.Text("zoneId"))
	switch {
	case zone == nil || strings.HasSuffix(name, zone.Text("name")):
		return name
	case name == "":
		return zone.Text("name")
	default:
		return name + "." + zone.Text("name")
	}
}

// resolves reports whether a zone has a record of a type with a value.
func resolves(zone *simulator.Object, fqdn, form, value string) bool {
	for _, record := range zone.Users(recordKind) {
		if record.Text("fqdn") != fqdn || record.Text("type") != form {
			continue
		}
		for _, have := range stringsOf(record.Output("records")) {
			if strings.TrimSuffix(have, ".") == value {
				return true
			}
		}
	}
	return false
}

func recordConstraints() []simulator.Constraint {
	beside := func(c *simulator.Call) (zone *simulator.Object, others []*simulator.Object) {
		if zone = c.Find(hostedZoneKind, c.Text("zoneId")); zone == nil {
			return nil, nil
		}
		for _, other := range c.Others(zone.Users(recordKind)) {
			if other.Text("fqdn") == fqdnOf(c) {
				others = append(others, other)
			}
		}
		return zone, others
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-route53-cname-alone", Source: dnsTypes},
			Stage:  simulator.AtApply,
			Error:  "InvalidChangeBatch: [RRSet of type %s with DNS name %s. is not permitted %s in zone %s.]",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				form := c.Text("type")
				zone, others := beside(c)
				for _, other := range others {
					switch of := other.Text("type"); {
					case form == "CNAME" && of != "CNAME":
						broken("type", form, fqdnOf(c), "as it conflicts with other records with the same DNS name", zone.Text("name"))
						return
					case form != "CNAME" && of == "CNAME":
						broken("type", form, fqdnOf(c),
							"because a conflicting RRSet of type CNAME with the same DNS name already exists", zone.Text("name"))
						return
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route53-cname-at-apex", Source: dnsTypes},
			Stage:  simulator.AtApply,
			Error:  "InvalidChangeBatch: [RRSet of type CNAME with DNS name %s. is not permitted at apex in zone %s.]",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				zone := c.Find(hostedZoneKind, c.Text("zoneId"))
				if zone != nil && c.Text("type") == "CNAME" && fqdnOf(c) == zone.Text("name") {
					broken("type", fqdnOf(c), zone.Text("name"))
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route53-simple-beside-routed", Source: dnsChange},
			Stage:  simulator.AtApply,
			Error: "InvalidChangeBatch: [RRSet with DNS name %s., type %s cannot be created as other RRSets exist with the same " +
				"name and type.]",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				_, others := beside(c)
				for _, other := range others {
					same := other.Text("type") == c.Text("type")
					if same && (other.Text("setIdentifier") == "") != (c.Text("setIdentifier") == "") {
						broken("setIdentifier", fqdnOf(c), c.Text("type"))
						return
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route53-alias-outside-zone",
				Source: "https://github.com/barnybug/cli53/issues/213"},
			Stage: simulator.AtApply,
			Error: "InvalidChangeBatch: [Tried to create an alias that targets %s., type %s in zone %s, but the alias target name " +
				"does not lie within the target zone]",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				name, zone := aliasOf(c)
				if !liesWithin(c, name, zone) {
					broken("aliases[0].zoneId", name, c.Text("type"), zone)
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route53-alias-before-target", Source: dnsAliases},
			Stage:  simulator.AtApply,
			Error: "InvalidChangeBatch: [Tried to create an alias that targets %s., type %s in zone %s, but that target was " +
				"not found]",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				name, id := aliasOf(c)
				zone := c.Find(hostedZoneKind, id)
				if zone == nil || !liesWithin(c, name, id) {
					return
				}
				for _, record := range zone.Users(recordKind) {
					if record.Text("fqdn") == name && record.Text("type") == c.Text("type") {
						return
					}
				}
				broken("aliases[0].name", name, c.Text("type"), id)
			},
		},
	}
}

// aliasOf returns the target of an alias record, and the zone that it says that is in.
func aliasOf(c *simulator.Call) (name, zone string) {
	name = strings.ToLower(strings.TrimSuffix(c.Text("aliases[*].name"), "."))
	return strings.TrimPrefix(name, "dualstack."), c.Text("aliases[*].zoneId")
}

// cloudFrontZone is the hosted zone of every distribution's name.
const cloudFrontZone = "Z2FDTNDATAQYW2"

// liesWithin reports whether a name can be in a zone, as far as that is known: of the account's own zones, of load
// balancers' and of CloudFront's.
func liesWithin(c *simulator.Call, name, zone string) bool {
	if own := c.Find(hostedZoneKind, zone); own != nil {
		return name == own.Text("name") || strings.HasSuffix(name, "."+own.Text("name"))
	}
	labels := strings.Split(name, ".")
	switch {
	case strings.HasSuffix(name, ".cloudfront.net"):
		return zone == cloudFrontZone
	case strings.HasSuffix(name, ".elb.amazonaws.com") && len(labels) > 4:
		known := applicationZones[labels[len(labels)-4]]
		return known == "" || zone == known
	case strings.Contains(name, ".elb.") && strings.HasSuffix(name, ".amazonaws.com") && len(labels) > 4:
		known := networkZones[labels[len(labels)-3]]
		return known == "" || zone == known
	}
	return true
}

func recordValueConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-route53-needs-ttl", Source: dnsChange},
			Stage:  simulator.AtCheck,
			Error: "InvalidInput: Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or " +
				"TrafficPolicyInstanceId], but found none in Change with [Name=%s, Type=%s]",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Given("records") && !c.Given("ttl") {
					broken("ttl", c.Text("name"), c.Text("type"))
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route53-address-value", Source: dnsTypes},
			Stage:  simulator.AtCheck,
			Error:  "InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: %s encountered with '%s'']",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				c.Each("records[*]", func(path, value string) {
					parsed, err := netip.ParseAddr(value)
					switch {
					case c.Text("type") == "A" && (err != nil || !parsed.Is4()):
						broken(path, "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)", value)
					case c.Text("type") == "AAAA" && (err != nil || !parsed.Is6()):
						broken(path, "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)", value)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route53-text-too-long", Source: dnsTypes},
			Stage:  simulator.AtCheck,
			Error: "InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: CharacterStringTooLong (Value is too long) " +
				"encountered with '\"%s\"'']",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if form := c.Text("type"); form != "TXT" && form != "SPF" {
					return
				}
				c.Each("records[*]", func(path, value string) {
					for _, part := range strings.Split(value, `"`) {
						if len(part) > 255 {
							broken(path, part)
							return
						}
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route53-routing-needs-identifier",
				Source: "terraform-provider-aws, internal/service/route53/record.go"},
			Stage: simulator.AtCheck,
			Error: "%q: all of `%s,setIdentifier` must be specified",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, name := range routing {
					if c.Given(name) && !c.Given("setIdentifier") {
						broken(name, name, name)
					}
				}
			},
		},
	}
}
