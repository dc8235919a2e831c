package kubernetes

import (
	"maps"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// taintEffects are the effects of taints in EKS's words.
var taintEffects = map[string]string{
	"NoSchedule": "NO_SCHEDULE", "PreferNoSchedule": "PREFER_NO_SCHEDULE", "NoExecute": "NO_EXECUTE",
}

// createNodes creates a node group for each pool, with the role that they share.
func (b *builder) createNodes() (err error) {
	b.nodeRole, err = role.New(b.Family, "node", role.Args{
		Description: "The nodes of Kubernetes cluster " + b.clusterName,
		Trust: pulumi.String(iamdoc.Document(iamdoc.Statement{
			Principal: iamdoc.Service("ec2." + b.account.DNSSuffix), Action: []string{"sts:AssumeRole"},
		})),
		Managed: map[string]pulumi.StringInput{
			"worker": b.managed("AmazonEKSWorkerNodePolicy"),
			"images": b.managed("AmazonEC2ContainerRegistryPullOnly"),
			"ssm":    b.managed("AmazonSSMManagedInstanceCore"), // sessions in place of SSH
		},
	})
	if err != nil {
		return err
	}
	b.component.NodeRoleARN = b.nodeRole.Arn
	b.groupNames = pulumi.StringMap{}
	for _, name := range slices.Sorted(maps.Keys(b.args.Pools)) {
		if err := b.createPool(name, b.args.Pools[name]); err != nil {
			return err
		}
	}
	b.component.NodeGroupNames = b.groupNames.ToStringMapOutput()
	return nil
}

// createPool creates a node group in each zone: EKS cannot give a group another subnet, a volume is of one zone, and the
// autoscaler that looks for a node in that zone must have a group there to grow (EKS User Guide, "Simplify node lifecycle
// with managed node groups"). One group comes after another, so that an update that goes wrong stops in the first zone.
func (b *builder) createPool(name string, pool spec.NodePool) error {
	template, err := b.createTemplate(name, pool)
	if err != nil {
		return err
	}
	zones := b.args.zones()
	after := slices.Concat(b.nodeRole.Ready, b.early)
	for i, zone := range zones {
		share := func(total int) pulumi.Int { return pulumi.Int(shareOf(total, len(zones), i)) }
		group, err := b.createGroup(name, zone, pool, template, &eks.NodeGroupScalingConfigArgs{
			MinSize: share(pool.Min), DesiredSize: share(pool.Min), MaxSize: share(pool.Max),
		}, after)
		if err != nil {
			return err
		}
		b.groupNames[name+"-"+zone] = group.NodeGroupName
		b.nodes, after = append(b.nodes, group), append(after, group)
	}
	return nil
}

// shareOf is the share of the zone at an index, of so many: the first ones get what does not divide evenly. With one zone
// more, no share grows.
func shareOf(total, zones, index int) int {
	share := total / zones
	if index < total%zones {
		share++
	}
	return share
}

func (b *builder) createGroup(
	name, zone string, pool spec.NodePool, template *ec2.LaunchTemplate, size eks.NodeGroupScalingConfigInput, after []pulumi.Resource,
) (*eks.NodeGroup, error) {
	system, capacity := "AL2023_x86_64_STANDARD", "ON_DEMAND"
	if pool.Arm {
		system = "AL2023_ARM_64_STANDARD"
	}
	if pool.Spot {
		capacity = "SPOT"
	}
	var taints eks.NodeGroupTaintArray
	for _, key := range slices.Sorted(maps.Keys(pool.Taints)) {
		taint := &eks.NodeGroupTaintArgs{Key: pulumi.String(key), Effect: pulumi.String(taintEffects[pool.Taints[key].Effect])}
		if value := pool.Taints[key].Value; value != "" {
			taint.Value = pulumi.String(value)
		}
		taints = append(taints, taint)
	}
	return eks.NewNodeGroup(b.Ctx, b.Child("pool", name, zone), &eks.NodeGroupArgs{
		ClusterName: b.cluster.Name,
		// Most changes replace the group. A prefix lets the new one stand before the old one goes.
		NodeGroupNamePrefix: pulumi.String(naming.AWSNodeGroupPrefix.Name(b.Name, name, zone) + "-"),
		NodeRoleArn:         b.nodeRole.Arn, SubnetIds: pulumi.StringArray{b.args.SubnetIDs[zone]},
		Version: pulumi.String(b.args.Version), AmiType: pulumi.String(system), CapacityType: pulumi.String(capacity),
		InstanceTypes:    pulumi.ToStringArray(pool.Types),
		LaunchTemplate:   &eks.NodeGroupLaunchTemplateArgs{Id: template.ID().ToStringOutput().ToStringPtrOutput(), Version: versionOf(template)},
		ScalingConfig:    size,
		UpdateConfig:     &eks.NodeGroupUpdateConfigArgs{MaxUnavailablePercentage: pulumi.Int(33)},
		NodeRepairConfig: &eks.NodeGroupNodeRepairConfigArgs{Enabled: pulumi.Bool(true)},
		Labels:           pulumi.ToStringMap(pool.Labels), Taints: taints,
		Tags: b.TagInput("pool", name, zone),
		// The autoscaler in the cluster changes the number of nodes.
	}, b.Options(pulumi.DependsOn(after), pulumi.IgnoreChanges([]string{"scalingConfig.desiredSize"}))...)
}

// createTemplate hardens the nodes: only version 2 of the metadata service, and not for pods, which have roles of their
// own; encrypted disks; no SSH.
func (b *builder) createTemplate(name string, pool spec.NodePool) (*ec2.LaunchTemplate, error) {
	tagged := func(kind string) *ec2.LaunchTemplateTagSpecificationArgs {
		return &ec2.LaunchTemplateTagSpecificationArgs{ResourceType: pulumi.String(kind), Tags: b.TagInput("pool", name)}
	}
	return ec2.NewLaunchTemplate(b.Ctx, b.Child("pool", name), &ec2.LaunchTemplateArgs{
		NamePrefix:  pulumi.String(naming.AWSNodeGroupPrefix.Name(b.Name, name) + "-"),
		Description: pulumi.String("Nodes of pool " + name + " of Kubernetes cluster " + b.clusterName),
		MetadataOptions: &ec2.LaunchTemplateMetadataOptionsArgs{
			HttpEndpoint: pulumi.String("enabled"), HttpTokens: pulumi.String("required"), HttpPutResponseHopLimit: pulumi.Int(1),
		},
		Monitoring: &ec2.LaunchTemplateMonitoringArgs{Enabled: pulumi.Bool(true)},
		BlockDeviceMappings: ec2.LaunchTemplateBlockDeviceMappingArray{&ec2.LaunchTemplateBlockDeviceMappingArgs{
			DeviceName: pulumi.String("/dev/xvda"), // the root of Amazon Linux 2023
			Ebs: &ec2.LaunchTemplateBlockDeviceMappingEbsArgs{
				VolumeType: pulumi.String("gp3"), VolumeSize: pulumi.Int(pool.DiskGiB),
				Encrypted: pulumi.String("true"), KmsKeyId: b.component.DiskKeyARN, DeleteOnTermination: pulumi.String("true"),
			},
		}},
		TagSpecifications:    ec2.LaunchTemplateTagSpecificationArray{tagged("instance"), tagged("volume")},
		UpdateDefaultVersion: pulumi.Bool(true),
		Tags:                 b.TagInput("pool", name),
	}, b.Options()...)
}

// versionOf names a template's newest version by its number: EKS does not see that $Latest has changed.
func versionOf(template *ec2.LaunchTemplate) pulumi.StringOutput {
	return template.LatestVersion.ApplyT(strconv.Itoa).(pulumi.StringOutput)
}
