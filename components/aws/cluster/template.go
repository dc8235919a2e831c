package cluster

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// createTemplate says what every machine is like: no key pair, no public address, tokens for instance metadata, an
// encrypted disk, metrics every minute.
func (b *builder) createTemplate() error {
	hops := 1 // an answer does not leave the machine
	if b.args.ContainersReachMetadata {
		hops = 2
	}
	args := &ec2.LaunchTemplateArgs{
		Name:     pulumi.String(naming.AWSLaunchTemplate.Name(b.FullName()...)),
		ImageId:  b.cluster.ImageID,
		UserData: b.userData(),
		IamInstanceProfile: &ec2.LaunchTemplateIamInstanceProfileArgs{
			Arn: b.profile.Arn,
		},
		MetadataOptions: &ec2.LaunchTemplateMetadataOptionsArgs{
			HttpEndpoint:            pulumi.String("enabled"),
			HttpTokens:              pulumi.String("required"),
			HttpPutResponseHopLimit: pulumi.Int(hops),
		},
		Monitoring: &ec2.LaunchTemplateMonitoringArgs{Enabled: pulumi.Bool(true)},
		NetworkInterfaces: ec2.LaunchTemplateNetworkInterfaceArray{&ec2.LaunchTemplateNetworkInterfaceArgs{
			DeviceIndex:              pulumi.Int(0),
			AssociatePublicIpAddress: pulumi.String("false"), // whatever the subnet says
			DeleteOnTermination:      pulumi.String("true"),
			SecurityGroups:           pulumi.StringArray{b.cluster.SecurityGroupID},
		}},
		BlockDeviceMappings: ec2.LaunchTemplateBlockDeviceMappingArray{&ec2.LaunchTemplateBlockDeviceMappingArgs{
			DeviceName: b.rootDevice,
			Ebs: &ec2.LaunchTemplateBlockDeviceMappingEbsArgs{
				Encrypted:           pulumi.String("true"),
				KmsKeyId:            b.cluster.KeyARN,
				VolumeType:          pulumi.String("gp3"),
				VolumeSize:          pulumi.Int(b.args.Machine.DiskGiB),
				DeleteOnTermination: pulumi.String("true"),
			},
		}},
		TagSpecifications: b.tagSpecifications(),
		// People who start a machine by hand get the newest; the group names its version.
		UpdateDefaultVersion: pulumi.Bool(true),
		Tags:                 b.TagInput(),
	}
	if b.args.WarmPool != nil {
		args.InstanceType = pulumi.String(b.args.Machine.Types[0])
	}
	template, err := ec2.NewLaunchTemplate(b.Ctx, b.Child("machines"), args, b.Options()...)
	if err != nil {
		return err
	}
	b.template = template
	b.cluster.LaunchTemplateID = template.ID().ToStringOutput()
	b.cluster.LaunchTemplateVersion = template.LatestVersion
	return nil
}

// tagSpecifications tag what comes with a machine; the machine itself has its tags from the group. Disks alone carry the
// tag to be backed up by, if there is one: a backup of a machine is one of its disks, and AWS Backup would make both (AWS
// Backup guide, "Assign resources to a backup plan": all types of resources with the tag are selected).
func (b *builder) tagSpecifications() ec2.LaunchTemplateTagSpecificationArray {
	disk := b.Family
	disk.Tags = b.args.Tags
	return ec2.LaunchTemplateTagSpecificationArray{
		&ec2.LaunchTemplateTagSpecificationArgs{ResourceType: pulumi.String("volume"), Tags: disk.TagInput()},
		&ec2.LaunchTemplateTagSpecificationArgs{ResourceType: pulumi.String("network-interface"), Tags: b.TagInput()},
	}
}
