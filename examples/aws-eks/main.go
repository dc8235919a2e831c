// Command aws-eks makes a Kubernetes cluster with two pools of nodes in the private subnets of a network over three zones.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		net, err := network.New(ctx, "cluster", &network.Args{SubnetTags: map[spec.Tier]map[string]string{
			spec.Public:  {"kubernetes.io/role/elb": "1"},
			spec.Private: {"kubernetes.io/role/internal-elb": "1"},
		}})
		if err != nil {
			return err
		}
		admin, err := iam.NewRole(ctx, "admin", &iam.RoleArgs{AssumeRolePolicy: pulumi.String(`{"Version":"2012-10-17","Statement":[{
			"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole",
			"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}`)})
		if err != nil {
			return err
		}
		cluster, err := kubernetes.New(ctx, "cluster", &kubernetes.Args{
			Kubernetes: spec.Kubernetes{
				Pools:           map[string]spec.NodePool{"main": {}, "batch": {Min: 2, Spot: true, Arm: true}},
				DeletionAllowed: true, // an example is there to be destroyed again
			},
			VpcID: net.VpcID, SubnetIDs: net.SubnetIDs(spec.Private),
			Access: map[string]kubernetes.Access{"admin": {PrincipalARN: admin.Arn, Policy: "cluster-admin"}},
		})
		if err != nil {
			return err
		}
		ctx.Export("name", cluster.ClusterName)
		ctx.Export("endpoint", cluster.Endpoint)
		ctx.Export("kubeconfig", cluster.Kubeconfig)
		return nil
	})
}
