package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2NATGatewayZones follows routes to NAT gateways, and advises against those that serve subnets in other zones. Stacks for
// development, which its setting "stacks" names, are advised otherwise: see EC2NATGatewaysFew.
var EC2NATGatewayZones = policy.Policy{
	ID:       "aws-ec2-nat-gateway-zones",
	Title:    "NAT gateways should serve their own zone.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "When the zone of a NAT gateway fails, all subnets that reach out through it are cut off, in the " +
		"healthy zones as well; and traffic between zones is paid for.",
	Remediation: "Make a NAT gateway in each zone, and a route table for the private subnets of the zone with a " +
		"default route to it.",
	Controls: frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:     []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1b",
		}},
		{Name: "nat", Type: natGatewayType, Properties: props{"subnetId": "${a.id}"}},
		{Name: "private", Type: routeTableType, Properties: props{"vpcId": "vpc-1"}},
		{Name: "out", Type: routeType, Properties: props{
			"routeTableId": "${private.id}", "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "${nat.id}",
		}},
		{Name: "inB", Type: routeTableAssociationType, Properties: props{
			"routeTableId": "${private.id}", "subnetId": "${b.id}",
		}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "nat", Type: natGatewayType, Properties: props{"subnetId": "${a.id}"}},
		{Name: "private", Type: routeTableType, Properties: props{"vpcId": "vpc-1"}},
		{Name: "out", Type: routeType, Properties: props{
			"routeTableId": "${private.id}", "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "${nat.id}",
		}},
		{Name: "inB", Type: routeTableAssociationType, Properties: props{
			"routeTableId": "${private.id}", "subnetId": "${b.id}",
		}},
	},
	Config: development,
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack natStack) {
			if policy.Settings[developmentStacks](r).has(r.Deployment().Stack) {
				r.NotApplicable("the stack is for development")
			}
			stack.Gateways.Each(func(gateway policy.Resource[struct{}]) {
				home := stack.zones(func(subnet *policy.Node) bool { return gateway.References("subnetId", subnet) })
				for _, zone := range stack.zones(func(subnet *policy.Node) bool { return stack.routes(subnet, gateway.Node) }) {
					if len(home) > 0 && !slices.Contains(home, zone) {
						r.Fail(gateway.Node, "It is in the zone %s, and serves subnets in %s.", home[0], zone)
					}
				}
			})
		}),
	},
}

// natStack is what leads from a subnet to a NAT gateway.
type natStack struct {
	Gateways     policy.Resources[struct{}] `pulumi:"aws:ec2/natGateway:NatGateway"`
	Subnets      subnets                    `pulumi:"aws:ec2/subnet:Subnet"`
	Tables       policy.Resources[struct{}] `pulumi:"aws:ec2/routeTable:RouteTable"`
	Routes       policy.Resources[struct{}] `pulumi:"aws:ec2/route:Route"`
	Associations policy.Resources[struct{}] `pulumi:"aws:ec2/routeTableAssociation:RouteTableAssociation"`
}

// zones are those of the subnets that are meant, each once, in the order of the subnets.
func (s natStack) zones(meant func(subnet *policy.Node) bool) []string {
	var zones []string
	s.Subnets.Any(func(subnet policy.Resource[placedSubnet]) bool {
		if meant(subnet.Node) && !slices.Contains(zones, subnet.Props.zone()) {
			zones = append(zones, subnet.Props.zone())
		}
		return false
	})
	return zones
}

// routes reports whether the route table of a subnet leads to the gateway, by a route of its own or of the table.
func (s natStack) routes(subnet, gateway *policy.Node) bool {
	return s.Associations.AnyReferring("subnetId", subnet, func(a policy.Resource[struct{}]) bool {
		return s.Tables.Any(func(table policy.Resource[struct{}]) bool {
			return a.References("routeTableId", table.Node) && s.leads(table.Node, gateway)
		})
	})
}

func (s natStack) leads(table, gateway *policy.Node) bool {
	return policy.AnyOf(
		func() bool { return table.References("routes", gateway) },
		func() bool {
			return s.Routes.AnyReferring("routeTableId", table, func(route policy.Resource[struct{}]) bool {
				return route.References("natGatewayId", gateway)
			})
		},
	)
}
