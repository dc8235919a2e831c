package aws

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What is associated with a VPC or an endpoint by a resource of its own. Sources: terraform-provider-aws, internal/
// service/ec2/{vpc_main_route_table_association,vpc_dhcp_options,vpc_dhcp_options_association,
// vpc_endpoint_route_table_association,vpc_endpoint_subnet_association}.go; the EC2 API's list of error codes.

var mainAssociationKind = &simulator.Kind{Noun: "EC2 Main Route Table Association", IDPrefix: "rtbassoc-"}

var dhcpOptionsKind = &simulator.Kind{
	Noun:     "EC2 DHCP Options Set",
	IDPrefix: "dopt-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:dhcp-options/{id}",
	NotFound: "InvalidDhcpOptionID.NotFound: The dhcpOption ID '%s' does not exist",
}

var dhcpAssociationKind = &simulator.Kind{
	Noun: "EC2 DHCP Options Set Association",
	ID:   func(c *simulator.Call) string { return c.Text("dhcpOptionsId") + "-" + c.Text("vpcId") },
}

var (
	endpointTableKind  = endpointAssociation("EC2 VPC Endpoint Route Table Association", "routeTableId")
	endpointSubnetKind = endpointAssociation("EC2 VPC Endpoint Subnet Association", "subnetId")
)

// endpointAssociation is a kind whose ids the provider makes of an endpoint's and a hash of the other's.
func endpointAssociation(noun, with string) *simulator.Kind {
	return &simulator.Kind{Noun: noun, ID: func(c *simulator.Call) string {
		return endpointAssociationID(c.Text("vpcEndpointId"), c.Text(with))
	}}
}

func endpointAssociationID(endpoint, with string) string {
	return fmt.Sprintf("a-%s%d", endpoint, crc32.ChecksumIEEE([]byte(with)))
}

// importAssociation reads vpce-…/rtb-…, as the provider documents it.
func importAssociation(id string) string {
	endpoint, with, ok := strings.Cut(id, "/")
	if !ok {
		return id
	}
	return endpointAssociationID(endpoint, with)
}

var dhcpOptionInputs = []string{
	"domainName", "domainNameServers", "ipv6AddressPreferredLeaseTime", "netbiosNameServers", "netbiosNodeType", "ntpServers",
}

func networkOptionTypes() []*simulator.Type {
	endpoint := simulator.Reference{Property: "vpcEndpointId", To: kinds(endpointKind), OnDelete: simulator.Follow}
	return []*simulator.Type{
		{
			Token:     "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
			Kind:      mainAssociationKind,
			Immutable: []string{"vpcId"},
			References: []simulator.Reference{
				usesTable(), {Property: "vpcId", To: kinds(vpcKind), OnDelete: simulator.Follow},
			},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-main-route-table-same-network", Source: routeTableGuide},
				Stage:  simulator.AtApply,
				Error:  "InvalidParameterValue: route table %s and VPC %s belong to different networks",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if table := c.Find(routeTableKind, c.Text("routeTableId")); table.Text("vpcId") != c.Text("vpcId") {
						broken("routeTableId", c.Text("routeTableId"), c.Text("vpcId"))
					}
				},
			}},
			API: []string{"ec2:ReplaceRouteTableAssociation"},
			Compute: func(c *simulator.Call) {
				c.SetNew("originalRouteTableId", c.Find(vpcKind, c.Text("vpcId")).Text("mainRouteTableId"))
			},
		},
		{
			Token:     "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
			Kind:      dhcpOptionsKind,
			Immutable: dhcpOptionInputs,
			Check: func(c *simulator.Call) {
				if !slices.ContainsFunc(dhcpOptionInputs, c.Given) {
					c.Fail("", "at least one of %s is needed", strings.Join(dhcpOptionInputs, ", "))
				}
			},
			Compute: func(c *simulator.Call) { c.Set("ownerId", c.Account) },
		},
		{
			Token:     "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
			Kind:      dhcpAssociationKind,
			Immutable: []string{"dhcpOptionsId", "vpcId"},
			References: []simulator.Reference{
				// The provider gives the VPCs the default options when it deletes theirs.
				{
					Property: "dhcpOptionsId", To: kinds(dhcpOptionsKind), OnDelete: simulator.Follow,
					Address: func(_ *simulator.Call, id string) (string, bool) { return id, id != "default" },
				},
				{Property: "vpcId", To: kinds(vpcKind), OnDelete: simulator.Follow},
			},
			API: []string{"ec2:AssociateDhcpOptions"},
		},
		{
			Token:     "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
			Kind:      endpointTableKind,
			Immutable: []string{"routeTableId", "vpcEndpointId"},
			References: []simulator.Reference{
				endpoint, {Property: "routeTableId", To: kinds(routeTableKind), OnDelete: simulator.Follow},
			},
			Unique: []simulator.Unique{uniqueRoutes(func(c *simulator.Call) []string {
				if endpoint := c.Find(endpointKind, c.Text("vpcEndpointId")); endpoint != nil {
					return []string{routeKey(c.Text("routeTableId"), endpoint.Text("prefixListId"))}
				}
				return nil
			})},
			Constraints: []simulator.Constraint{endpointHas("aws-endpoint-table-gateway-only", "Gateway", "route tables")},
			Import:      importAssociation,
		},
		{
			Token:       "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
			Kind:        endpointSubnetKind,
			Immutable:   []string{"subnetId", "vpcEndpointId"},
			References:  []simulator.Reference{endpoint, inSubnet("subnetId")},
			Constraints: []simulator.Constraint{oneEndpointSubnetPerZone()},
			Import:      importAssociation,
		},
	}
}

// endpointHas refuses associations that endpoints of other types do not have.
func endpointHas(id, kind, what string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: gatewayEndpoints},
		Stage:  simulator.AtApply,
		Error:  "the VPC endpoint %s is of the type %s, which has no " + what,
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			endpoint := c.Find(endpointKind, c.Text("vpcEndpointId"))
			if has := endpoint.Text("vpcEndpointType"); has != kind {
				broken("vpcEndpointId", c.Text("vpcEndpointId"), has)
			}
		},
	}
}

// oneEndpointSubnetPerZone is the rule for the subnets of an endpoint, its own and those associated.
func oneEndpointSubnetPerZone() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-endpoint-associated-subnet-zone", Source: interfaceEndpoints},
		Stage:  simulator.AtApply,
		Error: "DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of %s. " +
			"VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			endpoint := c.Find(endpointKind, c.Text("vpcEndpointId"))
			taken := stringsOf(endpoint.Output("subnetIds"))
			for _, association := range c.Others(endpoint.Users(endpointSubnetKind)) {
				taken = append(taken, association.Text("subnetId"))
			}
			zone := c.Find(subnetKind, c.Text("subnetId")).Text("availabilityZone")
			for _, id := range taken {
				if subnet := c.Find(subnetKind, id); subnet != nil && subnet.Text("availabilityZone") == zone {
					broken("subnetId", c.Text("subnetId"))
					return
				}
			}
		},
	}
}
