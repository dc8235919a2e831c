package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSNoPublicSubnet keeps the subnets of databases without a route to the internet.
var RDSNoPublicSubnet = policy.Policy{
	ID:       "aws-rds-no-public-subnet",
	Title:    "Databases must be in subnets without a route to an internet gateway.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "In a public subnet, one setting makes a database reachable for everybody. In a private one, there is " +
		"no way to it whatever is set.",
	Remediation: "Give the subnet group subnets whose route tables have no route to an internet gateway.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network"},
	Peers:       []string{"AWS Config RDS_INSTANCE_SUBNET_IGW_CHECK", "AWS Config NO_UNRESTRICTED_ROUTE_TO_IGW"},
	Bad: append(inPublicSubnet(), policy.Example{Name: "orders", Type: dbSubnetGroupType, Properties: props{
		"subnetIds": []any{"${web.id}"},
	}}),
	Good: append(inPublicSubnet(),
		policy.Example{Name: "data", Type: subnetType, Properties: props{"vpcId": "vpc-0a1b2c3d", "cidrBlock": "10.0.1.0/24"}},
		policy.Example{Name: "orders", Type: dbSubnetGroupType, Properties: props{"subnetIds": []any{"${data.id}"}}}),
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Groups policy.Resources[subnetGroup] `pulumi:"aws:rds/subnetGroup:SubnetGroup"`
			routing
		}) {
			checkPrivateGroups(r, stack.Groups, stack.routing)
		}),
	},
}

// inPublicSubnet is an example of a subnet with a route to the internet.
func inPublicSubnet() []policy.Example {
	return []policy.Example{
		{Name: "igw", Type: internetGatewayType, Properties: props{"vpcId": "vpc-0a1b2c3d"}},
		{Name: "web", Type: subnetType, Properties: props{"vpcId": "vpc-0a1b2c3d", "cidrBlock": "10.0.0.0/24"}},
		{Name: "public", Type: routeTableType, Properties: props{"vpcId": "vpc-0a1b2c3d"}},
		{Name: "out", Type: routeType, Properties: props{
			"routeTableId": "${public.id}", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "${igw.id}",
		}},
		{Name: "joins", Type: routeTableAssociationType, Properties: props{
			"subnetId": "${web.id}", "routeTableId": "${public.id}",
		}},
	}
}

// subnetGroup names the subnets that a database, cache or warehouse may be in.
type subnetGroup struct {
	Subnets policy.List[string] `pulumi:"subnetIds"`
}

func checkPrivateGroups(r *policy.StackReport, groups policy.Resources[subnetGroup], routes routing) {
	public := routes.publicSubnets()
	groups.Each(func(g policy.Resource[subnetGroup]) {
		if public.anyOf(g.Node, "subnetIds") {
			r.Fail(g.Node, "A route leads from its subnets to an internet gateway.")
		}
	})
}
