package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const getAMI = "aws:ec2/getAmi:getAmi"

func filter(name string, values ...any) inputs { return inputs{"name": name, "values": values} }

func TestGetAMI(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ubuntu := inputs{
		"owners": []any{"099720109477"}, "mostRecent": true, "filters": []any{
			filter("name", "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"), filter("virtualization-type", "hvm"),
		},
	}
	found := ask(t, w, getAMI, ubuntu)
	assert.Equal(t, "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20250610", found["name"], "the newest")
	assert.Regexp(t, "^ami-[0-9a-f]{17}$", found["id"])
	assert.Equal(t, "x86_64", found["architecture"])
	assert.Equal(t, "/dev/sda1", found["rootDeviceName"])
	assert.Equal(t, "arn:aws:ec2:us-west-2::image/"+found["id"].(string), found["arn"])
	assert.Equal(t, found["id"], ask(t, newWorld(t), getAMI, ubuntu)["id"], "the same in every account")
	assert.NotEqual(t, found["id"], ask(t, in(t, "eu-west-1"), getAMI, ubuntu)["id"], "another in every region")

	refuses(t, w, getAMI, with(ubuntu, inputs{"mostRecent": false}), "returned more than one result")
	refuses(t, w, getAMI, with(ubuntu, inputs{"owners": []any{"self"}}), "returned no results")
	refuses(t, w, getAMI, with(ubuntu, inputs{"nameRegex": "^debian"}), "returned no results")
	refuses(t, w, getAMI, with(ubuntu, inputs{"nameRegex": "("}), "no regular expression")
	refuses(t, w, getAMI, inputs{"filters": []any{filter("colour", "red")}}, "The filter 'colour' is invalid")
	windows := ask(t, w, getAMI, inputs{
		"owners": []any{"amazon"}, "mostRecent": true, "filters": []any{filter("platform", "windows")},
	})
	assert.Equal(t, "Windows", windows["platformDetails"])
}

func TestGetAMIIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	args := inputs{"owners": []any{"136693071363"}, "nameRegex": "^debian-12-arm64", "filters": []any{filter("name", "debian-??-*")}}
	newest := ask(t, w, "aws:ec2/getAmiIds:getAmiIds", args)["ids"].([]any)
	oldest := ask(t, w, "aws:ec2/getAmiIds:getAmiIds", with(args, inputs{"sortAscending": true}))["ids"].([]any)
	require.Len(t, newest, 2)
	assert.Equal(t, []any{newest[1], newest[0]}, oldest)
	assert.Empty(t, ask(t, w, "aws:ec2/getAmiIds:getAmiIds", with(args, inputs{"owners": []any{"self"}}))["ids"])
}

func TestPublicParameters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	value := func(name string) string {
		answer, err := w.Provider.Invoke("aws:ssm/getParameter:getParameter", resource.NewPropertyMapFromMap(inputs{"name": name}))
		require.NoError(t, err, name)
		require.True(t, answer["value"].IsSecret(), "the value of a parameter is a secret")
		return answer["value"].SecretValue().Element.StringValue()
	}
	named := func(id string) any {
		return ask(t, w, getAMI, inputs{"filters": []any{filter("image-id", id)}})["name"]
	}
	for name, image := range map[string]string{
		"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64":                       "al2023-ami-2023.7.20250609.0-kernel-6.1-arm64",
		"/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2":                              "amzn2-ami-hvm-2.0.20250610.0-x86_64-gp2",
		"/aws/service/eks/optimized-ami/1.31/amazon-linux-2/recommended/image_id":                    "amazon-eks-node-1.31-v20250610",
		"/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id":                "al2023-ami-ecs-hvm-2023.0.20250603-kernel-6.1-arm64",
		"/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id":         "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20250610",
		"/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id": "amazon-eks-node-al2023-x86_64-standard-1.33-v20250610",
	} {
		assert.Equal(t, image, named(value(name)), name)
	}
	assert.Contains(t, value("/aws/service/ecs/optimized-ami/amazon-linux-2/recommended"), `"image_id":"ami-`)
	assert.Equal(t, "own-ami-0123456789abcdef0", named("ami-0123456789abcdef0"), "other images may well exist")
	own := ask(t, w, getAMI, inputs{"owners": []any{"self"}, "filters": []any{
		filter("image-id", "ami-0123456789abcdef0"), filter("architecture", "arm64"),
	}})
	assert.Equal(t, []any{"arm64", "/dev/xvda", "123456789012", "", false},
		[]any{own["architecture"], own["rootDeviceName"], own["ownerId"], own["imageOwnerAlias"], own["public"]})
	for _, none := range []inputs{
		{"filters": []any{filter("image-id", "ami-mine")}},
		{"filters": []any{filter("image-id", "ami-0123456789abcdef0")}, "owners": []any{"amazon"}},
		{"filters": []any{filter("image-id", "ami-*")}, "nameRegex": "^own-"},
	} {
		refuses(t, w, getAMI, none, "Your query returned no results")
	}
	refuses(t, w, "aws:ssm/getParameter:getParameter", inputs{"name": "/mine"}, "ParameterNotFound")
}

func TestInstanceTypes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const one, many = "aws:ec2/getInstanceType:getInstanceType", "aws:ec2/getInstanceTypes:getInstanceTypes"
	for name, want := range map[string][3]float64{ // vCPUs, cores, MiB
		"t2.micro": {1, 1, 1024}, "t3.micro": {2, 1, 1024}, "m5.large": {2, 1, 8192}, "c5.9xlarge": {36, 18, 73728},
		"m7g.medium": {1, 1, 4096}, "i3.large": {2, 1, 15616}, "m7i.metal-48xl": {192, 96, 786432}, "i3.metal": {72, 36, 524288},
	} {
		found := ask(t, w, one, inputs{"instanceType": name})
		assert.Equal(t, want, [3]float64{
			found["defaultVcpus"].(float64), found["defaultCores"].(float64), found["memorySize"].(float64),
		}, name)
	}
	assert.Equal(t, []any{"arm64"}, ask(t, w, one, inputs{"instanceType": "t4g.nano"})["supportedArchitectures"])
	refuses(t, w, one, inputs{"instanceType": "t3.mikro"}, "InvalidInstanceType")
	assert.Equal(t, []any{"c6g.large", "c7g.large"}, ask(t, w, many, inputs{"filters": []any{
		filter("processor-info.supported-architecture", "arm64"), filter("memory-info.size-in-mib", "4096"),
		filter("instance-type", "c*"),
	}})["instanceTypes"])
}

func TestOfferings(t *testing.T) {
	t.Parallel()
	const one = "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering"
	const many = "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings"
	virginia := in(t, "us-east-1")
	small := []any{filter("instance-type", "t3.micro")}
	places := ask(t, virginia, many, inputs{"locationType": "availability-zone", "filters": small})["locations"]
	assert.Equal(t, []any{"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1f"}, places)
	ids := ask(t, virginia, many, inputs{"locationType": "availability-zone-id", "filters": small})["locations"]
	assert.NotContains(t, ids, "use1-az3")
	assert.Equal(t, []any{"us-east-1"}, ask(t, virginia, many, inputs{"filters": small})["locations"])
	either := []any{filter("instance-type", "t2.micro", "t3.micro")}
	assert.Equal(t, "t3.micro", ask(t, virginia, one, inputs{
		"filters": either, "preferredInstanceTypes": []any{"t9.micro", "t3.micro", "t2.micro"},
	})["instanceType"])
	refuses(t, virginia, one, inputs{"filters": either}, "multiple EC2 Instance Offerings found")
	refuses(t, virginia, one, inputs{"filters": []any{filter("location", "us-east-2")}}, "no EC2 Instance Type Offerings found")
}

func TestLookUpWhatIsLaunched(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	host := w.Create(instanceToken, "host", with(machine(w), inputs{"tags": inputs{"Name": "web"}}))
	w.Create(instanceToken, "other", inputs{"ami": imageOf(w, "x86_64"), "instanceType": "t3.micro"})
	const instance = "aws:ec2/getInstance:getInstance"
	for _, args := range []inputs{
		{"instanceId": host.ID()}, {"instanceTags": inputs{"Name": "web"}}, {"filters": []any{filter("tag:Name", "w*")}},
	} {
		found := ask(t, w, instance, args)
		assert.Equal(t, host.ID(), found["id"])
		assert.Equal(t, host.Text("privateIp"), found["privateIp"])
		assert.Len(t, found["rootBlockDevices"], 1)
	}
	refuses(t, w, instance, inputs{"filters": []any{filter("instance-type", "t3.micro")}}, "multiple EC2 Instances matched")
	refuses(t, w, instance, inputs{"instanceId": "i-0"}, "no matching EC2 Instance found")

	pair := w.Create(keyPairToken, "key", inputs{"keyName": "admin", "publicKey": publicKey})
	found := ask(t, w, "aws:ec2/getKeyPair:getKeyPair", inputs{"keyName": "admin"})
	assert.Equal(t, pair.Text("keyPairId"), found["id"])
	assert.Empty(t, found["publicKey"])
	assert.Equal(t, publicKey, ask(t, w, "aws:ec2/getKeyPair:getKeyPair", inputs{"includePublicKey": true})["publicKey"])

	made := template(w, inputs{
		"iamInstanceProfile": inputs{"name": profile(w).Text("name")}, "tags": inputs{"team": "web"},
		"blockDeviceMappings": []any{inputs{"deviceName": "/dev/xvda", "ebs": inputs{"volumeSize": 20}}},
	})
	shown := ask(t, w, "aws:ec2/getLaunchTemplate:getLaunchTemplate", inputs{"name": made.Text("name")})
	assert.Equal(t, made.ID(), shown["id"])
	assert.Equal(t, 1.0, shown["latestVersion"])
	assert.Len(t, shown["iamInstanceProfiles"], 1)
	device := shown["blockDeviceMappings"].([]any)[0].(map[string]any)["ebs"].([]any)[0].(map[string]any)
	assert.Equal(t, 20.0, device["volumeSize"])
}

// TestTemplateVersions: what is launched makes a version, what is said about the template does not.
func TestTemplateVersions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := inputs{"imageId": imageOf(w, "x86_64"), "instanceType": "t3.micro"}
	thing := w.Create(templateToken, "template", in)
	versions := func() [2]any {
		_, _, outputs, err := w.Provider.Read(thing.Request, thing.Inputs)
		require.NoError(t, err)
		return [2]any{outputs["latestVersion"].NumberValue(), outputs["defaultVersion"].NumberValue()}
	}
	update := func(changes inputs) {
		in = with(in, changes)
		updated, err := w.TryUpdate(thing, in)
		require.NoError(t, err)
		thing = updated
	}
	assert.Equal(t, [2]any{1.0, 1.0}, versions())
	update(inputs{"instanceType": "t3.small"})
	assert.Equal(t, [2]any{2.0, 1.0}, versions())
	update(inputs{"tags": inputs{"team": "web"}})
	assert.Equal(t, [2]any{2.0, 1.0}, versions())
	update(inputs{"instanceType": "t3.large", "updateDefaultVersion": true})
	assert.Equal(t, [2]any{3.0, 3.0}, versions())
	update(inputs{"updateDefaultVersion": nil, "defaultVersion": 2})
	assert.Equal(t, [2]any{3.0, 2.0}, versions())
}

// TestLaunchWithoutSubnet: an instance goes into the default VPC, into a zone that has its type.
func TestLaunchWithoutSubnet(t *testing.T) {
	t.Parallel()
	w := in(t, "us-east-1")
	image := imageOf(w, "x86_64")
	_, err := w.Try(instanceToken, "small", inputs{"ami": image, "instanceType": "t3.micro", "availabilityZone": "us-east-1e"})
	require.ErrorContains(t, err, "choosing us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f")
	here := w.Create(instanceToken, "anywhere", inputs{"ami": image, "instanceType": "t3.micro"})
	assert.Equal(t, "us-east-1a", here.Text("availabilityZone"))
	assert.Regexp(t, `^198\.1[89]\.`, here.Text("publicIp"))
	assert.Regexp(t, `^ec2-198-1[89]-\d+-\d+\.compute-1\.amazonaws\.com$`, here.Text("publicDns"))
	assert.Regexp(t, `^ip-172-31-\d+-\d+\.ec2\.internal$`, here.Text("privateDns"))
	none := simulatortest.NewWorld(t, withoutDefaultVPC(), oregon)
	_, err = none.Try(instanceToken, "nowhere", inputs{"ami": imageOf(none, "x86_64"), "instanceType": "t3.micro"})
	require.ErrorContains(t, err, "VPCIdNotSpecified")
}

// TestGatewayWaitsForInstances: an internet gateway stays while something in its network has a public address.
func TestGatewayWaitsForInstances(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string]inputs{"own": {"associatePublicIpAddress": true}, "elastic": {}, "none": {}} {
		w := newWorld(t)
		host := w.Create(instanceToken, "host", with(machine(w), changes))
		door := w.Create(internetGatewayToken, "gateway", inputs{"vpcId": vpcOf(w)})
		if name == "elastic" {
			w.Create("aws:ec2/eipAssociation:EipAssociation", "public", inputs{
				"allocationId": address(w, "public").ID(), "instanceId": host.ID(),
			})
		}
		if err := w.TryDelete(door); name == "none" {
			require.NoError(t, err)
		} else {
			assert.Equal(t, []string{"aws-vpc-gateway-before-addresses"}, simulator.Broken(err), name)
			w.Delete(host)
			require.NoError(t, w.TryDelete(door), name)
		}
	}
}
