package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
)

// refusal is something that AWS refuses to create. What it creates instead, with the mistake put right, the fixtures of
// TestLifecycle show.
type refusal struct {
	name   string
	token  string
	inputs func(*world) inputs
	code   string // AWS's own name for the error; empty where the provider refuses
	text   string // part of the message
}

func given(in inputs) func(*world) inputs { return func(*world) inputs { return in } }

func inVPC(in inputs) func(*world) inputs {
	return func(w *world) inputs { return with(in, inputs{"vpcId": vpc(w).ID()}) }
}

func runRefusals(t *testing.T, cases []refusal) {
	t.Helper()
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			in := test.inputs(w)
			before := w.Account.Resources()
			_, err := w.Try(test.token, "refused", in)
			require.Error(t, err)
			assert.Equal(t, test.code, simulator.Code(err), err.Error())
			assert.ErrorContains(t, err, test.text)
			assert.Equal(t, before, w.Account.Resources(), "nothing was created")
		})
	}
}

func TestNetworkRefusals(t *testing.T) {
	t.Parallel()
	const (
		vpcToken    = "aws:ec2/vpc:Vpc"
		subnetToken = "aws:ec2/subnet:Subnet"
		natToken    = "aws:ec2/natGateway:NatGateway"
		igwToken    = "aws:ec2/internetGateway:InternetGateway"
	)
	runRefusals(t, []refusal{
		{"VPC too large", vpcToken, given(inputs{"cidrBlock": "10.0.0.0/8"}), "InvalidVpc.Range", "/16 to /28"},
		{"VPC too small", vpcToken, given(inputs{"cidrBlock": "10.0.0.0/29"}), "InvalidVpc.Range", "'10.0.0.0/29' is invalid"},
		{"VPC off its network", vpcToken, given(inputs{"cidrBlock": "10.0.1.0/16"}), "", `did you mean "10.0.0.0/16"?`},
		{"VPC in IPv6", vpcToken, given(inputs{"cidrBlock": "2001:db8::/56"}), "", "not an IPv4 CIDR block"},
		{"VPC without addresses", vpcToken, given(inputs{}), "MissingParameter", "'cidrBlock' or 'ipv4IpamPoolId'"},
		{"VPC with an empty block", vpcToken, given(inputs{"cidrBlock": ""}), "MissingParameter", "'cidrBlock'"},
		{"VPC with two kinds of IPv6", vpcToken,
			given(inputs{"cidrBlock": "10.0.0.0/16", "assignGeneratedIpv6CidrBlock": true, "ipv6CidrBlock": "2001:db8::/56"}),
			"", "at most one of assignGeneratedIpv6CidrBlock, ipv6CidrBlock"},
		{"VPC with IPv6 of no pool", vpcToken, given(inputs{"cidrBlock": "10.0.0.0/16", "ipv6CidrBlock": "2001:db8::/56"}),
			"", "needs ipv6IpamPoolId"},
		{"VPC of odd tenancy", vpcToken, given(inputs{"cidrBlock": "10.0.0.0/16", "instanceTenancy": "host"}), "", "default, dedicated"},

		{"subnet of no VPC", subnetToken, given(inputs{"vpcId": "vpc-0123", "cidrBlock": "10.0.0.0/24"}),
			"InvalidVpcID.NotFound", "The vpc ID 'vpc-0123' does not exist"},
		{"subnet larger than its VPC", subnetToken, func(w *world) inputs {
			small := w.Create(vpcToken, "small", inputs{"cidrBlock": "10.0.0.0/24"})
			return inputs{"vpcId": small.ID(), "cidrBlock": "10.0.0.0/20"}
		}, "InvalidSubnet.Range", "10.0.0.0/24"},
		{"subnet too large", subnetToken, inVPC(inputs{"cidrBlock": "10.0.0.0/8"}), "InvalidSubnet.Range", "The CIDR '10.0.0.0/8' is invalid."},
		{"subnet in no zone", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "availabilityZone": "us-west-2z"}),
			"InvalidParameterValue", "us-west-2a, us-west-2b, us-west-2c, us-west-2d"},
		{"subnet in two zones", subnetToken,
			inVPC(inputs{"cidrBlock": "10.0.1.0/24", "availabilityZone": "us-west-2a", "availabilityZoneId": "usw2-az1"}), "", "at most one of"},
		{"subnet without addresses", subnetToken, inVPC(inputs{}), "MissingParameter", "'cidrBlock' or 'ipv6Native'"},
		{"subnet's IPv6 of another size", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "ipv6CidrBlock": "2001:db8::/56"}),
			"InvalidSubnet.Range", "/64"},
		{"subnet without IPv6 to assign", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "assignIpv6AddressOnCreation": true}),
			"", "has no IPv6 addresses to assign"},

		{"NAT without an address", natToken, func(w *world) inputs {
			return inputs{"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID()}
		}, "MissingParameter", "AllocationId"},
		{"NAT of no address", natToken, func(w *world) inputs {
			v := vpc(w)
			gateway(w, v)
			return inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": "eipalloc-0123"}
		}, "InvalidAllocationID.NotFound", "eipalloc-0123"},
		{"private NAT with an address", natToken, func(w *world) inputs {
			return inputs{
				"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(), "allocationId": address(w, "a").ID(),
				"connectivityType": "private",
			}
		}, "", "takes no allocationId"},
		{"public NAT with a count", natToken, given(inputs{
			"subnetId": "subnet-0", "allocationId": "eipalloc-0", "secondaryPrivateIpAddressCount": 2,
		}), "", "takes no secondaryPrivateIpAddressCount"},
		{"address that is none", "aws:ec2/eip:Eip", given(inputs{"address": "2001:db8::1"}), "", "is not an IPv4 address"},
	})
}

func TestRoutingRefusals(t *testing.T) {
	t.Parallel()
	const (
		routeToken       = "aws:ec2/route:Route"
		tableToken       = "aws:ec2/routeTable:RouteTable"
		associationToken = "aws:ec2/routeTableAssociation:RouteTableAssociation"
		aclToken         = "aws:ec2/networkAcl:NetworkAcl"
		ruleToken        = "aws:ec2/networkAclRule:NetworkAclRule"
	)
	entry := func(changes inputs) inputs {
		return with(inputs{"action": "allow", "cidrBlock": "0.0.0.0/0", "fromPort": 0, "toPort": 0, "protocol": "-1", "ruleNo": 100}, changes)
	}
	runRefusals(t, []refusal{
		{"route through nothing", routeToken, given(inputs{"routeTableId": "rtb-0", "destinationCidrBlock": "0.0.0.0/0"}), "", "none was given"},
		{"route through two things", routeToken, given(inputs{
			"routeTableId": "rtb-0", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-0", "natGatewayId": "nat-0",
		}), "", "got gatewayId and natGatewayId"},
		{"route to nowhere", routeToken, given(inputs{"routeTableId": "rtb-0", "gatewayId": "igw-0"}), "", "exactly one of destinationCidrBlock"},
		{"IPv4 through an egress-only gateway", routeToken,
			given(inputs{"routeTableId": "rtb-0", "destinationCidrBlock": "0.0.0.0/0", "egressOnlyGatewayId": "eigw-0"}), "", "at most one of"},
		{"route with a host's address", routeToken,
			given(inputs{"routeTableId": "rtb-0", "destinationCidrBlock": "10.0.0.1/8", "gatewayId": "igw-0"}), "", `did you mean "10.0.0.0/8"?`},
		{"route through no gateway", routeToken, func(w *world) inputs {
			return inputs{"routeTableId": table(w, vpc(w), "t").ID(), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-0123"}
		}, "InvalidInternetGatewayID.NotFound", "igw-0123"},
		{"table with a route through nothing", tableToken, inVPC(inputs{"routes": []any{inputs{"cidrBlock": "0.0.0.0/0"}}}), "", "got 0"},
		{"default table of nothing", "aws:ec2/defaultRouteTable:DefaultRouteTable", given(inputs{"defaultRouteTableId": "rtb-0123"}),
			"InvalidRouteTableID.NotFound", "rtb-0123"},
		{"default table that is none", "aws:ec2/defaultRouteTable:DefaultRouteTable", func(w *world) inputs {
			return inputs{"defaultRouteTableId": table(w, vpc(w), "t").ID()}
		}, "InvalidRouteTableID.NotFound", "rtb-"},

		{"entry out of numbers", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"ruleNo": 32767})}}), "", "1 to 32766"},
		{"entry with ports of all protocols", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"toPort": 80})}}), "", "must both be 0"},
		{"entry of an odd action", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"action": "accept"})}}), "", "allow or deny"},
		{"entry of no protocol", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"protocol": "http"})}}), "", `"http" is no protocol`},
	})
}
