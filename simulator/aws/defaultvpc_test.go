package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	defaultVPCToken    = "aws:ec2/defaultVpc:DefaultVpc"
	defaultSubnetToken = "aws:ec2/defaultSubnet:DefaultSubnet"
)

func defaultVPCFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: defaultVPCToken, Adopts: true,
			Inputs: func(*world) inputs { return inputs{} },
			Update: changing(inputs{"enableDnsHostnames": false}),
		},
		{
			Type: defaultSubnetToken, Adopts: true,
			Inputs:  func(*world) inputs { return inputs{"availabilityZone": "us-west-2b"} },
			Update:  changing(inputs{"mapPublicIpOnLaunch": false}),
			Replace: changing(inputs{"availabilityZone": "us-west-2c"}),
		},
	}
}

func defaultVPCCases() []simulatortest.Case {
	in := func(zone string) func(*world) error {
		return making(defaultSubnetToken, given(inputs{"availabilityZone": zone}))
	}
	return []simulatortest.Case{{
		ID: "aws-default-subnet-zone", Code: "InvalidZone.NotFound", Text: "'us-east-1a' does not exist in us-west-2",
		Fails: in("us-east-1a"), Passes: in("us-west-2d"),
	}}
}

// TestDefaultVPC: every region has one, with a subnet in each zone, and none of it counts as created.
func TestDefaultVPC(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here := ask(t, w, "aws:ec2/getVpc:getVpc", inputs{"default": true})
	assert.Equal(t, "172.31.0.0/16", here["cidrBlock"])
	assert.Equal(t, true, here["default"])
	assert.Empty(t, w.Account.Resources())
	there := ask(t, w.As(inputs{"region": "us-east-1"}), "aws:ec2/getVpc:getVpc", inputs{"default": true})
	assert.NotEqual(t, here["id"], there["id"])
	again := ask(t, newWorld(t), "aws:ec2/getVpc:getVpc", inputs{"default": true})
	assert.Equal(t, here, again, "it is the same in every rehearsal")

	adopted := w.Create(defaultVPCToken, "v", inputs{})
	assert.Equal(t, here["id"], adopted.ID())
	assert.Equal(t, "172.31.0.0/16", adopted.Text("cidrBlock"))
	assert.NotEmpty(t, adopted.Text("defaultSecurityGroupId"))
	s := w.Create(defaultSubnetToken, "s", inputs{"availabilityZone": "us-west-2b"})
	assert.Equal(t, "172.31.16.0/20", s.Text("cidrBlock"))
	assert.Equal(t, adopted.ID(), s.Text("vpcId"))
	assert.Equal(t, "usw2-az1", s.Text("availabilityZoneId"))
	g := w.Create(groupToken, "g", inputs{}) // a group of no VPC is one of the default VPC
	assert.Equal(t, adopted.ID(), g.Text("vpcId"))
	w.Create("aws:ec2/defaultRouteTable:DefaultRouteTable", "r", inputs{"defaultRouteTableId": adopted.Text("defaultRouteTableId")})
	w.Create("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "a", inputs{"defaultNetworkAclId": adopted.Text("defaultNetworkAclId")})
	assert.Len(t, w.Account.Resources(), 1, "the group")
	w.Delete(g, s, adopted)
	assert.Empty(t, w.Account.Resources())
	assert.Equal(t, here["id"], ask(t, w, "aws:ec2/getVpc:getVpc", inputs{"default": true})["id"], "it stays")

	_, err := w.Try(subnetToken, "conflict", inputs{"vpcId": here["id"], "cidrBlock": "172.31.16.0/24"})
	assert.Equal(t, "InvalidSubnet.Conflict", simulator.Code(err))
	_, err = w.Try(internetGatewayToken, "second", inputs{"vpcId": here["id"]})
	assert.Equal(t, []string{"aws-vpc-one-internet-gateway"}, simulator.Broken(err))
}

// TestNoDefaultVPC: accounts can do without.
func TestNoDefaultVPC(t *testing.T) {
	t.Parallel()
	w := simulatortest.NewWorld(t, aws.New(aws.Options{NoDefaultVPC: true}), oregon)
	refuses(t, w, "aws:ec2/getVpc:getVpc", inputs{"default": true}, "no matching EC2 VPC found")
	_, err := w.Try(groupToken, "g", inputs{})
	assert.Equal(t, "VPCIdNotSpecified", simulator.Code(err))
	_, err = w.Try(defaultSubnetToken, "s", inputs{"availabilityZone": "us-west-2b"})
	assert.Equal(t, "DefaultVpcDoesNotExist", simulator.Code(err))
	made := w.Create(defaultVPCToken, "v", inputs{})
	assert.Equal(t, made.ID(), ask(t, w, "aws:ec2/getVpc:getVpc", inputs{"default": true})["id"])
}
