// Command misspelt registers a VPC with a property that does not exist.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var vpc pulumi.CustomResourceState
		return ctx.RegisterResource("aws:ec2/vpc:Vpc", "main", pulumi.Map{
			"cidrBlok": pulumi.String("10.0.0.0/16"),
		}, &vpc)
	})
}
