// Command conformance-cloud makes resources of a cloud that are connected in all the ways that a policy can ask about.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var provider struct{ pulumi.ProviderResourceState }
		if err := ctx.RegisterResource("pulumi:providers:aws", "west", pulumi.Map{
			"region":    pulumi.String("eu-west-1"),
			"accessKey": pulumi.ToSecret("AKIAPROVIDERSECRET"),
		}, &provider); err != nil {
			return err
		}
		var wrap pulumi.ResourceState
		if err := ctx.RegisterComponentResourceV2("conformance:index:Wrap", "wrap", pulumi.Map{}, &wrap); err != nil {
			return err
		}
		name, renamed := ctx.GetConfig("conformance-cloud:name")
		var former []pulumi.Alias
		if renamed {
			former = []pulumi.Alias{{Name: pulumi.String("vpc")}, {Name: pulumi.String("never")}}
		} else {
			name = "vpc"
		}
		var vpc, spare, subnet, group pulumi.CustomResourceState
		if err := ctx.RegisterResource("aws:ec2/vpc:Vpc", name, pulumi.Map{
			"cidrBlock": pulumi.String("10.0.0.0/16"), "tags": pulumi.Map{"team": pulumi.String("net")},
		}, &vpc, pulumi.Provider(&provider), pulumi.Parent(&wrap), pulumi.Aliases(former),
			pulumi.IgnoreChanges([]string{"tags.team"}), pulumi.DeleteBeforeReplace(true),
			pulumi.AdditionalSecretOutputs([]string{"ownerId"}),
			pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "10m", Delete: "90s"})); err != nil {
			return err
		}
		if err := ctx.RegisterResource("aws:ec2/vpc:Vpc", "spare", pulumi.Map{"cidrBlock": pulumi.String("10.1.0.0/16")}, &spare); err != nil {
			return err
		}
		if err := ctx.RegisterResource("aws:ec2/subnet:Subnet", "subnet", pulumi.Map{
			"vpcId": vpc.ID(), "cidrBlock": pulumi.String("10.0.1.0/24"),
		}, &subnet, pulumi.Provider(&provider), pulumi.Protect(false)); err != nil {
			return err
		}
		return ctx.RegisterResource("aws:ec2/securityGroup:SecurityGroup", "group", pulumi.Map{
			"vpcId": vpc.ID(), "description": pulumi.ToSecret("the hidden one"),
		}, &group, pulumi.Provider(&provider), pulumi.DependsOn([]pulumi.Resource{&subnet}), pulumi.Parent(&wrap))
	})
}
