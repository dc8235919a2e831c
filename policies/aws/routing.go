package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// routing is what tells which subnets of a stack are public. A subnet without an association of its own uses the main
// route table of its VPC: the one that is associated as such, or else the one that AWS made with the VPC, which a
// DefaultRouteTable takes over (Amazon VPC User Guide, "Subnet route tables").
type routing struct {
	VPCs           policy.Resources[anyVPC]          `pulumi:"aws:ec2/vpc:Vpc,aws:ec2/defaultVpc:DefaultVpc"`
	Subnets        policy.Resources[inVPC]           `pulumi:"aws:ec2/subnet:Subnet"`
	DefaultSubnets policy.Resources[struct{}]        `pulumi:"aws:ec2/defaultSubnet:DefaultSubnet"`
	Associations   policy.Resources[association]     `pulumi:"aws:ec2/routeTableAssociation:RouteTableAssociation"`
	Mains          policy.Resources[mainAssociation] `pulumi:"aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"`
	Defaults       policy.Resources[defaultTable]    `pulumi:"aws:ec2/defaultRouteTable:DefaultRouteTable"`
	Tables         policy.Resources[routeTable]      `pulumi:"aws:ec2/routeTable:RouteTable,aws:ec2/defaultRouteTable:DefaultRouteTable"`
	Routes         policy.Resources[route]           `pulumi:"aws:ec2/route:Route"`
}

type inVPC struct {
	VPC policy.Value[string] `pulumi:"vpcId"`
}

type mainAssociation struct {
	VPC   policy.Value[string] `pulumi:"vpcId"`
	Table policy.Value[string] `pulumi:"routeTableId"`
}

type defaultTable struct {
	ID policy.Value[string] `pulumi:"defaultRouteTableId"`
}

type association struct {
	Subnet policy.Value[string] `pulumi:"subnetId"`
	Table  policy.Value[string] `pulumi:"routeTableId"`
}

type routeTable struct {
	Routes policy.List[inlineRoute] `pulumi:"routes"`
}

type inlineRoute struct {
	IPv4    policy.Value[string] `pulumi:"cidrBlock"`
	IPv6    policy.Value[string] `pulumi:"ipv6CidrBlock"`
	Gateway policy.Value[string] `pulumi:"gatewayId"`
	NAT     policy.Value[string] `pulumi:"natGatewayId"`
}

type route struct {
	Table   policy.Value[string] `pulumi:"routeTableId"`
	IPv4    policy.Value[string] `pulumi:"destinationCidrBlock"`
	IPv6    policy.Value[string] `pulumi:"destinationIpv6CidrBlock"`
	Gateway policy.Value[string] `pulumi:"gatewayId"`
	NAT     policy.Value[string] `pulumi:"natGatewayId"`
}

// publicSubnets tell which subnets have a route to an internet gateway.
type publicSubnets struct {
	routing
	opens  func(table *policy.Node) bool  // leads to one
	main   func(vpc *policy.Node) bool    // has a main route table that does
	public func(subnet *policy.Node) bool // uses a route table that does
}

func (r routing) publicSubnets() publicSubnets {
	tables := map[*policy.Node]routeTable{}
	for _, table := range r.Tables.Get() {
		tables[table.Node] = table.Props
	}
	p := publicSubnets{routing: r} // each of what follows asks those before it
	p.opens = policy.Memo(func(table *policy.Node) bool { return r.leadOut(table, tables[table].Routes) })
	p.main = policy.Memo(p.mainLeadsOut)
	p.public = policy.Memo(p.leadsOut)
	return p
}

// leadOut reports whether one of the table's routes, in it or of its own, leads to an internet gateway.
func (r routing) leadOut(table *policy.Node, inline policy.List[inlineRoute]) bool {
	return policy.AnyOf(
		func() bool {
			return inline.Any(func(r inlineRoute) bool { return opensRoute(table, "routes", r.Gateway, r.IPv4, r.IPv6) })
		},
		func() bool {
			return r.Routes.AnyReferring("routeTableId", table, opensOfItsOwn)
		},
	)
}

// anyOf reports whether one of the stack's subnets that the property names is public.
func (p publicSubnets) anyOf(n *policy.Node, property string) bool {
	return policy.AnyOf(
		func() bool {
			return p.Subnets.AnyReferredBy(n, property, func(s policy.Resource[inVPC]) bool { return p.public(s.Node) })
		},
		func() bool {
			return p.DefaultSubnets.AnyReferredBy(n, property, func(s policy.Resource[struct{}]) bool { return p.public(s.Node) })
		},
	)
}

// leadsOut reports whether the route table that the subnet is associated with, or else its VPC's main one, does.
func (p publicSubnets) leadsOut(subnet *policy.Node) bool {
	return policy.AnyOf(
		func() bool {
			return p.Associations.AnyReferring("subnetId", subnet, func(a policy.Resource[association]) bool { return p.by(a.Node) })
		},
		func() bool {
			return policy.AllOf(
				func() bool { return !p.Associations.AnyReferring("subnetId", subnet, nil) },
				func() bool { return p.mainOf(subnet) },
			)
		},
	)
}

// by reports whether the route table that an association names leads out.
func (p publicSubnets) by(association *policy.Node) bool {
	return p.Tables.AnyReferredBy(association, "routeTableId", func(table policy.Resource[routeTable]) bool {
		return p.opens(table.Node)
	})
}

// mainOf reports whether the main route table of the subnet's VPC leads out. A default subnet is in the default VPC,
// whether or not that is in the stack.
func (p publicSubnets) mainOf(subnet *policy.Node) bool {
	if subnet.Type() == defaultSubnetType {
		return p.defaultVPC()
	}
	return p.VPCs.AnyReferredBy(subnet, "vpcId", func(vpc policy.Resource[anyVPC]) bool { return p.main(vpc.Node) })
}

// defaultVPC reports whether the main route table of the default VPC leads out: as it does unless the stack has it and
// changes that.
func (p publicSubnets) defaultVPC() bool {
	taken := func(vpc policy.Resource[anyVPC]) bool { return vpc.Type() == defaultVPCType }
	return policy.AnyOf(
		func() bool { return !p.VPCs.Any(taken) },
		func() bool {
			return p.VPCs.Any(func(vpc policy.Resource[anyVPC]) bool { return taken(vpc) && p.main(vpc.Node) })
		},
	)
}

// mainLeadsOut reports whether the main route table of the VPC leads out. As AWS makes it, that of the default VPC does,
// and no other (Amazon VPC User Guide, "Default VPCs").
func (p publicSubnets) mainLeadsOut(vpc *policy.Node) bool {
	return policy.AnyOf(
		func() bool {
			return p.Mains.AnyReferring("vpcId", vpc, func(m policy.Resource[mainAssociation]) bool { return p.by(m.Node) })
		},
		func() bool {
			return policy.AllOf(
				func() bool { return !p.Mains.AnyReferring("vpcId", vpc, nil) },
				func() bool { return p.madeLeadsOut(vpc) },
			)
		},
	)
}

// madeLeadsOut reports whether the route table that AWS made with the VPC leads out, with what the stack adds to it.
// DefaultRouteTable takes all routes out of it that it does not have itself.
func (p publicSubnets) madeLeadsOut(vpc *policy.Node) bool {
	return policy.AnyOf(
		func() bool {
			return p.Defaults.AnyReferring("defaultRouteTableId", vpc, func(t policy.Resource[defaultTable]) bool { return p.opens(t.Node) })
		},
		func() bool { return p.Routes.AnyReferring("routeTableId", vpc, opensOfItsOwn) },
		func() bool {
			return vpc.Type() == defaultVPCType && !p.Defaults.AnyReferring("defaultRouteTableId", vpc, nil)
		},
	)
}

// opensOfItsOwn reports whether a route that is a resource of its own leads to the internet.
func opensOfItsOwn(r policy.Resource[route]) bool {
	return opensRoute(r.Node, "gatewayId", r.Props.Gateway, r.Props.IPv4, r.Props.IPv6)
}

// opensRoute reports whether a route, told by the property of n, leads to the internet by an internet gateway.
func opensRoute(n *policy.Node, property string, gateway, ipv4, ipv6 policy.Value[string]) bool {
	return policy.AllOf(
		func() bool { return leadsToGateway(n, property, gateway) },
		func() bool {
			return policy.AnyOf(
				func() bool { return coversInternet(ipv4.Get()) },
				func() bool { return coversInternet(ipv6.Get()) },
			)
		},
	)
}

// leadsToGateway reports whether the id is an internet gateway's: those start with "igw-" (Amazon VPC User Guide,
// "Internet gateways").
func leadsToGateway(n *policy.Node, property string, gateway policy.Value[string]) bool {
	if gateway.Known() || fromAnywhere(n, property) {
		return strings.HasPrefix(gateway.Get(), "igw-")
	}
	return slices.ContainsFunc(n.PropertyDependencies(property), func(source *policy.Node) bool {
		return source.Type() == internetGatewayType
	})
}
