// Command eksreplace makes a Kubernetes cluster, and what its pods may reach. The stack says what replaces the cluster:
// another block for its services, or another name. It also says whose rules let the pods in: those of our components, or
// those of a program that mixes a group's own list of rules with a rule resource.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func main() { pulumi.Run(deploy) }

func deploy(ctx *pulumi.Context) error {
	world, network, err := componenttest.AWSWorld(ctx)
	if err != nil {
		return err
	}
	args := &kubernetes.Args{
		Kubernetes: spec.Kubernetes{DeletionAllowed: true}, VpcID: network.VpcID, SubnetIDs: network.PrivateIn,
		ClientSecurityGroupIDs: map[string]pulumi.StringInput{"office": network.SecurityGroupID},
	}
	block, _ := ctx.GetConfig("eksreplace:services")
	name, options := "main", []pulumi.ResourceOption{pulumi.Transformations([]pulumi.ResourceTransformation{services(block)})}
	if renamed, _ := ctx.GetConfig("eksreplace:name"); renamed != "" {
		name, options = renamed, append(options, pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("main")}}))
	}
	cluster, err := kubernetes.New(ctx, name, args, options...)
	if err != nil {
		return err
	}
	if rules, _ := ctx.GetConfig("eksreplace:rules"); rules == "mixed" {
		return mixed(world, network, cluster)
	}
	_, err = cache.New(ctx, "main", &cache.Args{
		Cache: spec.Cache{FinalBackupSkipped: true}, VpcID: network.VpcID, SubnetIDs: network.Data,
		ClientSecurityGroupIDs: map[string]pulumi.StringInput{"pods": cluster.SecurityGroupID},
	})
	return err
}

// services gives the cluster's services the block that the stack names, which EKS cannot change later.
func services(block string) pulumi.ResourceTransformation {
	return func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
		if cluster, ok := args.Props.(*eks.ClusterArgs); ok && block != "" {
			cluster.KubernetesNetworkConfig = &eks.ClusterKubernetesNetworkConfigArgs{ServiceIpv4Cidr: pulumi.String(block)}
		}
		return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: args.Opts}
	}
}

// mixed lets the cluster into a group that carries the cluster's name and has a list of rules besides.
func mixed(world *componenttest.World, network componenttest.AWSNetwork, cluster *kubernetes.Kubernetes) error {
	group, err := world.Add("aws:ec2/securityGroup:SecurityGroup", "nodes", pulumi.Map{
		"vpcId": network.VpcID,
		"tags": cluster.ClusterName.ApplyT(func(name string) map[string]string {
			return map[string]string{"kubernetes.io/cluster/" + name: "owned"}
		}).(pulumi.StringMapOutput),
		"ingress": pulumi.Array{pulumi.Map{
			"protocol": pulumi.String("-1"), "fromPort": pulumi.Int(0), "toPort": pulumi.Int(0), "self": pulumi.Bool(true),
		}},
	})
	if err != nil {
		return err
	}
	_, err = world.Add("aws:ec2/securityGroupRule:SecurityGroupRule", "from-cluster", pulumi.Map{
		"securityGroupId": group.ID(), "type": pulumi.String("ingress"), "protocol": pulumi.String("tcp"),
		"fromPort": pulumi.Int(1025), "toPort": pulumi.Int(65535), "sourceSecurityGroupId": cluster.SecurityGroupID,
	})
	return err
}
