package kubernetes_test

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// A cluster in the private subnets of a network, with one administrator.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		n, err := network.New(ctx, "main", nil)
		if err != nil {
			return err
		}
		admin, err := iam.NewRole(ctx, "admin", &iam.RoleArgs{
			Name: pulumi.String("admin"),
			AssumeRolePolicy: pulumi.String(
				`{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}`),
		})
		if err != nil {
			return err
		}
		k, err := kubernetes.New(ctx, "main", &kubernetes.Args{
			VpcID:     n.VpcID,
			SubnetIDs: n.SubnetIDs(spec.Private),
			Access: map[string]kubernetes.Access{
				"admin": {PrincipalARN: admin.Arn, Policy: "cluster-admin"},
			},
		})
		if err != nil {
			return err
		}
		k.ClusterName.ApplyT(func(name string) string { fmt.Println(name); return name })
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("eu-west-1"))) // in a program of your own, pulumi.Run
	if err != nil {
		panic(err)
	}
	// Output: shop-dev-main
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := kubernetes.Args{
		VpcID: pulumi.String("vpc-0123456789abcdef0"), SubnetIDs: map[string]pulumi.StringInput{"eu-west-1a": pulumi.String("subnet-1"), "eu-west-1b": pulumi.String("subnet-2")},
		Kubernetes: spec.Kubernetes{
			PublicAccessCIDRs: []string{"0.0.0.0/0"},
			Pools:             map[string]spec.NodePool{"main": {Min: 1}},
		},
	}
	fmt.Println(args.Validate())
	// Output:
	// publicAccessCidrs[0]: "0.0.0.0/0" is the whole internet; name the networks that administer the cluster
	// pools.main.min: 1 is out of range; use 2 to 450 nodes, so that one can fail
}
