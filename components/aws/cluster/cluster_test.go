package cluster

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The types of the children that tests look for.
const (
	groupType    = "aws:autoscaling/group:Group"
	policyType   = "aws:autoscaling/policy:Policy"
	scheduleType = "aws:autoscaling/schedule:Schedule"
	hookType     = "aws:autoscaling/lifecycleHook:LifecycleHook"
	templateType = "aws:ec2/launchTemplate:LaunchTemplate"
	securityType = "aws:ec2/securityGroup:SecurityGroup"
	ingressType  = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressType   = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	roleType     = "aws:iam/role:Role"
	inlineType   = "aws:iam/rolePolicy:RolePolicy"
	attachType   = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	profileType  = "aws:iam/instanceProfile:InstanceProfile"
	linkedType   = "aws:iam/serviceLinkedRole:ServiceLinkedRole"
	keyType      = "aws:kms/key:Key"
	aliasType    = "aws:kms/alias:Alias"
	logGroupType = "aws:cloudwatch/logGroup:LogGroup"
)

// inWorld creates clusters in the private subnets of one network.
func inWorld(ctx *pulumi.Context, args Args, names []string, opts ...pulumi.ResourceOption) ([]*Cluster, error) {
	_, network, err := componenttest.AWSWorld(ctx)
	if err != nil {
		return nil, err
	}
	args.VpcID, args.SubnetIDs = network.VpcID, network.Private
	var clusters []*Cluster
	for _, name := range names {
		created, err := New(ctx, name, &args, opts...)
		if err != nil {
			return nil, err
		}
		clusters = append(clusters, created)
	}
	return clusters, nil
}

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.Cluster(t, componenttest.ClusterDriver{
		Driver: componenttest.AWS("cluster", Token,
			func(ctx *pulumi.Context, name string, c spec.Cluster, opts ...pulumi.ResourceOption) error {
				_, err := inWorld(ctx, Args{Cluster: c}, []string{name}, opts...)
				return err
			}, inlineType, attachType, aliasType, policyType, scheduleType),
		GroupType: groupType, Replaced: componenttest.AWSReplaced,
		Several: func(ctx *pulumi.Context, c spec.Cluster, names ...string) error {
			_, err := inWorld(ctx, Args{Cluster: c}, names)
			return err
		},
		Describe: describe,
		Hardened: assertHardened,
	})
}

func describe(t require.TestingT, r componenttest.Recording) componenttest.ClusterFacts {
	groups := r.OfType(groupType)
	require.Len(t, groups, 1)
	group := groups[0].Inputs
	facts := componenttest.ClusterFacts{
		Min: int(group["minSize"].NumberValue()), Max: int(group["maxSize"].NumberValue()),
		Schedules: len(r.OfType(scheduleType)),
		Agent:     len(r.OfType(logGroupType)) == 1 && strings.Contains(decoded(t, r), agentControl),
		Forecast:  spec.ForecastNone,
	}
	if refresh := group["instanceRefresh"]; refresh.IsObject() {
		facts.Rolls = version(group) == "1" // a number: $Latest would never roll
		facts.RollsBack = refresh.ObjectValue()["preferences"].ObjectValue()["autoRollback"].BoolValue()
	}
	if mix := group["mixedInstancesPolicy"]; mix.IsObject() {
		above := mix.ObjectValue()["instancesDistribution"].ObjectValue()["onDemandPercentageAboveBaseCapacity"]
		facts.SpotPercent = 100 - int(above.NumberValue())
	}
	for _, policy := range r.OfType(policyType) {
		tracking, predictive := policy.Inputs["targetTrackingConfiguration"], policy.Inputs["predictiveScalingConfiguration"]
		switch text(policy.Inputs, "name") {
		case "cpu":
			facts.CPUPercent = int(tracking.ObjectValue()["targetValue"].NumberValue())
		case "memory":
			facts.Memory = true
		case "forecast":
			facts.Forecast = map[string]spec.Forecast{
				"ForecastOnly": spec.ForecastShown, "ForecastAndScale": spec.ForecastFollowed,
			}[text(predictive.ObjectValue(), "mode")]
		}
	}
	return facts
}

// version returns the version of the launch template that a group starts from.
func version(group resource.PropertyMap) string {
	if template := group["launchTemplate"]; template.IsObject() {
		return text(template.ObjectValue(), "version")
	}
	template := group["mixedInstancesPolicy"].ObjectValue()["launchTemplate"].ObjectValue()
	return text(template["launchTemplateSpecification"].ObjectValue(), "version")
}

// decoded returns the user data of the one launch template.
func decoded(t require.TestingT, r componenttest.Recording) string {
	templates := r.OfType(templateType)
	require.Len(t, templates, 1)
	plain, err := base64.StdEncoding.DecodeString(text(templates[0].Inputs, "userData"))
	require.NoError(t, err)
	return string(plain)
}

// assertHardened holds that machines have no public address, no key pair and an encrypted disk, answer for metadata only
// with a token and to themselves, and that nobody gets in who is not asked in.
func assertHardened(t require.TestingT, r componenttest.Recording) {
	for _, template := range r.OfType(templateType) {
		in := template.Inputs
		assert.NotContains(t, in, resource.PropertyKey("keyName"))
		assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
			"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1,
		}), in["metadataOptions"].ObjectValue())
		assert.True(t, in["monitoring"].ObjectValue()["enabled"].BoolValue())
		cards := in["networkInterfaces"].ArrayValue()
		require.Len(t, cards, 1)
		assert.Equal(t, "false", text(cards[0].ObjectValue(), "associatePublicIpAddress"))
		assert.NotContains(t, in, resource.PropertyKey("vpcSecurityGroupIds"), "EC2 refuses them beside interfaces")
		disks := in["blockDeviceMappings"].ArrayValue()
		require.Len(t, disks, 1)
		assert.Equal(t, "/dev/xvda", text(disks[0].ObjectValue(), "deviceName"), "the system disk of the image")
		disk := disks[0].ObjectValue()["ebs"].ObjectValue()
		assert.Equal(t, "true", text(disk, "encrypted"))
		assert.Equal(t, "gp3", text(disk, "volumeType"))
		assert.Contains(t, text(disk, "kmsKeyId"), ":key/")
	}
	for _, group := range r.OfType(securityType) {
		assert.NotContains(t, group.Inputs, resource.PropertyKey("ingress"), "rules are resources of their own")
		assert.NotContains(t, group.Inputs, resource.PropertyKey("egress"), "rules are resources of their own")
	}
	assert.Empty(t, r.OfType(ingressType), "nobody gets in")
	for _, rule := range r.OfType(egressType) {
		assert.Equal(t, 443.0, rule.Inputs["toPort"].NumberValue())
	}
}

// run creates a cluster in the simulated cloud and returns what it registered.
func run(t *testing.T, args Args, check ...func(*pulumi.Context, *Cluster)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		clusters, err := inWorld(ctx, args, []string{"main"})
		for i := range check {
			if err == nil {
				check[i](ctx, clusters[0])
			}
		}
		return err
	})
	require.NoError(t, err)
	return r
}

// named returns the inputs of a child.
func named(t *testing.T, r componenttest.Recording, token, name string) resource.PropertyMap {
	t.Helper()
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res.Inputs
}

func text(inputs resource.PropertyMap, key resource.PropertyKey) string {
	value := inputs[key]
	for value.IsOutput() {
		value = value.OutputValue().Element
	}
	if !value.IsString() {
		return fmt.Sprint(value)
	}
	return value.StringValue()
}

// object returns what is at a path of objects.
func object(inputs resource.PropertyMap, path ...resource.PropertyKey) resource.PropertyMap {
	for _, key := range path {
		inputs = inputs[key].ObjectValue()
	}
	return inputs
}

func TestOutputs(t *testing.T) {
	t.Parallel()
	found := make(chan map[string]any, 1)
	run(t, Args{}, func(_ *pulumi.Context, c *Cluster) {
		outputs := c.outputs()
		componenttest.Outputs(t, c, outputs)
		outputs.ToMapOutput().ApplyT(func(known map[string]any) error {
			found <- known
			return nil
		})
	})
	known := <-found
	assert.Equal(t, "holdfast-test-main", known["groupName"])
	assert.Equal(t, "holdfast-test-main-machines", known["roleName"])
	assert.Equal(t, "/holdfast/test/main/logs", known["logGroupName"])
	assert.Contains(t, known["groupArn"], ":autoScalingGroupName/holdfast-test-main")
	assert.Contains(t, known["roleArn"], ":role/holdfast-test-main-machines")
	assert.Contains(t, known["keyArn"], ":key/")
	assert.Regexp(t, "^lt-", known["launchTemplateId"])
	assert.Regexp(t, "^sg-", known["securityGroupId"])
	assert.Regexp(t, "^ami-", known["imageId"])
	assert.Equal(t, 1, known["launchTemplateVersion"])
}

func TestNilArgs(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", nil)
		return err
	})
	require.ErrorContains(t, err, "cluster \"main\" is not valid:\nvpcId: is missing")
	require.ErrorContains(t, err, "subnetIds: is missing")
}

func decode(t *testing.T, document string) map[string]any {
	t.Helper()
	var into map[string]any
	require.NoError(t, json.Unmarshal([]byte(document), &into))
	return into
}
