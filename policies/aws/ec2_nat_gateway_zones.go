package aws

import (
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
			stack.Gateways.Each(func(gateway policy.Resource[placedGateway]) {
				stack.Subnets.EachReferredBy(gateway.Node, "subnetId", func(home policy.Resource[placedSubnet]) {
					told := map[string]bool{}
					stack.served(gateway.Node, func(subnet policy.Resource[placedSubnet]) {
						zones := zonesOf(home.Props, subnet.Props)
						if len(zones) > 1 && !told[zones[1]] {
							told[zones[1]] = true
							r.Fail(gateway.Node, "It is in the zone %s, and serves subnets in %s.", zones[0], zones[1])
						}
					})
				})
			})
		}),
	},
}

// natStack is what leads from a subnet to a NAT gateway.
type natStack struct {
	Gateways     policy.Resources[placedGateway] `pulumi:"aws:ec2/natGateway:NatGateway"`
	Tables       policy.Resources[routeTable]    `pulumi:"aws:ec2/routeTable:RouteTable"`
	Routes       policy.Resources[route]         `pulumi:"aws:ec2/route:Route"`
	Associations policy.Resources[association]   `pulumi:"aws:ec2/routeTableAssociation:RouteTableAssociation"`
	zones
}

type placedGateway struct {
	Subnet policy.Value[string] `pulumi:"subnetId"`
}

// served calls f with the subnets whose route tables lead to the gateway, by a route in the table or one of its own. What
// is not known of the one does not hide the other.
func (s natStack) served(gateway *policy.Node, f func(policy.Resource[placedSubnet])) {
	policy.EachOf(
		func() {
			s.Tables.EachReferring("routes.*.natGatewayId", gateway, func(table policy.Resource[routeTable]) { s.joined(table, f) })
		},
		func() {
			s.Routes.EachReferring("natGatewayId", gateway, func(route policy.Resource[route]) {
				s.Tables.EachReferredBy(route.Node, "routeTableId", func(table policy.Resource[routeTable]) { s.joined(table, f) })
			})
		},
	)
}

// joined calls f with the subnets of a route table.
func (s natStack) joined(table policy.Resource[routeTable], f func(policy.Resource[placedSubnet])) {
	s.Associations.EachReferring("routeTableId", table.Node, func(a policy.Resource[association]) {
		s.Subnets.EachReferredBy(a.Node, "subnetId", f)
	})
}
