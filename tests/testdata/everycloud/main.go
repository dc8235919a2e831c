// Command everycloud makes a network in each of the clouds besides AWS.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var group, vnet, network, subnetwork, vpc pulumi.CustomResourceState
		if err := ctx.RegisterResource("azure-native:resources:ResourceGroup", "platform", pulumi.Map{
			"resourceGroupName": pulumi.String("platform"),
		}, &group); err != nil {
			return err
		}
		if err := ctx.RegisterResource("azure-native:network:VirtualNetwork", "main", pulumi.Map{
			"resourceGroupName": pulumi.String("platform"),
			"addressSpace":      pulumi.Map{"addressPrefixes": pulumi.ToStringArray([]string{"10.1.0.0/16"})},
		}, &vnet, pulumi.DependsOn([]pulumi.Resource{&group})); err != nil {
			return err
		}
		if err := ctx.RegisterResource("gcp:compute/network:Network", "main", pulumi.Map{
			"autoCreateSubnetworks": pulumi.Bool(false),
		}, &network); err != nil {
			return err
		}
		if err := ctx.RegisterResource("gcp:compute/subnetwork:Subnetwork", "main", pulumi.Map{
			"network":     network.ID(),
			"ipCidrRange": pulumi.String("10.2.0.0/20"),
		}, &subnetwork); err != nil {
			return err
		}
		return ctx.RegisterResource("digitalocean:index/vpc:Vpc", "main", pulumi.Map{
			"region":  pulumi.String("fra1"),
			"ipRange": pulumi.String("10.3.0.0/20"),
		}, &vpc)
	})
}
