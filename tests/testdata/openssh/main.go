// Command openssh opens SSH to the whole internet, in a VPC without flow logs.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var vpc, group pulumi.CustomResourceState
		if err := ctx.RegisterResource("aws:ec2/vpc:Vpc", "main", pulumi.Map{
			"cidrBlock": pulumi.String("10.0.0.0/16"),
		}, &vpc); err != nil {
			return err
		}
		return ctx.RegisterResource("aws:ec2/securityGroup:SecurityGroup", "open", pulumi.Map{
			"vpcId":       vpc.ID(),
			"description": pulumi.String("open to everybody"),
			"ingress": pulumi.MapArray{pulumi.Map{
				"protocol":   pulumi.String("tcp"),
				"fromPort":   pulumi.Int(20),
				"toPort":     pulumi.Int(30),
				"cidrBlocks": pulumi.StringArray{pulumi.String("0.0.0.0/0")},
			}},
		}, &group)
	})
}
