package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// How look-ups find networks and what lies in them. Sources: terraform-provider-aws, internal/service/ec2/
// {vpc_subnet,vpc_subnets,vpc_security_group,vpc_security_groups,vpc_route_table,vpc_internet_gateway,vpc_nat_gateway,
// ec2_eip}_data_source.go; the filters that the EC2 API's Describe operations document.

// search says how look-ups find things of a kind.
type search struct {
	kind *simulator.Kind
	// inputs are those of the look-up that stand for a filter of the API.
	inputs map[string]string
	// filters returns what a thing has for each of the API's filters.
	filters func(c *simulator.Call, o *simulator.Object) map[string][]string
}

// all returns what passes the look-up's inputs, tags and filters, sorted.
func (s search) all(c *simulator.Call) []*simulator.Object {
	var found []*simulator.Object
	for _, o := range c.All(s.kind) {
		if s.passes(c, o) {
			found = append(found, o)
		}
	}
	return found
}

func (s search) passes(c *simulator.Call, o *simulator.Object) bool {
	values, tags := s.filters(c, o), o.Tags()
	for input, filter := range s.inputs {
		if wanted := asked(c, input); wanted != "" && !slices.Contains(values[filter], wanted) {
			return false
		}
	}
	if wanted := c.Inputs["tags"]; wanted.IsObject() {
		for key, value := range wanted.ObjectValue() {
			if !tags[key].DeepEquals(value) {
				return false
			}
		}
	}
	return matches(c, func(filter string) ([]string, bool) {
		if key, isTag := strings.CutPrefix(filter, "tag:"); isTag {
			return []string{stringOf(tags[resource.PropertyKey(key)])}, true
		}
		value, ok := values[filter]
		return value, ok
	})
}

// asked returns an input as a filter's value: a flag that is off asks for nothing.
func asked(c *simulator.Call, input string) string {
	if c.Flag(input) {
		return "true"
	}
	return c.Text(input)
}

// one returns the only thing that passes; otherwise it fails as the provider does.
func (s search) one(c *simulator.Call) *simulator.Object {
	found := s.all(c)
	switch len(found) {
	case 0:
		c.Fail("", "no matching %s found", s.kind.Noun)
		return nil
	case 1:
		return found[0]
	default:
		c.Fail("", "multiple %ss matched; use additional constraints to reduce matches to a single %s", s.kind.Noun, s.kind.Noun)
		return nil
	}
}

// ids answers a look-up of many things with their ids.
func (s search) ids(c *simulator.Call) resource.PropertyMap {
	ids := []string{}
	for _, o := range s.all(c) {
		ids = append(ids, o.ID)
	}
	c.Set("id", c.Region)
	c.Set("ids", ids)
	c.SetNew("tags", map[string]any{})
	return c.Outputs
}

// describe answers a look-up of one thing with those of its outputs that have the given names, and more.
func (s search) describe(c *simulator.Call, texts, flags []string, more func(*simulator.Object)) resource.PropertyMap {
	o := s.one(c)
	if o == nil {
		return nil
	}
	for _, name := range texts {
		c.Set(name, o.Text(name))
	}
	for _, name := range flags {
		c.Set(name, o.Flag(name))
	}
	c.Set("id", o.ID)
	c.Set("arn", o.ARN)
	c.Outputs["tags"] = resource.NewObjectProperty(o.Tags())
	more(o)
	return c.Outputs
}

var findVPCs = search{
	kind:   vpcKind,
	inputs: map[string]string{"id": "vpc-id", "cidrBlock": "cidr", "dhcpOptionsId": "dhcp-options-id", "state": "state", "default": "is-default"},
	filters: func(c *simulator.Call, vpc *simulator.Object) map[string][]string {
		isDefault := []string{fmt.Sprint(vpc == defaultVPC(c))}
		return map[string][]string{
			"vpc-id": {vpc.ID}, "cidr": {vpc.Text("cidrBlock")}, "cidr-block-association.cidr-block": vpcBlocks(vpc),
			"dhcp-options-id": {vpc.Text("dhcpOptionsId")}, "is-default": isDefault, "isDefault": isDefault,
			"owner-id": {c.Account}, "state": {"available"},
		}
	},
}

var findSubnets = search{
	kind: subnetKind,
	inputs: map[string]string{
		"id": "subnet-id", "vpcId": "vpc-id", "availabilityZone": "availability-zone", "cidrBlock": "cidr-block",
		"availabilityZoneId": "availability-zone-id", "defaultForAz": "default-for-az", "state": "state",
		"ipv6CidrBlock": "ipv6-cidr-block-association.ipv6-cidr-block",
	},
	filters: func(c *simulator.Call, s *simulator.Object) map[string][]string {
		isDefault := []string{fmt.Sprint(isDefaultSubnet(c, s))}
		zone, zoneID, cidr := []string{s.Text("availabilityZone")}, []string{s.Text("availabilityZoneId")}, []string{s.Text("cidrBlock")}
		return map[string][]string{
			"subnet-id": {s.ID}, "vpc-id": {s.Text("vpcId")}, "owner-id": {c.Account}, "state": {"available"},
			"availability-zone": zone, "availabilityZone": zone, "availability-zone-id": zoneID, "availabilityZoneId": zoneID,
			"cidr-block": cidr, "cidr": cidr, "cidrBlock": cidr, "default-for-az": isDefault, "defaultForAz": isDefault,
			"ipv6-cidr-block-association.ipv6-cidr-block": {s.Text("ipv6CidrBlock")},
			"map-public-ip-on-launch":                     {fmt.Sprint(s.Flag("mapPublicIpOnLaunch"))},
		}
	},
}

func isDefaultSubnet(c *simulator.Call, s *simulator.Object) bool {
	return s == defaultSubnet(c, s.Text("availabilityZone"))
}

var findGroups = search{
	kind:   securityGroupKind,
	inputs: map[string]string{"id": "group-id", "name": "group-name", "vpcId": "vpc-id"},
	filters: func(c *simulator.Call, g *simulator.Object) map[string][]string {
		return map[string][]string{
			"group-id": {g.ID}, "group-name": {g.Text("name")}, "vpc-id": {g.Text("vpcId")}, "owner-id": {c.Account},
			"description": {g.Text("description")},
		}
	},
}

var findTables = search{
	kind: routeTableKind,
	inputs: map[string]string{
		"routeTableId": "route-table-id", "vpcId": "vpc-id", "subnetId": "association.subnet-id", "gatewayId": "association.gateway-id",
	},
	filters: func(c *simulator.Call, t *simulator.Object) map[string][]string {
		subnets, gateways := []string{}, []string{}
		for _, association := range t.Users(routeAssociationKind) {
			subnets = append(subnets, association.Text("subnetId"))
			gateways = append(gateways, association.Text("gatewayId"))
		}
		return map[string][]string{
			"route-table-id": {t.ID}, "vpc-id": {t.Text("vpcId")}, "owner-id": {c.Account}, "association.subnet-id": subnets,
			"association.gateway-id": gateways, "association.main": {fmt.Sprint(isMainTable(c, t))},
		}
	},
}

func isMainTable(c *simulator.Call, table *simulator.Object) bool {
	return mainTable(c.Find(vpcKind, table.Text("vpcId"))) == table.ID
}

var findInternetGateways = search{
	kind:   internetGatewayKind,
	inputs: map[string]string{"internetGatewayId": "internet-gateway-id"},
	filters: func(c *simulator.Call, g *simulator.Object) map[string][]string {
		return map[string][]string{
			"internet-gateway-id": {g.ID}, "attachment.vpc-id": {g.Text("vpcId")}, "owner-id": {c.Account},
			"attachment.state": {"available"},
		}
	},
}

var findNATGateways = search{
	kind:   natGatewayKind,
	inputs: map[string]string{"id": "nat-gateway-id", "subnetId": "subnet-id", "vpcId": "vpc-id", "state": "state"},
	filters: func(_ *simulator.Call, g *simulator.Object) map[string][]string {
		vpc := ""
		if network := networkOf(g); network != nil {
			vpc = network.ID
		}
		return map[string][]string{
			"nat-gateway-id": {g.ID}, "subnet-id": {g.Text("subnetId")}, "vpc-id": {vpc}, "state": {"available"},
		}
	},
}

var findAddresses = search{
	kind:   eipKind,
	inputs: map[string]string{"id": "allocation-id", "publicIp": "public-ip"},
	filters: func(_ *simulator.Call, a *simulator.Object) map[string][]string {
		return map[string][]string{"allocation-id": {a.ID}, "public-ip": {a.Text("publicIp")}, "domain": {"vpc"}}
	},
}
