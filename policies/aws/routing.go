package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// routing is what tells which subnets of a stack are public. Subnets without an association of their own, which use the
// main route table, are not looked into.
type routing struct {
	Subnets      policy.Resources[struct{}]    `pulumi:"aws:ec2/subnet:Subnet"`
	Associations policy.Resources[association] `pulumi:"aws:ec2/routeTableAssociation:RouteTableAssociation"`
	Tables       policy.Resources[routeTable]  `pulumi:"aws:ec2/routeTable:RouteTable"`
	Routes       policy.Resources[route]       `pulumi:"aws:ec2/route:Route"`
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
	opens func(table *policy.Node) bool // leads to one
}

func (r routing) publicSubnets() publicSubnets {
	tables := map[*policy.Node]routeTable{}
	for _, table := range r.Tables.Get() {
		tables[table.Node] = table.Props
	}
	return publicSubnets{r, policy.Memo(func(table *policy.Node) bool { return r.leadOut(table, tables[table].Routes) })}
}

// leadOut reports whether one of the table's routes, in it or of its own, leads to an internet gateway.
func (r routing) leadOut(table *policy.Node, inline policy.List[inlineRoute]) bool {
	return policy.AnyOf(
		func() bool {
			return inline.Any(func(r inlineRoute) bool { return opensRoute(table, "routes", r.Gateway, r.IPv4, r.IPv6) })
		},
		func() bool {
			return r.Routes.AnyReferring("routeTableId", table, func(r policy.Resource[route]) bool {
				return opensRoute(r.Node, "gatewayId", r.Props.Gateway, r.Props.IPv4, r.Props.IPv6)
			})
		},
	)
}

// anyOf reports whether one of the stack's subnets that the property names is public.
func (p publicSubnets) anyOf(n *policy.Node, property string) bool {
	return p.Subnets.AnyReferredBy(n, property, func(subnet policy.Resource[struct{}]) bool {
		return p.Associations.AnyReferring("subnetId", subnet.Node, func(a policy.Resource[association]) bool {
			return p.Tables.AnyReferredBy(a.Node, "routeTableId", func(table policy.Resource[routeTable]) bool {
				return p.opens(table.Node)
			})
		})
	})
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
