// Command volume makes a volume, encrypted where the stack says so.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var volume pulumi.CustomResourceState
		encrypted, _ := ctx.GetConfig("volume:encrypted")
		return ctx.RegisterResource("aws:ebs/volume:Volume", "data", pulumi.Map{
			"availabilityZone": pulumi.String("eu-west-1a"),
			"size":             pulumi.Int(20),
			"encrypted":        pulumi.Bool(encrypted == "true"),
		}, &volume)
	})
}
