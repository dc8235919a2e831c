// Package network builds a production network on AWS: a VPC across zones with public, private and data subnets, a
// NAT gateway per zone, private endpoints, flow logs, and everything closed that AWS leaves open.
//
// With no arguments it spans three zones and can lose any one of them. Adding a zone at any place adds that zone's
// resources and replaces none: every child is named, and every subnet placed, by its zone's letter.
package network

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Network"

// Network is a VPC with its subnets, routes, endpoints and flow logs. Lists that have one element per zone are in the
// order of Zones.
type Network struct {
	pulumi.ResourceState

	// Zones are the names of the zones spanned, in alphabetical order. Plain, so that a program can loop over them.
	Zones []string `pulumi:"zones"`
	// VpcID is the id of the VPC.
	VpcID pulumi.StringOutput `pulumi:"vpcId"`
	// CIDR is the IPv4 block of the VPC.
	CIDR pulumi.StringOutput `pulumi:"cidr"`
	// IPv6CIDR is the IPv6 /56 of the VPC; empty without IPv6.
	IPv6CIDR pulumi.StringOutput `pulumi:"ipv6Cidr"`
	// PublicSubnetIDs are the subnets that face the internet, one per zone.
	PublicSubnetIDs pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	// PrivateSubnetIDs are the subnets for workloads, one per zone. What uses one is created after its way out, so that
	// an instance can reach the internet from its first second.
	PrivateSubnetIDs pulumi.StringArrayOutput `pulumi:"privateSubnetIds"`
	// DataSubnetIDs are the subnets for databases and caches, one per zone.
	DataSubnetIDs pulumi.StringArrayOutput `pulumi:"dataSubnetIds"`
	// PublicRouteTableID is the route table that the public subnets share.
	PublicRouteTableID pulumi.StringOutput `pulumi:"publicRouteTableId"`
	// PrivateRouteTableIDs are the route tables of the private subnets, one per zone.
	PrivateRouteTableIDs pulumi.StringArrayOutput `pulumi:"privateRouteTableIds"`
	// DataRouteTableID is the route table that the data subnets share.
	DataRouteTableID pulumi.StringOutput `pulumi:"dataRouteTableId"`
	// NATPublicIPs are the addresses that private subnets' traffic comes from, one per NAT gateway.
	NATPublicIPs pulumi.StringArrayOutput `pulumi:"natPublicIps"`
	// NATGatewayIDs are the NAT gateways, by the letters of their zones.
	NATGatewayIDs pulumi.StringMapOutput `pulumi:"natGatewayIds"`
	// EndpointSecurityGroupID is the security group of the private endpoints; empty without any.
	EndpointSecurityGroupID pulumi.StringOutput `pulumi:"endpointSecurityGroupId"`
	// FlowLogGroupName is the CloudWatch log group of the flow logs; empty when they are off.
	FlowLogGroupName pulumi.StringOutput `pulumi:"flowLogGroupName"`

	subnetIDs map[spec.Tier]map[string]pulumi.StringInput
}

// SubnetIDs returns the subnets of a tier by the names of their zones. While a zone is added, a preview does not know the
// lists above as a whole; here it knows all but the new subnet.
func (n *Network) SubnetIDs(tier spec.Tier) map[string]pulumi.StringInput { return n.subnetIDs[tier] }

// New creates a network. A nil args means the defaults. It fails before it registers anything if args are not valid,
// with every problem in one error, and before it creates any child if the region lacks the zones asked for.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Network, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("network %q is not valid:\n%w", name, err)
	}
	network := &Network{}
	if err := ctx.RegisterComponentResource(Token, name, network, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: network, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), network: network,
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("network %q: %w", name, err)
	}
	return network, ctx.RegisterResourceOutputs(network, network.outputs())
}

// outputs maps the fields of the network to the names in their tags.
func (n *Network) outputs() pulumi.Map {
	return pulumi.Map{
		"zones":                   pulumi.ToStringArray(n.Zones),
		"vpcId":                   n.VpcID,
		"cidr":                    n.CIDR,
		"ipv6Cidr":                n.IPv6CIDR,
		"publicSubnetIds":         n.PublicSubnetIDs,
		"privateSubnetIds":        n.PrivateSubnetIDs,
		"dataSubnetIds":           n.DataSubnetIDs,
		"publicRouteTableId":      n.PublicRouteTableID,
		"privateRouteTableIds":    n.PrivateRouteTableIDs,
		"dataRouteTableId":        n.DataRouteTableID,
		"natPublicIps":            n.NATPublicIPs,
		"natGatewayIds":           n.NATGatewayIDs,
		"endpointSecurityGroupId": n.EndpointSecurityGroupID,
		"flowLogGroupName":        n.FlowLogGroupName,
	}
}

// builder creates the children of one network. Each of its steps is one file of this package; a step reads what the
// steps before it have set.
type builder struct {
	family.Family
	args    Args // with defaults
	network *Network

	zones   []zone
	vpc     *ec2.Vpc
	cidr    pulumi.StringPtrInput // the VPC's block; known before the VPC exists, unless IPAM chooses it
	subnets map[spec.Tier][]*subnet
	routing routing
}

func (b *builder) build() error {
	for _, step := range []func() error{
		b.chooseZones, b.createVPC, b.closeDefaults, b.createSubnets, b.createACLs,
		b.createRouting, b.createEndpoints, b.createFlowLogs,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	b.network.PublicSubnetIDs = readyIDs(b.subnets[spec.Public])
	b.network.PrivateSubnetIDs = readyIDs(b.subnets[spec.Private])
	b.network.DataSubnetIDs = readyIDs(b.subnets[spec.Data])
	b.network.subnetIDs = map[spec.Tier]map[string]pulumi.StringInput{}
	for tier, subnets := range b.subnets {
		b.network.subnetIDs[tier] = map[string]pulumi.StringInput{}
		for _, s := range subnets {
			b.network.subnetIDs[tier][s.zone.name] = s.readyID()
		}
	}
	return nil
}

func (b *builder) createVPC() error {
	args := &ec2.VpcArgs{
		EnableDnsSupport:   pulumi.Bool(true),
		EnableDnsHostnames: pulumi.Bool(true), // private endpoints need both
		Tags:               b.TagInput(),
	}
	if b.args.IPAMPoolID != nil {
		args.Ipv4IpamPoolId = b.args.IPAMPoolID
		args.Ipv4NetmaskLength = pulumi.Int(b.args.IPAMNetmask)
	} else {
		args.CidrBlock = pulumi.String(b.args.CIDR)
	}
	if b.args.IPv6 {
		args.AssignGeneratedIpv6CidrBlock = pulumi.Bool(true)
	}
	vpc, err := ec2.NewVpc(b.Ctx, b.Child("vpc"), args, b.Options()...)
	if err != nil {
		return err
	}
	b.vpc, b.cidr = vpc, pulumi.String(b.args.CIDR)
	if b.args.IPAMPoolID != nil {
		b.cidr = vpc.CidrBlock
	}
	b.network.VpcID = vpc.ID().ToStringOutput()
	b.network.CIDR = vpc.CidrBlock
	b.network.IPv6CIDR = pulumi.String("").ToStringOutput()
	if b.args.IPv6 {
		b.network.IPv6CIDR = vpc.Ipv6CidrBlock
	}
	return nil
}

// tagsWith adds more tags of the user's to a resource's.
func (b *builder) tagsWith(more map[string]string, parts ...string) pulumi.StringMap {
	return pulumi.ToStringMap(naming.Merge(b.Tags, more, map[string]string{"Name": b.TagMap(parts...)["Name"]}))
}
