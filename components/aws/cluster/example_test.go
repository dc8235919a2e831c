package cluster_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// With nothing but a place in a network, a cluster keeps three to nine machines across its zones.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx) // stands for network.New
		if err != nil {
			return err
		}
		c, err := cluster.New(ctx, "main", &cluster.Args{VpcID: network.VpcID, SubnetIDs: network.Private})
		if err != nil {
			return err
		}
		c.GroupName.ApplyT(func(name string) string {
			fmt.Println(name)
			return name
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1")))
	if err != nil {
		panic(err)
	}
	// Output: shop-dev-main
}

// A cluster that grows with its requests, runs half of its machines on spare capacity, and may read one secret.
func ExampleNew_options() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		_, err = cluster.New(ctx, "web", &cluster.Args{
			Cluster: spec.Cluster{
				Min: 6, Max: 30, Port: 3000,
				Machine: spec.Machine{Architecture: spec.ARM, VCPUs: 4},
				Spot:    spec.Spot{Percent: 50},
				StartUp: map[string]string{"app": "#cloud-config\npackages: [nodejs20]\n"},
				Scaling: spec.Scaling{
					RequestsPerMinute: 3000,
					Forecast:          spec.ForecastFollowed,
					Schedules: map[string]spec.Schedule{
						"morning": {Cron: "30 6 * * 1-5", TimeZone: "Europe/Berlin", Min: 12},
						"evening": {Cron: "0 20 * * *", TimeZone: "Europe/Berlin", Min: 6},
					},
				},
				Tags: map[string]string{"team": "shop"},
			},
			VpcID: network.VpcID, SubnetIDs: network.Private,
			ClientSecurityGroupIDs: map[string]pulumi.StringInput{"balancer": network.SecurityGroupID},
			LoadBalancerLabel:      pulumi.String("app/web/0123456789abcdef/targetgroup/web/fedcba9876543210"),
			Egress:                 map[string]cluster.Egress{"postgres": {Port: 5432, CIDR: pulumi.String("10.0.0.0/16")}},
			SecretARNs: map[string]pulumi.StringInput{
				"database": pulumi.String("arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"),
			},
		})
		return err
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1")))
	fmt.Println(err)
	// Output: <nil>
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := cluster.Args{
		Cluster: spec.Cluster{Min: 1, Machine: spec.Machine{Types: []string{"m7g.large"}}},
		VpcID:   pulumi.String("vpc-0123456789abcdef0"),
	}
	fmt.Println(args.Validate())
	// Output:
	// min: 1 is out of range; use 2 to 1000
	// subnetIds: is missing; give a subnet in every zone
	// machine.types[0]: "m7g.large" has the architecture arm64; set machine.architecture to it, or choose another type
}
