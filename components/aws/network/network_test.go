package network

import (
	"slices"
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
	vpcType       = "aws:ec2/vpc:Vpc"
	subnetType    = "aws:ec2/subnet:Subnet"
	natType       = "aws:ec2/natGateway:NatGateway"
	eipType       = "aws:ec2/eip:Eip"
	routeType     = "aws:ec2/route:Route"
	tableType     = "aws:ec2/routeTable:RouteTable"
	attachType    = "aws:ec2/routeTableAssociation:RouteTableAssociation"
	aclType       = "aws:ec2/networkAcl:NetworkAcl"
	aclAttachType = "aws:ec2/networkAclAssociation:NetworkAclAssociation"
	groupType     = "aws:ec2/securityGroup:SecurityGroup"
	ruleType      = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	endpointType  = "aws:ec2/vpcEndpoint:VpcEndpoint"
	flowLogType   = "aws:ec2/flowLog:FlowLog"
	logGroupType  = "aws:cloudwatch/logGroup:LogGroup"
	roleType      = "aws:iam/role:Role"
	policyType    = "aws:iam/rolePolicy:RolePolicy"
	gatewayType   = "aws:ec2/internetGateway:InternetGateway"
	keyType       = "aws:kms/key:Key"
	aliasType     = "aws:kms/alias:Alias"
)

// region describes a fake AWS, which accepts everything and computes what the component reads.
type region struct {
	zones  []string // offered, in the order of the answer; none: the look-up fails
	ipam   string   // the block that an IPAM pool gives
	ipv6   string   // the IPv6 block of a VPC
	arn    string   // the ARN of a VPC
	nobody bool     // the look-up of the account fails
}

func (r region) cloud() pulumi.MockResourceMonitor {
	echo := componenttest.Echo{State: func(token, name string) resource.PropertyMap {
		state := map[string]any{
			"arn": "arn:aws:test:us-east-1:123456789012:" + name, "allocationId": "eipalloc-" + name, "publicIp": "192.0.2.1",
		}
		if token == vpcType {
			state = map[string]any{
				"arn": r.arn, "ownerId": "123456789012", "ipv6CidrBlock": r.ipv6, "defaultRouteTableId": "rtb-1", "defaultNetworkAclId": "acl-1",
			}
			if r.ipam != "" {
				state["cidrBlock"] = r.ipam
			}
		}
		return resource.NewPropertyMapFromMap(state)
	}}
	echo.Answers = componenttest.AWSAnswers("us-east-1", r.zones...)
	if r.nobody {
		delete(echo.Answers, "aws:index/getCallerIdentity:getCallerIdentity")
	}
	return echo
}

const vpcARN = "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1"

// virginia has six zones, which a look-up does not list in order.
var virginia = region{
	zones: []string{"us-east-1c", "us-east-1a", "us-east-1b", "us-east-1f", "us-east-1d", "us-east-1e"},
	ipv6:  "2600:1f18:1234:5600::/56", arn: vpcARN,
}

func cloud(require.TestingT) pulumi.MockResourceMonitor { return virginia.cloud() }

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.Network(t, componenttest.NetworkDriver{
		Driver: componenttest.AWS("network", Token,
			func(ctx *pulumi.Context, name string, n spec.Network, opts ...pulumi.ResourceOption) error {
				_, err := New(ctx, name, &Args{Network: n}, opts...)
				return err
			}, routeType, attachType, aclAttachType, policyType, aliasType),
		Zones:      []string{"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"},
		SubnetType: subnetType, NATType: natType, FlowLogType: flowLogType,
		Private: func(r componenttest.Recording) bool {
			return slices.ContainsFunc(r.OfType(endpointType), func(e componenttest.Resource) bool {
				return text(e, "vpcEndpointType") == "Interface" && !strings.HasSuffix(text(e, "serviceName"), "."+agentService)
			})
		},
		ZoneOf:      func(r componenttest.Resource) string { return r.Inputs["availabilityZone"].StringValue() },
		Spanning:    []string{endpointType + ".subnetIds", endpointType + ".routeTableIds"},
		DefaultDeny: assertClosed,
	})
}

// assertClosed holds that no subnet hands out public addresses, that what AWS leaves open is closed, and that no
// security group lets in more than the network itself.
func assertClosed(t require.TestingT, r componenttest.Recording) {
	for _, subnet := range r.OfType(subnetType) {
		assert.False(t, subnet.Inputs["mapPublicIpOnLaunch"].BoolValue(), "%s", subnet.URN)
		if v6 := subnet.Inputs["assignIpv6AddressOnCreation"]; v6.IsBool() && strings.Contains(subnet.Name, "public") {
			assert.False(t, v6.BoolValue(), "%s", subnet.URN)
		}
	}
	group, ok := r.Named("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "main-default")
	require.True(t, ok)
	for _, key := range []resource.PropertyKey{"ingress", "egress"} {
		require.True(t, group.Inputs[key].IsArray(), "%s is given, not left alone", key)
		assert.Empty(t, group.Inputs[key].ArrayValue())
	}
	table, ok := r.Named("aws:ec2/defaultRouteTable:DefaultRouteTable", "main-default")
	require.True(t, ok)
	require.True(t, table.Inputs["routes"].IsArray())
	assert.Empty(t, table.Inputs["routes"].ArrayValue())
	acl, ok := r.Named("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "main-default")
	require.True(t, ok)
	assert.NotContains(t, acl.Inputs, resource.PropertyKey("ingress"))
	assert.NotContains(t, acl.Inputs, resource.PropertyKey("egress"))
	assert.Equal(t, []string{"subnetIds"}, acl.Request.GetIgnoreChanges())
	for _, rule := range r.OfType(ruleType) {
		assert.Equal(t, "10.0.0.0/16", rule.Inputs["cidrIpv4"].StringValue(), "%s", rule.URN)
		assert.Equal(t, 443.0, rule.Inputs["toPort"].NumberValue(), "%s", rule.URN)
	}
	for _, group := range r.OfType(groupType) {
		assert.NotContains(t, group.Inputs, resource.PropertyKey("ingress"), "rules are resources of their own")
	}
}

// run creates a network in the fake cloud and returns what it registered.
func run(t *testing.T, args *Args, check ...func(*pulumi.Context, *Network)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(cloud(t), func(ctx *pulumi.Context) error {
		n, err := New(ctx, "main", args)
		for _, c := range check {
			c(ctx, n)
		}
		return err
	})
	require.NoError(t, err)
	return r
}

func named(t *testing.T, r componenttest.Recording, token, name string) componenttest.Resource {
	t.Helper()
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res
}

func text(r componenttest.Resource, key resource.PropertyKey) string {
	if !r.Inputs[key].IsString() {
		return ""
	}
	return r.Inputs[key].StringValue()
}

func TestSubnets(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	want := map[string]string{
		"main-public-a": "10.0.160.0/22", "main-public-b": "10.0.164.0/22", "main-public-c": "10.0.168.0/22",
		"main-private-a": "10.0.0.0/20", "main-private-b": "10.0.16.0/20", "main-private-c": "10.0.32.0/20",
		"main-data-a": "10.0.128.0/22", "main-data-b": "10.0.132.0/22", "main-data-c": "10.0.136.0/22",
	}
	got := map[string]string{}
	for _, s := range r.OfType(subnetType) {
		got[s.Name] = text(s, "cidrBlock")
		assert.Equal(t, "us-east-1"+s.Name[len(s.Name)-1:], text(s, "availabilityZone"))
		assert.Equal(t, "holdfast-test-"+s.Name, s.Inputs["tags"].ObjectValue()["Name"].StringValue())
	}
	assert.Equal(t, want, got)
	vpc := named(t, r, vpcType, "main-vpc")
	assert.True(t, vpc.Inputs["enableDnsSupport"].BoolValue())
	assert.True(t, vpc.Inputs["enableDnsHostnames"].BoolValue())
	assert.Equal(t, "10.0.0.0/16", text(vpc, "cidrBlock"))
	assert.NotContains(t, vpc.Inputs, resource.PropertyKey("assignGeneratedIpv6CidrBlock"))
}

func TestIPv6(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{Network: spec.Network{IPv6: true}})
	assert.True(t, named(t, r, vpcType, "main-vpc").Inputs["assignGeneratedIpv6CidrBlock"].BoolValue())
	for name, want := range map[string]string{
		"main-private-a": "2600:1f18:1234:5600::/64", "main-data-b": "2600:1f18:1234:5641::/64", "main-public-c": "2600:1f18:1234:5682::/64",
	} {
		assert.Equal(t, want, text(named(t, r, subnetType, name), "ipv6CidrBlock"))
	}
}

func TestIPAM(t *testing.T) {
	t.Parallel()
	pool := virginia
	pool.ipam = "10.64.0.0/18"
	r, err := componenttest.Run(pool.cloud(), func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", &Args{IPAMPoolID: pulumi.String("ipam-pool-1"), IPAMNetmask: 18})
		return err
	})
	require.NoError(t, err)
	vpc := named(t, r, vpcType, "main-vpc")
	assert.Equal(t, "ipam-pool-1", text(vpc, "ipv4IpamPoolId"))
	assert.Equal(t, 18.0, vpc.Inputs["ipv4NetmaskLength"].NumberValue())
	assert.NotContains(t, vpc.Inputs, resource.PropertyKey("cidrBlock"))
	assert.Equal(t, "10.64.4.0/22", text(named(t, r, subnetType, "main-private-b"), "cidrBlock"))
	assert.Equal(t, "10.64.0.0/18", text(named(t, r, ruleType, "main-endpoints-https"), "cidrIpv4"))
}

func TestSubnetTags(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{
		Network:    spec.Network{Tags: map[string]string{"team": "a", "Name": "mine"}},
		SubnetTags: map[spec.Tier]map[string]string{spec.Public: {"kubernetes.io/role/elb": "1", "team": "b"}},
	})
	public := named(t, r, subnetType, "main-public-a").Inputs["tags"].ObjectValue()
	assert.Equal(t, "1", public["kubernetes.io/role/elb"].StringValue())
	assert.Equal(t, "b", public["team"].StringValue())
	assert.Equal(t, "holdfast-test-main-public-a", public["Name"].StringValue())
	private := named(t, r, subnetType, "main-private-a").Inputs["tags"].ObjectValue()
	assert.NotContains(t, private, resource.PropertyKey("kubernetes.io/role/elb"))
	assert.Equal(t, "a", private["team"].StringValue())
}

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	for _, args := range []*Args{nil, {Network: spec.Network{NAT: spec.NATNone, IPv6: true,
		FlowLogs: spec.FlowLogs{Disabled: true}, Endpoints: spec.Endpoints{Disabled: true}}}} {
		run(t, args, func(_ *pulumi.Context, n *Network) {
			componenttest.Outputs(t, n, n.outputs())
			assert.Equal(t, []string{"us-east-1a", "us-east-1b", "us-east-1c"}, n.Zones)
			pulumi.All(n.VpcID, n.CIDR, n.PrivateSubnetIDs, n.NATPublicIPs, n.FlowLogGroupName).ApplyT(func(v []any) int {
				assert.Equal(t, vpcType+"::main-vpc", v[0])
				assert.Equal(t, "10.0.0.0/16", v[1])
				assert.Equal(t, []string{subnetType + "::main-private-a", subnetType + "::main-private-b", subnetType + "::main-private-c"}, v[2])
				if args == nil {
					assert.Len(t, v[3], 3)
					assert.Equal(t, "/holdfast/test/main/flow-logs", v[4])
				} else {
					assert.Empty(t, v[3])
					assert.Empty(t, v[4])
				}
				return 0
			})
		})
	}
}

func TestZonesThatTheRegionLacks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		region  region
		network spec.Network
		want    string
	}{
		"too few": {region{zones: []string{"eu-west-1a", "eu-west-1b"}}, spec.Network{},
			`network "main": zones: 3 are more zones than the region has; use at most 2, or another region`},
		"another region": {region{zones: []string{"eu-west-1a", "eu-west-1b"}}, spec.Network{ZoneNames: []string{"eu-west-1a", "eu-west-1c"}},
			`network "main": zoneNames[1]: "eu-west-1c" is not a zone of the provider's region; did you mean eu-west-1a? (use eu-west-1a or eu-west-1b)`},
		"no place":      {region{zones: []string{"eu-west-1a", "eu-west-1x"}}, spec.Network{Zones: 2}, `zone eu-west-1x has no place in the layout`},
		"failed lookup": {region{}, spec.Network{}, `network "main": looking up the region's availability zones: `},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := componenttest.Run(test.region.cloud(), func(ctx *pulumi.Context) error {
				_, err := New(ctx, "main", &Args{Network: test.network})
				return err
			})
			require.ErrorContains(t, err, test.want)
			assert.Len(t, r.Resources, 1, "no child is registered")
		})
	}
}
