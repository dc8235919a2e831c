package main

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// image is that of all machines.
const image = pulumi.String("ami-0123456789abcdef0")

// compute plants faults of machines.
func compute(ctx *pulumi.Context, w world) {
	must(ec2.NewInstance(ctx, "old-metadata", w.machine(func(i *ec2.InstanceArgs) {
		i.MetadataOptions = ec2.InstanceMetadataOptionsArgs{HttpTokens: pulumi.String("optional")} // want: aws-ec2-imdsv2
	})))
	must(ec2.NewInstance(ctx, "old-type", w.machine(func(i *ec2.InstanceArgs) {
		i.InstanceType = pulumi.String("m3.medium") // want: aws-ec2-current-generation
	})))
	must(ec2.NewInstance(ctx, "reachable", w.machine(func(i *ec2.InstanceArgs) { // want: aws-ec2-instance-not-reachable
		i.SubnetId, i.VpcSecurityGroupIds = w.public[0].ID(), pulumi.StringArray{w.outside.ID()}
	})))
	must(ec2.NewInstance(ctx, "talkative", w.machine(func(i *ec2.InstanceArgs) {
		i.UserData = pulumi.String("#!/bin/sh\npg_dump postgres://backup:" + "correct-horse@orders.internal/orders\n") // want: any-secrets-not-in-plain-text
	})))
	must(ec2.NewInstance(ctx, "fetching", w.machine(func(i *ec2.InstanceArgs) {
		i.UserData = pulumi.String("#!/bin/sh\ncurl -fsS http://downloads.example.com/agent.sh | sh\n") // want: any-scripts-fetched-encrypted
	})))
	must(ec2.NewInstance(ctx, "equipped", w.machine(func(i *ec2.InstanceArgs) {
		i.UserData = pulumi.String("#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nfetch-work\n") // want: aws-ec2-user-data-no-keys
	})))
	must(ec2.NewInstance(ctx, "machine-on-x86", w.machine(func(i *ec2.InstanceArgs) {
		i.InstanceType = pulumi.String("m5.large") // want: aws-ec2-graviton
	})))
	must(ec2.NewInstance(ctx, "nobody", w.machine(func(i *ec2.InstanceArgs) {
		i.IamInstanceProfile = nil // want: aws-ec2-instance-profile
	})))
	must(ec2.NewInstance(ctx, "addressed", w.machine(func(i *ec2.InstanceArgs) {
		i.AssociatePublicIpAddress = yes // want: aws-ec2-no-public-address
	})))
	must(ec2.NewLaunchTemplate(ctx, "old-metadata-template", &ec2.LaunchTemplateArgs{ // want: aws-ec2-imdsv2
		ImageId: image, InstanceType: pulumi.String("t4g.micro"), IamInstanceProfile: w.templateProfile(),
	}))
	must(ec2.NewAmiLaunchPermission(ctx, "for-all", &ec2.AmiLaunchPermissionArgs{
		ImageId: image, Group: pulumi.String("all"), // want: aws-ec2-image-not-public
	}))
	scalingGroups(ctx, w)
}

func scalingGroups(ctx *pulumi.Context, w world) {
	template := must(ec2.NewLaunchTemplate(ctx, "main", &ec2.LaunchTemplateArgs{
		ImageId: image, InstanceType: pulumi.String("t4g.micro"), IamInstanceProfile: w.templateProfile(),
		MetadataOptions: ec2.LaunchTemplateMetadataOptionsArgs{HttpTokens: pulumi.String("required")},
	}))
	version := template.LatestVersion.ApplyT(strconv.Itoa).(pulumi.StringOutput)
	good := func(changes ...func(*autoscaling.GroupArgs)) *autoscaling.GroupArgs {
		return with(&autoscaling.GroupArgs{
			MinSize: pulumi.Int(2), MaxSize: pulumi.Int(4), VpcZoneIdentifiers: ids(w.private),
			LaunchTemplate: autoscaling.GroupLaunchTemplateArgs{Id: template.ID(), Version: version},
		}, changes)
	}

	w.scales(ctx, "unwatched", must(autoscaling.NewGroup(ctx, "unwatched", good()))) // want: aws-autoscaling-alarm
	w.watchGroup(ctx, "rigid", must(autoscaling.NewGroup(ctx, "rigid", good())))     // want: aws-autoscaling-scales

	group := func(ctx *pulumi.Context, name string, change func(*autoscaling.GroupArgs)) {
		made := must(autoscaling.NewGroup(ctx, name, good(change)))
		w.scales(ctx, name, made)
		w.watchGroup(ctx, name, made)
	}
	group(ctx, "good", func(*autoscaling.GroupArgs) {})
	group(ctx, "self-checking", func(g *autoscaling.GroupArgs) {
		g.TargetGroupArns = pulumi.StringArray{w.targets.Arn}
		g.HealthCheckType = pulumi.String("EC2") // want: aws-autoscaling-elb-health-check
	})
	group(ctx, "of-old", func(g *autoscaling.GroupArgs) {
		g.LaunchTemplate, g.LaunchConfiguration = nil, pulumi.String("web-1") // want: aws-autoscaling-launch-template
	})
	group(ctx, "drifting", func(g *autoscaling.GroupArgs) {
		g.LaunchTemplate = autoscaling.GroupLaunchTemplateArgs{
			Id: template.ID(), Version: pulumi.String("$Latest"), // want: aws-autoscaling-template-version
		}
	})
	group(ctx, "single", func(g *autoscaling.GroupArgs) {
		g.MinSize = pulumi.Int(1) // want: aws-autoscaling-two-instances
	})
	group(ctx, "in-one-zone", func(g *autoscaling.GroupArgs) {
		g.VpcZoneIdentifiers = ids(w.private[:1]) // want: aws-autoscaling-zones
	})
}

// machine is a good instance but for a change.
func (w *world) machine(changes ...func(*ec2.InstanceArgs)) *ec2.InstanceArgs {
	return with(&ec2.InstanceArgs{
		Ami: image, InstanceType: pulumi.String("t4g.micro"), SubnetId: w.private[0].ID(),
		VpcSecurityGroupIds: pulumi.StringArray{w.inside.ID()}, IamInstanceProfile: w.profile.Name,
		MetadataOptions: ec2.InstanceMetadataOptionsArgs{HttpTokens: pulumi.String("required")},
		RootBlockDevice: ec2.InstanceRootBlockDeviceArgs{Encrypted: yes, VolumeType: pulumi.String("gp3")},
	}, changes)
}

func (w *world) templateProfile() ec2.LaunchTemplateIamInstanceProfileArgs {
	return ec2.LaunchTemplateIamInstanceProfileArgs{Arn: w.profile.Arn}
}

// scales lets a group follow its load.
func (w *world) scales(ctx *pulumi.Context, name string, group *autoscaling.Group) {
	must(autoscaling.NewPolicy(ctx, name, &autoscaling.PolicyArgs{
		AutoscalingGroupName: group.Name, PolicyType: pulumi.String("TargetTrackingScaling"),
		TargetTrackingConfiguration: autoscaling.PolicyTargetTrackingConfigurationArgs{
			TargetValue: pulumi.Float64(60),
			PredefinedMetricSpecification: autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs{
				PredefinedMetricType: pulumi.String("ASGAverageCPUUtilization"),
			},
		},
	}))
}

func (w *world) watchGroup(ctx *pulumi.Context, name string, group *autoscaling.Group) {
	w.watch(ctx, "group-"+name, "AWS/EC2", "CPUUtilization", "AutoScalingGroupName", group.Name)
}
