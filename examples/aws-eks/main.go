// Command aws-eks makes a Kubernetes cluster with a managed node group in the private subnets of a network over three zones.
package main

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/network"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		net, err := network.New(ctx, "cluster", &network.Args{})
		if err != nil {
			return err
		}
		control, err := role(ctx, "control-plane", "eks.amazonaws.com", iam.ManagedPolicyAmazonEKSClusterPolicy)
		if err != nil {
			return err
		}
		cluster, err := eks.NewCluster(ctx, "cluster", &eks.ClusterArgs{
			Version: pulumi.String("1.32"), RoleArn: control.Arn,
			AccessConfig: eks.ClusterAccessConfigArgs{AuthenticationMode: pulumi.String("API")},
			VpcConfig: eks.ClusterVpcConfigArgs{
				SubnetIds: net.PrivateSubnetIDs, EndpointPrivateAccess: pulumi.Bool(true), EndpointPublicAccess: pulumi.Bool(false),
			},
			EnabledClusterLogTypes: pulumi.ToStringArray([]string{"api", "audit", "authenticator"}),
		})
		if err != nil {
			return err
		}
		node, err := role(ctx, "node", "ec2.amazonaws.com", iam.ManagedPolicyAmazonEKSWorkerNodePolicy,
			iam.ManagedPolicy_AmazonEKS_CNI_Policy, iam.ManagedPolicyAmazonEC2ContainerRegistryReadOnly)
		if err != nil {
			return err
		}
		if _, err := eks.NewNodeGroup(ctx, "workers", &eks.NodeGroupArgs{
			ClusterName: cluster.Name, NodeRoleArn: node.Arn, SubnetIds: net.PrivateSubnetIDs,
			InstanceTypes: pulumi.ToStringArray([]string{"m6i.large"}),
			ScalingConfig: eks.NodeGroupScalingConfigArgs{MinSize: pulumi.Int(3), DesiredSize: pulumi.Int(3), MaxSize: pulumi.Int(9)},
			UpdateConfig:  eks.NodeGroupUpdateConfigArgs{MaxUnavailable: pulumi.Int(1)},
		}); err != nil {
			return err
		}
		if _, err := eks.NewAddon(ctx, "pod-identity", &eks.AddonArgs{
			ClusterName: cluster.Name, AddonName: pulumi.String("eks-pod-identity-agent"),
		}); err != nil {
			return err
		}
		ctx.Export("name", cluster.Name)
		ctx.Export("endpoint", cluster.Endpoint)
		return nil
	})
}

// role returns a role that a service may take, with policies of AWS's own.
func role(ctx *pulumi.Context, name, service string, policies ...iam.ManagedPolicy) (*iam.Role, error) {
	made, err := iam.NewRole(ctx, name, &iam.RoleArgs{AssumeRolePolicy: pulumi.String(fmt.Sprintf(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":%q},"Action":"sts:AssumeRole"}]}`, service))})
	if err != nil {
		return nil, err
	}
	for i, policy := range policies {
		if _, err := iam.NewRolePolicyAttachment(ctx, fmt.Sprintf("%s-%d", name, i), &iam.RolePolicyAttachmentArgs{
			Role: made.Name, PolicyArn: policy,
		}); err != nil {
			return nil, err
		}
	}
	return made, nil
}
