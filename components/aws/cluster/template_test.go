package cluster

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestTemplate(t *testing.T) {
	t.Parallel()
	r := run(t, Args{
		ContainersReachMetadata: true,
		Cluster:                 spec.Cluster{Tags: map[string]string{"team": "shop"}, Machine: spec.Machine{DiskGiB: 50}},
	})
	template := named(t, r, templateType, "main-machines")
	assert.Equal(t, "holdfast-test-main", text(template, "name"))
	assert.Equal(t, 2.0, object(template, "metadataOptions")["httpPutResponseHopLimit"].NumberValue())
	assert.Equal(t, 50.0, template["blockDeviceMappings"].ArrayValue()[0].ObjectValue()["ebs"].ObjectValue()["volumeSize"].NumberValue())
	assert.NotContains(t, template, resource.PropertyKey("instanceType"), "the group chooses")
	assert.True(t, template["updateDefaultVersion"].BoolValue())
	assert.Contains(t, text(object(template, "iamInstanceProfile"), "arn"), ":instance-profile/holdfast-test-main-machines")
	var tagged []string
	for _, value := range template["tagSpecifications"].ArrayValue() {
		specification := value.ObjectValue()
		tagged = append(tagged, text(specification, "resourceType"))
		assert.Equal(t, "shop", text(specification["tags"].ObjectValue(), "team"))
	}
	assert.Equal(t, []string{"volume", "network-interface"}, tagged)
	assert.False(t, template["imageId"].IsSecret(), "an image's id is no secret, though the provider marks it as one")
	assert.False(t, template["imageId"].ContainsSecrets())
}

// A vault that saves by tag saves all that has it: the disks of machines, and not the machines once more.
func TestBackupTag(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Cluster: spec.Cluster{Tags: map[string]string{spec.BackupTagKey: spec.BackupTagValue}}})
	saved := map[string]bool{}
	for _, value := range named(t, r, templateType, "main-machines")["tagSpecifications"].ArrayValue() {
		specification := value.ObjectValue()
		saved[text(specification, "resourceType")] = specification["tags"].ObjectValue().HasValue(spec.BackupTagKey)
	}
	assert.Equal(t, map[string]bool{"volume": true, "network-interface": false}, saved)
	for _, tag := range named(t, r, groupType, "main-machines")["tags"].ArrayValue() {
		assert.NotEqual(t, spec.BackupTagKey, text(tag.ObjectValue(), "key"), "the group's tags are its machines'")
	}
}

// imageCloud is a cloud that answers look-ups of images, and accepts everything.
func imageCloud(root string) componenttest.Echo {
	answer := func(values map[string]any) resource.PropertyMap { return resource.NewPropertyMapFromMap(values) }
	return componenttest.Echo{
		State: func(token, name string) resource.PropertyMap {
			return answer(map[string]any{"arn": "arn:aws:test:us-east-1:123456789012:" + name, "latestVersion": 7, "keyId": "k"})
		},
		Answers: map[string]resource.PropertyMap{
			"aws:index/getCallerIdentity:getCallerIdentity": answer(map[string]any{"accountId": "123456789012"}),
			"aws:index/getRegion:getRegion":                 answer(map[string]any{"name": "us-east-1"}),
			"aws:index/getPartition:getPartition":           answer(map[string]any{"partition": "aws", "dnsSuffix": "amazonaws.com"}),
			"aws:ec2/getAmi:getAmi":                         answer(map[string]any{"rootDeviceName": root}),
			"aws:ssm/getParameter:getParameter":             answer(map[string]any{"insecureValue": "ami-of-parameter"}),
		},
	}
}

// runOn creates a cluster in a cloud in which nothing lies that it stands on.
func runOn(t *testing.T, cloud pulumi.MockResourceMonitor, args Args) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(cloud, func(ctx *pulumi.Context) error {
		args := placed(args)
		_, err := New(ctx, "main", &args)
		return err
	})
	require.NoError(t, err)
	return r
}

func TestImages(t *testing.T) {
	t.Parallel()
	const x86, arm = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
	for name, test := range map[string]struct {
		args                 Args
		parameter, id, about string
	}{
		"default": {Args{}, x86, "ami-of-parameter", ""},
		"ARM":     {Args{Cluster: spec.Cluster{Machine: spec.Machine{Architecture: spec.ARM}}}, arm, "ami-of-parameter", ""},
		"own":     {Args{ImageParameter: "/images/app"}, "/images/app", "ami-of-parameter", "the image is what runs"},
		"id":      {Args{ImageID: pulumi.String("ami-own")}, "", "ami-own", "the image is what runs"},
	} {
		r := runOn(t, imageCloud("/dev/sda1"), test.args)
		template := named(t, r, templateType, "main-machines")
		assert.Equal(t, test.id, text(template, "imageId"), name)
		assert.Equal(t, "/dev/sda1", text(template["blockDeviceMappings"].ArrayValue()[0].ObjectValue(), "deviceName"),
			"%s: the disk that the image starts from is the encrypted one", name)
		asked := ""
		for _, call := range r.Calls {
			switch call.Token {
			case "aws:ssm/getParameter:getParameter":
				asked = text(call.Args, "name")
			case "aws:ec2/getAmi:getAmi":
				filter := call.Args["filters"].ArrayValue()[0].ObjectValue()
				assert.Equal(t, test.id, filter["values"].ArrayValue()[0].StringValue(), name)
			}
		}
		assert.Equal(t, test.parameter, asked, name)
		if test.about != "" {
			assert.NotContains(t, decoded(t, r), "placeholder", test.about)
		} else {
			assert.Contains(t, decoded(t, r), "placeholder.service")
		}
		group := named(t, r, groupType, "main-machines")
		assert.Equal(t, "7", version(group), "%s: a new version changes the group", name)
	}
}

func TestImageThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		_, err := inWorld(ctx, Args{ImageParameter: "/images/none"}, []string{"main"})
		return err
	})
	require.ErrorContains(t, err, "/images/none")
}

func TestAccountThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		args := placed(Args{})
		_, err := New(ctx, "main", &args)
		return err
	})
	require.ErrorContains(t, err, `cluster "main": looking up the account`)
}
