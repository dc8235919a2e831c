package aws

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/route53/{zone,health_check,zone_data_source}.go; the errors of the
// Route 53 API, version 2013-04-01.

var hostedZoneKind = &simulator.Kind{
	Noun:     "Route 53 Hosted Zone",
	Global:   true,
	ID:       func(c *simulator.Call) string { return "Z" + strings.ToUpper(c.Hex("hosted zone", 20)) },
	ARN:      "arn:{partition}:route53:::hostedzone/{id}",
	NotFound: "NoSuchHostedZone: No hosted zone found with ID: %s",
}

var healthCheckKind = &simulator.Kind{
	Noun:     "Route 53 Health Check",
	Global:   true,
	ID:       func(c *simulator.Call) string { return uuid(c.Hex("health check", 32)) },
	ARN:      "arn:{partition}:route53:::healthcheck/{id}",
	NotFound: "NoSuchHealthCheck: A health check with id %s does not exist.",
}

const (
	dnsQuotas = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html"
	dnsDelete = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html"
	dnsCreate = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html"
)

func hostedZoneTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:route53/zone:Zone",
			Kind:      hostedZoneKind,
			Defaults:  map[string]any{"comment": "Managed by Pulumi", "forceDestroy": false},
			Immutable: []string{"delegationSetId", "name"},
			Sets:      []string{"vpcs"},
			Normalize: map[string]func(resource.PropertyValue) resource.PropertyValue{"name": withoutPeriod},
			AtMostOne: [][]string{{"delegationSetId", "vpcs"}},
			References: []simulator.Reference{{
				Property: "vpcs[*].vpcId", To: kinds(vpcKind), OnDelete: simulator.Ignore,
				NotFound: "InvalidVPCId: The VPC: %s that you provided is not found.",
				Address: func(c *simulator.Call, id string) (string, bool) {
					for _, region := range c.Texts("vpcs[*].vpcRegion") {
						if region != c.Region {
							return "", false // which of them is where takes a look into another region
						}
					}
					return id, true
				},
			}},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-route53-private-zone-taken", Source: dnsCreate},
				Space:  "zone of a VPC",
				Error:  "ConflictingDomainExists: The VPC %s has already been associated with a hosted zone with the same domain name.",
				Keys: func(c *simulator.Call) []string {
					var keys []string
					for _, vpc := range c.Texts("vpcs[*].vpcId") {
						keys = append(keys, vpc+" ("+c.Text("name")+")")
					}
					return keys
				},
			}, {
				Space: "record", // those that every zone comes with
				Error: recordTaken,
				Keys: func(c *simulator.Call) []string {
					return []string{recordKey(c.ID, c.Text("name"), "NS", ""), recordKey(c.ID, c.Text("name"), "SOA", "")}
				},
			}},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-route53-zone-not-empty", Source: dnsDelete},
				Stage:  simulator.AtDelete,
				Error: "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets " +
					"and so cannot be deleted: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if records := c.Old.Users(recordKind); len(records) > 0 && !c.Old.Flag("forceDestroy") {
						broken("", records[0].Text("fqdn"))
					}
				},
			}},
			Quotas: []simulator.Quota{{
				Code: "L-4EA4796A", Source: dnsQuotas, Limit: 500,
				Error: "TooManyHostedZones: Limits Exceeded. MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.",
			}},
			API:        []string{"route53:CreateHostedZone"},
			Parameters: map[string]string{"comment": "HostedZoneConfig.Comment", "vpcs": "", "forceDestroy": ""},
			Compute:    computeHostedZone,
		},
		{
			Token:     "aws:route53/healthCheck:HealthCheck",
			Kind:      healthCheckKind,
			Defaults:  map[string]any{"disabled": false, "invertHealthcheck": false, "measureLatency": false},
			Immutable: []string{"measureLatency", "referenceName", "requestInterval", "routingControlArn", "type"},
			Sets:      []string{"childHealthchecks", "regions"},
			Rules: map[string]simulator.Rule{
				"requestInterval": simulator.OneOfNumbers(10, 30),
			},
			References: []simulator.Reference{
				{Property: "childHealthchecks[*]", To: kinds(healthCheckKind), OnDelete: simulator.Ignore},
			},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-route53-health-check-target",
					Source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html"},
				Stage: simulator.AtCheck,
				Error: "InvalidInput: Invalid parameter : For a health check of type %s, specify either IPAddress or " +
					"FullyQualifiedDomainName",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					form := c.Text("type")
					endpoint := strings.HasPrefix(form, "HTTP") || form == "TCP"
					if endpoint && !c.Given("fqdn") && !c.Given("ipAddress") {
						broken("fqdn", form)
					}
				},
			}},
			Quotas: []simulator.Quota{{
				Code: "L-ACB674F3", Source: dnsQuotas, Limit: 200,
				Error: "TooManyHealthChecks: This health check can't be created because the current account has reached the limit",
			}},
			API: []string{"route53:CreateHealthCheck"},
			Parameters: map[string]string{
				"fqdn": "HealthCheckConfig.FullyQualifiedDomainName", "invertHealthcheck": "HealthCheckConfig.Inverted",
				"cloudwatchAlarmName":   "HealthCheckConfig.AlarmIdentifier.Name",
				"cloudwatchAlarmRegion": "", // the model knows the regions of 2024 only
				"childHealthThreshold":  "HealthCheckConfig.HealthThreshold", "referenceName": "",
				"type": "HealthCheckConfig.Type", "port": "HealthCheckConfig.Port", "regions": "HealthCheckConfig.Regions",
				"ipAddress": "HealthCheckConfig.IPAddress", "resourcePath": "HealthCheckConfig.ResourcePath",
				"searchString":                 "HealthCheckConfig.SearchString",
				"failureThreshold":             "HealthCheckConfig.FailureThreshold",
				"childHealthchecks":            "HealthCheckConfig.ChildHealthChecks",
				"insufficientDataHealthStatus": "HealthCheckConfig.InsufficientDataHealthStatus",
			},
			Compute: func(c *simulator.Call) {
				c.SetNew("enableSni", strings.HasPrefix(c.Text("type"), "HTTPS"))
				threshold := 3
				if c.Text("type") == "CALCULATED" || c.Text("type") == "CLOUDWATCH_METRIC" {
					threshold = 0
				}
				c.SetNew("failureThreshold", threshold)
			},
		},
	}
}

// withoutPeriod drops the period that ends a domain name, as the provider does.
func withoutPeriod(value resource.PropertyValue) resource.PropertyValue {
	if !value.IsString() {
		return value
	}
	return text(strings.TrimSuffix(value.StringValue(), "."))
}

func computeHostedZone(c *simulator.Call) {
	c.Set("zoneId", c.ID)
	servers := []string{}
	for i, domain := range []string{"co.uk", "com", "net", "org"} {
		number := digits(c.Hex(fmt.Sprint("name server", i), 16), 3)
		servers = append(servers, "ns-1"+number+".awsdns-"+number[1:]+"."+domain)
	}
	if c.Given("vpcs") { // a private zone has those of every private zone
		servers = []string{"ns-0.awsdns-00.com", "ns-1024.awsdns-00.org", "ns-1536.awsdns-00.co.uk", "ns-512.awsdns-00.net"}
	}
	c.SetNew("nameServers", servers)
	c.SetNew("primaryNameServer", servers[0])
}

// publicZoneOf returns the public zone in the account that serves a name: that with the longest name.
func publicZoneOf(c *simulator.Call, name string) *simulator.Object {
	var found *simulator.Object
	for _, zone := range c.All(hostedZoneKind) {
		domain := zone.Text("name")
		serves := name == domain || strings.HasSuffix(name, "."+domain)
		if serves && !isPrivate(zone) && (found == nil || len(domain) > len(found.Text("name"))) {
			found = zone
		}
	}
	return found
}

func isPrivate(zone *simulator.Object) bool { return count(zone.Output("vpcs")) > 0 }

func hostedZoneLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:route53/getZone:getZone", Answer: lookUpZone}}
}

func lookUpZone(c *simulator.Call) resource.PropertyMap {
	var found []*simulator.Object
	for _, zone := range c.All(hostedZoneKind) {
		name := strings.TrimSuffix(c.Text("name"), ".")
		private := c.Flag("privateZone") || c.Given("vpcId")
		matches := c.Given("zoneId") && zone.ID == c.Text("zoneId") ||
			!c.Given("zoneId") && (name == "" || name == zone.Text("name")) && private == isPrivate(zone)
		if matches && hasTags(zone, c.Inputs["tags"]) {
			found = append(found, zone)
		}
	}
	switch len(found) {
	case 0:
		c.Fail("", "no matching Route 53 Hosted Zone found")
		return nil
	case 1:
	default:
		c.Fail("", "multiple Route 53 Hosted Zones matched")
		return nil
	}
	zone := found[0]
	for _, name := range []string{"name", "comment", "primaryNameServer", "zoneId"} {
		c.Set(name, zone.Text(name))
	}
	for _, name := range []string{"callerReference", "linkedServiceDescription", "linkedServicePrincipal", "vpcId"} {
		c.SetNew(name, c.Text(name))
	}
	c.Set("id", zone.ID)
	c.Set("arn", zone.ARN)
	c.Set("privateZone", isPrivate(zone))
	c.Set("resourceRecordSetCount", 2+len(zone.Users(recordKind)))
	c.Outputs["nameServers"] = zone.Output("nameServers")
	c.Outputs["tags"] = resource.NewObjectProperty(zone.Tags())
	return c.Outputs
}

// hasTags reports whether a thing has the tags that a look-up wants.
func hasTags(o *simulator.Object, wanted resource.PropertyValue) bool {
	if !wanted.IsObject() {
		return true
	}
	tags := o.Tags()
	for key, value := range wanted.ObjectValue() {
		if !tags[key].DeepEquals(value) {
			return false
		}
	}
	return true
}
