// Command aws-network is a program of its own that imports the network component as a library: a production network with
// the defaults but for the address range, and a security group in it for a web service.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		net, err := network.New(ctx, "shop", &network.Args{
			Network: spec.Network{CIDR: "10.40.0.0/16"},
		})
		if err != nil {
			return err
		}
		web, err := ec2.NewSecurityGroup(ctx, "web", &ec2.SecurityGroupArgs{
			VpcId:       net.VpcID,
			Description: pulumi.String("The shop's web service"),
		})
		if err != nil {
			return err
		}
		ctx.Export("subnets", net.PrivateSubnetIDs)
		ctx.Export("securityGroup", web.ID())
		return nil
	})
}
