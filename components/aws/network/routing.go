package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Where a default route leads to.
const (
	anywhere   = "0.0.0.0/0"
	anywhereV6 = "::/0"
)

// routing is what the routing step creates and later steps use.
type routing struct {
	internet      *ec2.InternetGateway
	privateTables []*ec2.RouteTable // one per zone
}

// createRouting gives public subnets a route to the internet, private subnets a way out of it through NAT, and data
// subnets neither. Private subnets have a route table per zone whatever the NAT mode, so that changing the mode
// changes routes and nothing else.
func (b *builder) createRouting() error {
	internet, err := ec2.NewInternetGateway(b.Ctx, b.Child("internet"), &ec2.InternetGatewayArgs{
		VpcId: b.vpc.ID(),
		Tags:  b.TagInput("internet"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.routing.internet = internet
	for _, step := range []func() error{b.routePublic, b.routeData, b.routePrivate} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) routePublic() error {
	table, err := b.createTable("public")
	if err != nil {
		return err
	}
	b.network.PublicRouteTableID = table.ID().ToStringOutput()
	route, err := b.createRoute("public-default", &ec2.RouteArgs{
		RouteTableId:         table.ID(),
		DestinationCidrBlock: pulumi.String(anywhere),
		GatewayId:            b.routing.internet.ID(),
	})
	if err != nil {
		return err
	}
	routes := []pulumi.Resource{route}
	if b.args.IPv6 {
		routeV6, err := b.createRoute("public-default-ipv6", &ec2.RouteArgs{
			RouteTableId:             table.ID(),
			DestinationIpv6CidrBlock: pulumi.String(anywhereV6),
			GatewayId:                b.routing.internet.ID(),
		})
		if err != nil {
			return err
		}
		routes = append(routes, routeV6)
	}
	for _, s := range b.subnets[spec.Public] {
		if err := b.associate(spec.Public, s, table); err != nil {
			return err
		}
		s.after = append(s.after, routes...)
	}
	return nil
}

func (b *builder) routeData() error {
	table, err := b.createTable("data")
	if err != nil {
		return err
	}
	b.network.DataRouteTableID = table.ID().ToStringOutput()
	for _, s := range b.subnets[spec.Data] {
		if err := b.associate(spec.Data, s, table); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) routePrivate() error {
	gateways, err := b.createNAT()
	if err != nil {
		return err
	}
	var egress *ec2.EgressOnlyInternetGateway
	if b.args.IPv6 {
		egress, err = ec2.NewEgressOnlyInternetGateway(b.Ctx, b.Child("egress"), &ec2.EgressOnlyInternetGatewayArgs{
			VpcId: b.vpc.ID(),
			Tags:  b.TagInput("egress"),
		}, b.Options()...)
		if err != nil {
			return err
		}
	}
	var ids []pulumi.StringOutput
	for _, s := range b.subnets[spec.Private] {
		table, err := b.createTable("private", s.zone.letter)
		if err != nil {
			return err
		}
		if err := b.associate(spec.Private, s, table); err != nil {
			return err
		}
		if err := b.routeOut(s, table, gateways[s.zone], egress); err != nil {
			return err
		}
		b.routing.privateTables = append(b.routing.privateTables, table)
		ids = append(ids, table.ID().ToStringOutput())
	}
	b.network.PrivateRouteTableIDs = pulumi.ToStringArrayOutput(ids)
	return nil
}

// routeOut gives a private subnet its routes to the internet; either gateway may be nil.
func (b *builder) routeOut(s *subnet, table *ec2.RouteTable, nat *ec2.NatGateway, egress *ec2.EgressOnlyInternetGateway) error {
	if nat != nil {
		route, err := b.createRoute("private-default-"+s.zone.letter, &ec2.RouteArgs{
			RouteTableId:         table.ID(),
			DestinationCidrBlock: pulumi.String(anywhere),
			NatGatewayId:         nat.ID(),
		})
		if err != nil {
			return err
		}
		s.after = append(s.after, route)
	}
	if egress != nil {
		route, err := b.createRoute("private-default-ipv6-"+s.zone.letter, &ec2.RouteArgs{
			RouteTableId:             table.ID(),
			DestinationIpv6CidrBlock: pulumi.String(anywhereV6),
			EgressOnlyGatewayId:      egress.ID(),
		})
		if err != nil {
			return err
		}
		s.after = append(s.after, route)
	}
	return nil
}

// createNAT returns the gateway that each zone's private subnet uses: its own, the one that all share, or none.
func (b *builder) createNAT() (map[zone]*ec2.NatGateway, error) {
	gateways := map[zone]*ec2.NatGateway{}
	var addresses []pulumi.StringOutput
	ids := pulumi.StringMap{}
	for i, public := range b.subnets[spec.Public] {
		if b.args.NAT == spec.NATNone {
			break
		}
		if b.args.NAT == spec.NATOne && i > 0 {
			gateways[public.zone] = gateways[b.zones[0]]
			continue
		}
		gateway, address, err := b.createGateway(public)
		if err != nil {
			return nil, err
		}
		gateways[public.zone] = gateway
		addresses = append(addresses, address.PublicIp)
		ids[public.zone.letter] = gateway.ID().ToStringOutput()
	}
	b.network.NATGatewayIDs = ids.ToStringMapOutput()
	b.network.NATPublicIPs = pulumi.ToStringArrayOutput(addresses)
	return gateways, nil
}

func (b *builder) createGateway(public *subnet) (*ec2.NatGateway, *ec2.Eip, error) {
	letter := public.zone.letter
	// AWS refuses to detach the internet gateway while the VPC has public addresses, and a NAT gateway fails in a
	// subnet whose VPC has none: so both come after it, and go before it.
	address, err := ec2.NewEip(b.Ctx, b.Child("nat", letter), &ec2.EipArgs{
		Domain: pulumi.String("vpc"),
		Tags:   b.TagInput("nat", letter),
	}, b.Options(pulumi.DependsOn([]pulumi.Resource{b.routing.internet}))...)
	if err != nil {
		return nil, nil, err
	}
	needs := append([]pulumi.Resource{b.routing.internet}, public.after...)
	gateway, err := ec2.NewNatGateway(b.Ctx, b.Child("nat", letter), &ec2.NatGatewayArgs{
		AllocationId: address.AllocationId,
		SubnetId:     public.ID(),
		Tags:         b.TagInput("nat", letter),
	}, b.Options(pulumi.DependsOn(needs))...)
	return gateway, address, err
}

func (b *builder) createTable(parts ...string) (*ec2.RouteTable, error) {
	return ec2.NewRouteTable(b.Ctx, b.Child(parts...), &ec2.RouteTableArgs{
		VpcId: b.vpc.ID(),
		Tags:  b.TagInput(parts...),
	}, b.Options()...)
}

func (b *builder) createRoute(name string, args *ec2.RouteArgs) (*ec2.Route, error) {
	return ec2.NewRoute(b.Ctx, b.Child(name), args, b.Options()...)
}

func (b *builder) associate(tier spec.Tier, s *subnet, table *ec2.RouteTable) error {
	association, err := ec2.NewRouteTableAssociation(b.Ctx, b.Child(string(tier), s.zone.letter), &ec2.RouteTableAssociationArgs{
		SubnetId:     s.ID(),
		RouteTableId: table.ID(),
	}, b.Options()...)
	s.after = append(s.after, association)
	return err
}
