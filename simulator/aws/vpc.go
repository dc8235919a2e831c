package aws

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/vpc_.go (inputs that
// force replacement, defaults, sizes); the EC2 API's list of error codes.

var vpcKind = &simulator.Kind{
	Noun:     "EC2 VPC",
	IDPrefix: "vpc-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:vpc/{id}",
	NotFound: "InvalidVpcID.NotFound: The vpc ID '%s' does not exist",
	InUse:    "DependencyViolation: The vpc '%s' has dependencies and cannot be deleted.",
}

// vpcCIDRKind is a further CIDR block of a VPC.
var vpcCIDRKind = &simulator.Kind{
	Noun:     "EC2 VPC CIDR Block Association",
	IDPrefix: "vpc-cidr-assoc-",
	NotFound: "InvalidVpcCidrBlockAssociationID.NotFound: The vpc CIDR block association ID '%s' does not exist",
}

// vpcBlock allows what a VPC can have.
var vpcBlock = network(false, 16, 28, "InvalidVpc.Range")

func vpcTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:ec2/vpc:Vpc",
			Kind:      vpcKind,
			Defaults:  map[string]any{"enableDnsSupport": true, "instanceTenancy": "default"},
			Immutable: []string{"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"},
			Rules: map[string]simulator.Rule{
				"cidrBlock":         vpcBlock,
				"ipv4NetmaskLength": simulator.Between(16, 28),
				"ipv6CidrBlock":     network(true, 56, 56, "InvalidVpc.Range"),
				"instanceTenancy":   simulator.OneOf("default", "dedicated"),
			},
			AtMostOne: [][]string{
				{"cidrBlock", "ipv4NetmaskLength"},
				{"assignGeneratedIpv6CidrBlock", "ipv6IpamPoolId"},
				{"assignGeneratedIpv6CidrBlock", "ipv6CidrBlock"},
			},
			Patient: true,
			// A VPC can leave dedicated tenancy but not enter it.
			ReplaceIf: func(_, after resource.PropertyMap) []string {
				if after["instanceTenancy"].IsString() && after["instanceTenancy"].StringValue() == "dedicated" {
					return []string{"instanceTenancy"}
				}
				return nil
			},
			Check:   checkVPC,
			Compute: computeVPC,
		},
		{
			Token:      "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
			Kind:       vpcCIDRKind,
			Immutable:  []string{"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "vpcId"},
			Rules:      map[string]simulator.Rule{"cidrBlock": vpcBlock},
			References: []simulator.Reference{{Property: "vpcId", To: kinds(vpcKind), OnDelete: simulator.Follow}},
			Allow: func(c *simulator.Call) {
				for _, taken := range vpcBlocks(c.Find(vpcKind, c.Text("vpcId"))) {
					if overlap(taken, c.Text("cidrBlock")) {
						c.Fail("cidrBlock", "InvalidVpc.Range: The CIDR '%s' conflicts with another CIDR block of the VPC.",
							c.Text("cidrBlock"))
						return
					}
				}
			},
			Release: func(c *simulator.Call) {
				for _, subnet := range c.Old.Target(vpcKind).Users(subnetKind) {
					if inside(subnet.Text("cidrBlock"), []string{c.Old.Text("cidrBlock")}) {
						c.Fail("", "InvalidCidrBlock.InUse: The vpc CIDR block with association ID %s has a subnet in it: %s",
							c.Old.ID, subnet.ID)
					}
				}
			},
		},
	}
}

func kinds(list ...*simulator.Kind) []*simulator.Kind { return list }

func checkVPC(c *simulator.Call) {
	if !c.Given("cidrBlock") && !c.Given("ipv4IpamPoolId") {
		c.Fail("cidrBlock", "MissingParameter: Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.")
	}
	if c.Given("ipv6CidrBlock") && !c.Given("ipv6IpamPoolId") {
		c.Fail("ipv6CidrBlock", "needs ipv6IpamPoolId as well")
	}
}

func computeVPC(c *simulator.Call) {
	vpc := c.ID
	c.Set("ownerId", c.Account)
	c.SetNew("dhcpOptionsId", "dopt-"+c.Fixed("dhcp-options", idDigits))
	c.SetNew("enableDnsHostnames", false)
	c.SetNew("enableNetworkAddressUsageMetrics", false)
	belongs := func(more map[string]any) resource.PropertyMap {
		more["vpcId"], more["ownerId"] = vpc, c.Account
		return resource.NewPropertyMapFromMap(more)
	}
	routes := c.Bring(routeTableKind, belongs(map[string]any{}))
	acl := c.Bring(networkACLKind, belongs(map[string]any{}))
	group := c.Bring(securityGroupKind, belongs(map[string]any{
		"name": "default", "description": "default VPC security group",
	}))
	c.Set("mainRouteTableId", routes.ID)
	c.Set("defaultRouteTableId", routes.ID)
	c.Set("defaultNetworkAclId", acl.ID)
	c.Set("defaultSecurityGroupId", group.ID)
	computeVPCIPv6(c)
}

func computeVPCIPv6(c *simulator.Call) {
	switch {
	case c.Flag("assignGeneratedIpv6CidrBlock"):
		digits := c.Hex("ipv6", 6)
		c.Set("ipv6CidrBlock", fmt.Sprintf("2001:db8:%s:%s00::/56", digits[:4], digits[4:]))
		c.SetNew("ipv6CidrBlockNetworkBorderGroup", c.Region)
		c.Set("ipv6AssociationId", "vpc-cidr-assoc-"+c.Hex("ipv6-association", idDigits))
	case c.Given("ipv6CidrBlock"):
		c.Set("ipv6AssociationId", "vpc-cidr-assoc-"+c.Hex("ipv6-association", idDigits))
		c.SetNew("ipv6CidrBlockNetworkBorderGroup", c.Region)
	default:
		for _, name := range []string{"ipv6CidrBlock", "ipv6AssociationId", "ipv6CidrBlockNetworkBorderGroup"} {
			c.Set(name, "")
		}
	}
}

// idDigits is the number of hexadecimal digits in the ids that EC2 makes up.
const idDigits = 17

// vpcBlocks returns all IPv4 CIDR blocks of a VPC.
func vpcBlocks(vpc *simulator.Object) []string {
	if vpc == nil {
		return nil
	}
	blocks := []string{vpc.Text("cidrBlock")}
	for _, further := range vpc.Users(vpcCIDRKind) {
		blocks = append(blocks, further.Text("cidrBlock"))
	}
	return blocks
}
