package cluster

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// amazonLinux are the public parameters of the newest Amazon Linux 2023. AL2023 User Guide, "AL2023 on Amazon EC2".
var amazonLinux = map[spec.Architecture]string{
	spec.X86: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
	spec.ARM: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
}

// chooseImage looks up the image, so that a new one changes the launch template: a template that named the parameter
// would stay the same, and nothing would be rolled out or could be rolled back. It also looks up what the image calls its
// system disk: settings under another name would leave that disk unencrypted, beside one more.
func (b *builder) chooseImage() error {
	image := b.args.ImageID
	if image == nil {
		path := b.args.ImageParameter
		if path == "" {
			path = amazonLinux[b.args.Machine.Architecture]
		}
		image = b.imageOf(path)
	}
	b.cluster.ImageID = image.ToStringOutput()
	found := ec2.LookupAmiOutput(b.Ctx, ec2.LookupAmiOutputArgs{
		Filters:           ec2.GetAmiFilterArray{ec2.GetAmiFilterArgs{Name: pulumi.String("image-id"), Values: pulumi.StringArray{image}}},
		IncludeDeprecated: pulumi.Bool(true),
	}, pulumi.Parent(b.Parent))
	b.rootDevice = found.RootDeviceName()
	return nil
}

// imageOf reads the image's id from a parameter. AWS knows it as no secret; the provider marks every answer as one.
func (b *builder) imageOf(parameter string) pulumi.StringOutput {
	found := ssm.LookupParameterOutput(b.Ctx, ssm.LookupParameterOutputArgs{Name: pulumi.String(parameter)}, pulumi.Parent(b.Parent))
	return pulumi.Unsecret(found.InsecureValue()).ApplyT(func(id any) string { return id.(string) }).(pulumi.StringOutput)
}
