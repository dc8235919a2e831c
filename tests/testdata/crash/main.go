// Command crash makes a small network by raw registrations: things with names of their own, things that the cloud
// names, and things of which there can be one.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

const trust = `{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
	"Principal":{"Service":"vpc-flow-logs.amazonaws.com"}}]}`

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		r := registrar{ctx: ctx}
		vpc := r.make("aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")})
		subnet := r.make("aws:ec2/subnet:Subnet", "subnet", pulumi.Map{
			"vpcId": vpc, "cidrBlock": pulumi.String("10.0.0.0/24"),
		})
		gateway := r.make("aws:ec2/internetGateway:InternetGateway", "gateway", pulumi.Map{"vpcId": vpc})
		address := r.make("aws:ec2/eip:Eip", "address", pulumi.Map{"domain": pulumi.String("vpc")})
		r.make("aws:ec2/natGateway:NatGateway", "nat", pulumi.Map{"subnetId": subnet, "allocationId": address})
		table := r.make("aws:ec2/routeTable:RouteTable", "table", pulumi.Map{"vpcId": vpc})
		r.make("aws:ec2/route:Route", "route", pulumi.Map{
			"routeTableId": table, "destinationCidrBlock": pulumi.String("0.0.0.0/0"), "gatewayId": gateway,
		})
		r.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "association", pulumi.Map{
			"routeTableId": table, "subnetId": subnet,
		})
		r.make("aws:iam/role:Role", "role", pulumi.Map{
			"name": pulumi.String("crash"), "assumeRolePolicy": pulumi.String(trust),
		})
		r.make("aws:cloudwatch/logGroup:LogGroup", "logs", pulumi.Map{"name": pulumi.String("/crash")})
		return r.err
	})
}

// registrar registers resources until one cannot be.
type registrar struct {
	ctx *pulumi.Context
	err error
}

func (r *registrar) make(token, name string, inputs pulumi.Map) pulumi.IDOutput {
	var made pulumi.CustomResourceState
	if r.err == nil {
		r.err = r.ctx.RegisterResource(token, name, inputs, &made)
	}
	return made.ID()
}
