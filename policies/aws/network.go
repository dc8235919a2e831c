package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// nodesOf are the resources of the type in the stack that the property's value comes from.
func nodesOf(n *policy.Node, property, token string) []*policy.Node {
	var found []*policy.Node
	for _, source := range n.PropertyDependencies(property) {
		if source.Type() == token {
			found = append(found, source)
		}
	}
	return found
}

// fromAnywhere reports whether nothing is known of where the property's value comes from.
func fromAnywhere(n *policy.Node, property string) bool {
	return len(n.PropertyDependencies(property)) == 0
}

// given reports whether the program sets a property that AWS tells of in any case: as an output, it is empty where it is
// not set, and not known yet in a preview.
func given[T comparable](n *policy.Node, property string, value policy.Value[T]) bool {
	var empty T
	return !fromAnywhere(n, property) || value.Or(empty) != empty
}

// anyNode reports whether f holds for one of the resources. What is not known of one does not hide another.
func anyNode(nodes []*policy.Node, f func(*policy.Node) bool) bool {
	checks := make([]func() bool, len(nodes))
	for i, n := range nodes {
		checks[i] = func() bool { return f(n) }
	}
	return policy.AnyOf(checks...)
}

// byURN finds resources by their URNs.
func byURN[T any](resources policy.Resources[T]) map[string]policy.Resource[T] {
	index := make(map[string]policy.Resource[T], resources.Len())
	for _, r := range resources.Get() {
		index[r.URN()] = r
	}
	return index
}

// firstOf is the URN that is first of those of the resources, whose own order is another in every run; or "".
func firstOf[T any](resources policy.Resources[T]) string {
	first := ""
	for _, r := range resources.Get() {
		if first == "" || r.URN() < first {
			first = r.URN()
		}
	}
	return first
}

// routing is what tells which subnets of a stack are public. Subnets without an association of their own, which use the
// main route table, are not looked into.
type routing struct {
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

// publicSubnets tells which subnets have a route to an internet gateway.
type publicSubnets struct {
	routing
	tables map[string]policy.Resource[routeTable]
	known  map[string]bool // of the tables asked for, by URN
}

func (r routing) publicSubnets() *publicSubnets {
	return &publicSubnets{routing: r, tables: byURN(r.Tables), known: map[string]bool{}}
}

// has reports whether a route leads from the subnet to an internet gateway.
func (p *publicSubnets) has(subnet *policy.Node) bool {
	return p.Associations.AnyReferring("subnetId", subnet, func(a policy.Resource[association]) bool {
		if fromAnywhere(a.Node, "routeTableId") {
			a.Props.Table.Get() // is one of the stack's, perhaps
		}
		return anyNode(nodesOf(a.Node, "routeTableId", routeTableType), p.hasTable)
	})
}

// hasTable is asked by every subnet of the table, and looks at its routes once.
func (p *publicSubnets) hasTable(table *policy.Node) bool {
	if public, ok := p.known[table.URN()]; ok {
		return public
	}
	public := policy.AnyOf(
		func() bool {
			return p.tables[table.URN()].Props.Routes.Any(func(r inlineRoute) bool {
				return opensRoute(table, "routes", r.Gateway, r.IPv4, r.IPv6)
			})
		},
		func() bool {
			return p.Routes.AnyReferring("routeTableId", table, func(r policy.Resource[route]) bool {
				return opensRoute(r.Node, "gatewayId", r.Props.Gateway, r.Props.IPv4, r.Props.IPv6)
			})
		},
	)
	p.known[table.URN()] = public
	return public
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
	return len(nodesOf(n, property, internetGatewayType)) > 0
}

// anyPublic reports whether one of the subnets that the list property refers to is public.
func (p *publicSubnets) anyPublic(n *policy.Node, property string, ids policy.List[string]) bool {
	if fromAnywhere(n, property) {
		ids.Get() // are the stack's, perhaps
	}
	return anyNode(nodesOf(n, property, subnetType), p.has)
}

// firewalls is what tells which security groups of a stack let the internet in.
type firewalls struct {
	Groups  policy.Resources[securityGroup]   `pulumi:"aws:ec2/securityGroup:SecurityGroup"`
	Rules   policy.Resources[attachedRule]    `pulumi:"aws:ec2/securityGroupRule:SecurityGroupRule"`
	Ingress policy.Resources[attachedIngress] `pulumi:"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"`
}

type attachedRule struct {
	securityGroupRule
	Group policy.Value[string] `pulumi:"securityGroupId"`
}

type attachedIngress struct {
	ingressRule
	Group policy.Value[string] `pulumi:"securityGroupId"`
}

// openGroups tells which security groups let the internet in, on other ports than those allowed.
type openGroups struct {
	firewalls
	groups  map[string]policy.Resource[securityGroup]
	allowed []int
	known   map[string]bool // of the groups asked for, by URN
}

func (f firewalls) openGroups(allowed ...int) *openGroups {
	return &openGroups{firewalls: f, groups: byURN(f.Groups), allowed: allowed, known: map[string]bool{}}
}

// any reports whether one of the security groups that the list property refers to lets the internet in.
func (o *openGroups) any(n *policy.Node, property string, ids policy.List[string]) bool {
	if fromAnywhere(n, property) {
		ids.Get() // are the stack's, perhaps
	}
	return anyNode(nodesOf(n, property, securityGroupType), o.has)
}

// has is asked by everything that the group is attached to, and looks at its rules once.
func (o *openGroups) has(group *policy.Node) bool {
	if open, ok := o.known[group.URN()]; ok {
		return open
	}
	open := policy.AnyOf(
		func() bool { return o.groups[group.URN()].Props.Ingress.Any(o.opens) },
		func() bool {
			return o.Rules.AnyReferring("securityGroupId", group, func(r policy.Resource[attachedRule]) bool {
				return policy.AllOf(
					func() bool { return r.Props.Type.Get() == "ingress" },
					func() bool { return o.opens(r.Props.inlineIngress) },
				)
			})
		},
		func() bool {
			return o.Ingress.AnyReferring("securityGroupId", group, func(r policy.Resource[attachedIngress]) bool {
				p := r.Props
				return policy.AllOf(
					func() bool {
						return policy.AnyOf(
							func() bool { return coversInternet(p.IPv4CIDR.Get()) },
							func() bool { return coversInternet(p.IPv6CIDR.Get()) },
						)
					},
					func() bool { return !portRange{p.Protocol, p.FromPort, p.ToPort}.within(o.allowed) },
				)
			})
		},
	)
	o.known[group.URN()] = open
	return open
}

// opens reports whether the rule lets the internet in on a port that is not allowed.
func (o *openGroups) opens(i inlineIngress) bool {
	return policy.AllOf(
		func() bool {
			return policy.AnyOf(
				func() bool { return coverInternet(i.IPv4CIDRs) },
				func() bool { return coverInternet(i.IPv6CIDRs) },
			)
		},
		func() bool { return !portRange{i.Protocol, i.FromPort, i.ToPort}.within(o.allowed) },
	)
}

// within reports whether the range is one of the ports and nothing else.
func (p portRange) within(ports []int) bool {
	for _, port := range ports {
		if p.protocol.Get() == "tcp" && p.from.Or(-1) == port && p.to.Or(-1) == port {
			return true
		}
	}
	return false
}

// zonedSubnet is a subnet of which the zone matters.
type zonedSubnet struct {
	Name policy.Value[string] `pulumi:"availabilityZone"`
	ID   policy.Value[string] `pulumi:"availabilityZoneId"`
}

func (s zonedSubnet) zone() policy.Value[string] {
	if s.Name.Present() {
		return s.Name
	}
	return s.ID
}

// zones tells the zones of the stack's subnets, by their URNs.
type zones map[string]policy.Resource[zonedSubnet]

// oneOnly reports whether the subnets that the list property refers to are certainly all in one zone. Of subnets that are not
// in the stack, and of those whose zone AWS chooses, nothing is certain.
func (z zones) oneOnly(n *policy.Node, property string, ids policy.List[string]) bool {
	subnets := nodesOf(n, property, subnetType)
	switch {
	case ids.Known() && ids.Len() == 1:
		return true
	case fromAnywhere(n, property):
		ids.Get() // are the stack's, perhaps
		return false
	case ids.Known() && ids.Len() != len(subnets):
		return false
	}
	return z.same(subnets)
}

// same reports whether all the subnets, of which there must be one at least, are in one zone.
func (z zones) same(subnets []*policy.Node) bool {
	found := map[string]bool{}
	var unknown []policy.Value[string]
	for _, subnet := range subnets {
		zone := z[subnet.URN()].Props.zone()
		switch {
		case !zone.Present():
			return len(subnets) == 1
		case zone.Known():
			found[zone.Get()] = true
		default:
			unknown = append(unknown, zone)
		}
	}
	if len(found) <= 1 && len(subnets) > 1 {
		for _, zone := range unknown {
			zone.Get()
		}
	}
	return len(subnets) > 0 && len(found) <= 1
}
