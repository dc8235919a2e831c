package cache_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// With its place alone, a cache has a copy in each of two other zones, and a user that signs in with IAM.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx) // in a program of your own: network.New
		if err != nil {
			return err
		}
		c, err := cache.New(ctx, "main", &cache.Args{VpcID: network.VpcID, SubnetIDs: network.Data})
		if err != nil {
			return err
		}
		pulumi.All(c.MemberIDs, c.UserNames).ApplyT(func(known []any) int {
			fmt.Println(known...)
			return 0
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1")))
	if err != nil {
		panic(err)
	}
	// Output: [shop-dev-main-001 shop-dev-main-002 shop-dev-main-003] map[app:shop-dev-main-user-app]
}

// Sessions on two shards, which refuse writes rather than forget, for a cluster and two users of different rights.
func ExampleNew_options() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		c, err := cache.New(ctx, "sessions", &cache.Args{
			Cache: spec.Cache{
				Use:      spec.CacheState,
				Class:    "cache.r7g.large",
				Shards:   2,
				Replicas: 1,
				Tags:     map[string]string{"team": "shop"},
			},
			VpcID:                  network.VpcID,
			SubnetIDs:              network.Data,
			ClientSecurityGroupIDs: map[string]pulumi.StringInput{"cluster": network.SecurityGroupID},
			Users:                  map[string]cache.User{"app": {}, "reports": {Access: "on ~session:* +@read"}},
		})
		if err != nil {
			return err
		}
		c.MemberIDs.ApplyT(func(ids []string) int {
			fmt.Println(len(ids), "nodes")
			return 0
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1")))
	if err != nil {
		panic(err)
	}
	// Output: 4 nodes
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := cache.Args{
		Cache: spec.Cache{Replicas: 9, Class: "cache.t2.micro"},
		VpcID: pulumi.String("vpc-1"), SubnetIDs: pulumi.StringArray{},
	}
	fmt.Println(args.Validate())
	// Output:
	// replicas: 9 is out of range; use 1 to 5
	// class: "cache.t2.micro" is of a generation that cannot encrypt connections; use for example cache.m7g.large
}
