package aws

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_,vpc_ipv4_cidr_block_association}.go (inputs that force
// replacement, defaults, sizes); the EC2 API's list of error codes; the VPC guide, "VPC CIDR blocks" and quotas.

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

// vpcCIDRs documents which blocks a VPC can have.
const vpcCIDRs = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"

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
			Patient:     true,
			Constraints: []simulator.Constraint{agentEndpoint},
			// A VPC can leave dedicated tenancy but not enter it.
			ReplaceIf: func(_, after resource.PropertyMap) []string {
				if after["instanceTenancy"].IsString() && after["instanceTenancy"].StringValue() == "dedicated" {
					return []string{"instanceTenancy"}
				}
				return nil
			},
			Check:   checkVPC,
			Compute: computeVPC,
			API:     []string{"ec2:CreateVpc", "ec2:ModifyVpcAttribute"},
			Quotas: []simulator.Quota{
				{
					Code: "L-F678F1CE", Source: vpcQuotas, Limit: 5,
					Error: "VpcLimitExceeded: The maximum number of VPCs has been reached.",
				},
				blocksPerVPC(func(c *simulator.Call) string { return c.ID }),
			},
		},
		{
			Token:      "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
			Kind:       vpcCIDRKind,
			Immutable:  []string{"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "vpcId"},
			Rules:      map[string]simulator.Rule{"cidrBlock": vpcBlock},
			References: []simulator.Reference{{Property: "vpcId", To: kinds(vpcKind), OnDelete: simulator.Follow}},
			API:        []string{"ec2:AssociateVpcCidrBlock"},
			Quotas:     []simulator.Quota{blocksPerVPC(ofVPC)},
			Constraints: []simulator.Constraint{
				{
					Origin: simulator.Origin{ID: "aws-vpc-cidr-overlap", Source: vpcCIDRs},
					Stage:  simulator.AtApply,
					Error:  "InvalidVpc.Range: The CIDR '%s' conflicts with another CIDR block of the VPC.",
					Find:   findOverlappingBlock,
				},
				{
					Origin: simulator.Origin{ID: "aws-vpc-cidr-restricted", Source: vpcCIDRs},
					Stage:  simulator.AtApply,
					Error: "InvalidVpc.Range: The CIDR '%s' is restricted. Use a CIDR from the same private address range as " +
						"the current VPC CIDR, or use a publicly-routable CIDR.",
					Find: findForeignRange,
				},
				{
					Origin: simulator.Origin{ID: "aws-vpc-cidr-in-use", Source: vpcCIDRs},
					Stage:  simulator.AtDelete,
					Error:  "InvalidCidrBlock.InUse: The vpc %s currently has a subnet within CIDR block %s",
					Find:   findSubnetInBlock,
				},
			},
		},
	}
}

// inVPC is the reference of what lies in a VPC, which holds it.
func inVPC() simulator.Reference {
	return simulator.Reference{
		Origin:   simulator.Origin{ID: "aws-vpc-in-use", Source: ec2Errors},
		Property: "vpcId", To: kinds(vpcKind),
	}
}

// ofVPC gives every VPC a quota of its own.
func ofVPC(c *simulator.Call) string { return c.Text("vpcId") }

// blocksPerVPC limits the IPv4 blocks of a VPC, the first included.
func blocksPerVPC(vpc func(*simulator.Call) string) simulator.Quota {
	return simulator.Quota{
		Code: "L-83CA0A9D", Source: vpcQuotas, Limit: 5, Per: vpc,
		Error: "CidrLimitExceeded: This network has met its maximum number of allowed CIDRs: %d",
	}
}

func findOverlappingBlock(c *simulator.Call, broken func(path string, args ...any)) {
	for _, taken := range vpcBlocks(c.Find(vpcKind, c.Text("vpcId"))) {
		if overlap(taken, c.Text("cidrBlock")) {
			broken("cidrBlock", c.Text("cidrBlock"))
			return
		}
	}
}

// privateRanges are those of RFC 1918. A VPC can have blocks of one of them only.
var privateRanges = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}

func findForeignRange(c *simulator.Call, broken func(path string, args ...any)) {
	first, further := c.Find(vpcKind, c.Text("vpcId")).Text("cidrBlock"), c.Text("cidrBlock")
	for _, private := range privateRanges {
		isPrivate := inside(first, privateRanges) && inside(further, privateRanges)
		if isPrivate && inside(first, []string{private}) != inside(further, []string{private}) {
			broken("cidrBlock", further)
			return
		}
	}
}

func findSubnetInBlock(c *simulator.Call, broken func(path string, args ...any)) {
	vpc, block := c.Old.Target(vpcKind), c.Old.Text("cidrBlock")
	for _, subnet := range vpc.Users(subnetKind) {
		if inside(subnet.Text("cidrBlock"), []string{block}) {
			broken("", vpc.Identity(), block)
			return
		}
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
	c.Set("ownerId", c.Account)
	c.SetNew("dhcpOptionsId", dhcpOptions(c))
	c.SetNew("enableDnsHostnames", false)
	c.SetNew("enableNetworkAddressUsageMetrics", false)
	ids := furnish(c, c.ID, func(kind *simulator.Kind, outputs map[string]any) *simulator.Object {
		return c.Bring(kind, resource.NewPropertyMapFromMap(outputs))
	})
	for name, id := range ids {
		c.SetNew(name, id)
	}
	computeVPCIPv6(c)
}

// dhcpOptions returns the id of the region's own set of DHCP options.
func dhcpOptions(c *simulator.Call) string { return "dopt-" + c.Fixed("dhcp-options", idDigits) }

// furnish makes what every VPC has, and returns the outputs that name it.
func furnish(
	c *simulator.Call, vpc string, bring func(*simulator.Kind, map[string]any) *simulator.Object,
) map[string]any {
	belongs := func(kind *simulator.Kind, more map[string]any) string {
		more["vpcId"], more["ownerId"] = vpc, c.Account
		return bring(kind, more).ID
	}
	routes := belongs(routeTableKind, map[string]any{})
	return map[string]any{
		"mainRouteTableId":    routes,
		"defaultRouteTableId": routes,
		"defaultNetworkAclId": belongs(networkACLKind, map[string]any{}),
		"defaultSecurityGroupId": belongs(securityGroupKind, map[string]any{
			"name": "default", "description": "default VPC security group",
		}),
	}
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
