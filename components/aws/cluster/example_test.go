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

// ready is what a machine does that a hook holds: it finds out who it is, and in which group, and calls for itself. Left as
// it is for the boots to come, it does so again when the machine comes out of a warm pool.
const ready = `#!/bin/sh
# Prepare the machine here.
metadata=http://169.254.169.254/latest
token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/api/token")
ask() { curl -sf -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/$1"; }
id=$(ask instance-id)
export AWS_DEFAULT_REGION=$(ask placement/region)
group=$(aws ec2 describe-tags --output text --query 'Tags[0].Value' \
  --filters "Name=resource-id,Values=$id" Name=key,Values=aws:autoscaling:groupName)
aws autoscaling complete-lifecycle-action --lifecycle-hook-name prepare --lifecycle-action-result CONTINUE \
  --auto-scaling-group-name "$group" --instance-id "$id"
cp "$0" /var/lib/cloud/scripts/per-boot/ready.sh
`

// A machine serves only when it says that it is prepared, and is replaced when it has not done so after ten minutes. Amazon
// Linux 2023 has the AWS CLI, and the machines' role lets them call for machines of their own group.
func ExampleNew_hooks() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		_, err = cluster.New(ctx, "web", &cluster.Args{
			Cluster: spec.Cluster{StartUp: map[string]string{"ready": ready}},
			VpcID:   network.VpcID, SubnetIDs: network.Private,
			Hooks: map[string]cluster.Hook{"prepare": {TimeoutSeconds: 600}},
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
	// subnetIds: is missing; give subnets in 2 zones at least
	// machine.types[0]: "m7g.large" has the architecture arm64; set machine.architecture to it, or choose another type
}
