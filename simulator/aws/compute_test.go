package aws_test

import (
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

const (
	instanceToken         = "aws:ec2/instance:Instance"
	templateToken         = "aws:ec2/launchTemplate:LaunchTemplate"
	scalingToken          = "aws:autoscaling/group:Group"
	volumeToken           = "aws:ebs/volume:Volume"
	volumeAttachmentToken = "aws:ec2/volumeAttachment:VolumeAttachment"
	interfaceToken        = "aws:ec2/networkInterface:NetworkInterface"
	profileToken          = "aws:iam/instanceProfile:InstanceProfile"
	placementToken        = "aws:ec2/placementGroup:PlacementGroup"
	keyPairToken          = "aws:ec2/keyPair:KeyPair"

	publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@example.com"
)

// imageOf returns the id of the newest Amazon Linux 2023 image in the world's region.
func imageOf(w *world, arch string) string {
	return publicImage(w, "137112412989", "al2023-ami-2023.*-"+arch)
}

func publicImage(w *world, owner, name string) string {
	w.T.Helper()
	answer, err := w.Provider.Invoke("aws:ec2/getAmi:getAmi", resource.NewPropertyMapFromMap(inputs{
		"owners": []any{owner}, "mostRecent": true, "filters": []any{inputs{"name": "name", "values": []any{name}}},
	}))
	require.NoError(w.T, err)
	return answer["id"].StringValue()
}

// machine returns the inputs of an instance in a new VPC.
func machine(w *world) inputs {
	return inputs{
		"ami": imageOf(w, "x86_64"), "instanceType": "t3.micro", "subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(),
	}
}

// template makes a launch template with some of its usual inputs changed.
func template(w *world, changes inputs) thing {
	return w.Create(templateToken, "template", with(
		inputs{"imageId": imageOf(w, "x86_64"), "instanceType": "t3.micro"}, changes))
}

// scaled returns the inputs of an Auto Scaling group with a launch template, in a new VPC.
func scaled(w *world, changes inputs) inputs {
	return scaledIn(w, vpc(w), changes)
}

func scaledIn(w *world, v thing, changes inputs) inputs {
	return inputs{
		"minSize": 1, "maxSize": 3, "vpcZoneIdentifiers": []any{subnet(w, v, "10.0.1.0/24", "a").ID()},
		"launchTemplate": inputs{"id": template(w, changes).ID(), "version": "$Latest"},
	}
}

func profile(w *world) thing {
	return w.Create(profileToken, "profile", inputs{"role": role(w, "machine").Text("name")})
}

func disk(w *world, changes inputs) thing {
	return w.Create(volumeToken, "disk", with(inputs{"availabilityZone": "us-west-2a", "size": 10}, changes))
}

func withoutDefaultVPC() simulator.Cloud { return aws.New(aws.Options{NoDefaultVPC: true}) }
