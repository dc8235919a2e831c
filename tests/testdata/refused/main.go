// Command refused makes what passes every preview and what AWS refuses when it is really made.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var vpc, subnet, bucket, balancer, group, trail, first, second pulumi.CustomResourceState
		for _, resource := range []struct {
			token, name string
			made        *pulumi.CustomResourceState
			inputs      func() pulumi.Map
			opts        []pulumi.ResourceOption
		}{
			{"aws:ec2/vpc:Vpc", "main", &vpc, func() pulumi.Map { return pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")} }, nil},
			{"aws:ec2/subnet:Subnet", "main", &subnet, func() pulumi.Map {
				return pulumi.Map{"vpcId": vpc.ID(), "cidrBlock": pulumi.String("10.0.1.0/24")}
			}, nil},
			{"aws:lb/loadBalancer:LoadBalancer", "web", &balancer, func() pulumi.Map {
				return pulumi.Map{"internal": pulumi.Bool(true), "subnets": pulumi.StringArray{subnet.ID()}}
			}, nil},
			{"aws:rds/subnetGroup:SubnetGroup", "data", &group, func() pulumi.Map {
				return pulumi.Map{"subnetIds": pulumi.StringArray{subnet.ID()}}
			}, nil},
			{"aws:s3/bucketV2:BucketV2", "audit", &bucket, func() pulumi.Map { return pulumi.Map{} }, nil},
			{"aws:cloudtrail/trail:Trail", "audit", &trail, func() pulumi.Map { return pulumi.Map{"s3BucketName": bucket.ID()} }, nil},
			{"aws:guardduty/detector:Detector", "first", &first, func() pulumi.Map { return pulumi.Map{} }, nil},
			{"aws:guardduty/detector:Detector", "second", &second, func() pulumi.Map { return pulumi.Map{} },
				[]pulumi.ResourceOption{pulumi.DependsOn([]pulumi.Resource{&first})}},
		} {
			if err := ctx.RegisterResource(resource.token, resource.name, resource.inputs(), resource.made, resource.opts...); err != nil {
				return err
			}
		}
		return nil
	})
}
