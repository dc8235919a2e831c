package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
)

// refusal is something that AWS refuses to create. What it creates instead,
// with the mistake put right, the fixtures of TestLifecycle show.
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
		{"second block overlaps", "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
			inVPC(inputs{"cidrBlock": "10.0.128.0/17"}), "InvalidVpc.Range", "conflicts"},

		{"subnet of no VPC", subnetToken, given(inputs{"vpcId": "vpc-0123", "cidrBlock": "10.0.0.0/24"}),
			"InvalidVpcID.NotFound", "The vpc ID 'vpc-0123' does not exist"},
		{"subnet outside its VPC", subnetToken, inVPC(inputs{"cidrBlock": "10.1.0.0/24"}), "InvalidSubnet.Range", "in the VPC's 10.0.0.0/16"},
		{"subnet larger than its VPC", subnetToken, func(w *world) inputs {
			small := w.Create(vpcToken, "small", inputs{"cidrBlock": "10.0.0.0/24"})
			return inputs{"vpcId": small.ID(), "cidrBlock": "10.0.0.0/20"}
		}, "InvalidSubnet.Range", "10.0.0.0/24"},
		{"subnet too large", subnetToken, inVPC(inputs{"cidrBlock": "10.0.0.0/8"}), "InvalidSubnet.Range", "The CIDR '10.0.0.0/8' is invalid."},
		{"subnet on another", subnetToken, func(w *world) inputs {
			v := vpc(w)
			subnet(w, v, "10.0.1.0/24", "a")
			return inputs{"vpcId": v.ID(), "cidrBlock": "10.0.0.0/20"}
		}, "InvalidSubnet.Conflict", "conflicts with another subnet"},
		{"subnet in no zone", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "availabilityZone": "us-west-2z"}),
			"InvalidParameterValue", "us-west-2a, us-west-2b, us-west-2c, us-west-2d"},
		{"subnet in another region's zone", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "availabilityZone": "us-east-1a"}),
			"InvalidParameterValue", "us-east-1a"},
		{"subnet in two zones", subnetToken,
			inVPC(inputs{"cidrBlock": "10.0.1.0/24", "availabilityZone": "us-west-2a", "availabilityZoneId": "usw2-az1"}), "", "at most one of"},
		{"subnet without addresses", subnetToken, inVPC(inputs{}), "MissingParameter", "'cidrBlock' or 'ipv6Native'"},
		{"subnet's IPv6 outside", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "ipv6CidrBlock": "2001:db9::/64"}),
			"InvalidSubnet.Range", "'2001:db9::/64'"},
		{"subnet's IPv6 of another size", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "ipv6CidrBlock": "2001:db8::/56"}),
			"InvalidSubnet.Range", "/64"},
		{"subnet without IPv6 to assign", subnetToken, inVPC(inputs{"cidrBlock": "10.0.1.0/24", "assignIpv6AddressOnCreation": true}),
			"", "has no IPv6 addresses to assign"},

		{"second internet gateway", igwToken, func(w *world) inputs {
			v := vpc(w)
			gateway(w, v)
			return inputs{"vpcId": v.ID()}
		}, "InvalidParameterValue", "already has an internet gateway attached"},
		{"NAT without an address", natToken, func(w *world) inputs {
			return inputs{"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID()}
		}, "MissingParameter", "AllocationId"},
		{"NAT without an internet gateway", natToken, func(w *world) inputs {
			return inputs{"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(), "allocationId": address(w, "a").ID()}
		}, "Gateway.NotAttached", "has no Internet gateway attached"},
		{"NAT with another's address", natToken, func(w *world) inputs {
			v := vpc(w)
			gateway(w, v)
			in := inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": address(w, "a").ID()}
			w.Create(natToken, "first", in)
			return in
		}, "Resource.AlreadyAssociated", "is already associated"},
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
		{"route twice", routeToken, func(w *world) inputs {
			v := vpc(w)
			in := inputs{"routeTableId": table(w, v, "t").ID(), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway(w, v).ID()}
			w.Create(routeToken, "first", in)
			return in
		}, "RouteAlreadyExists", "The route identified by 0.0.0.0/0"},
		{"route beside the table's own", routeToken, func(w *world) inputs {
			v := vpc(w)
			igw := gateway(w, v)
			t := w.Create(tableToken, "t", inputs{"vpcId": v.ID(), "routes": []any{inputs{"cidrBlock": "0.0.0.0/0", "gatewayId": igw.ID()}}})
			return inputs{"routeTableId": t.ID(), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": igw.ID()}
		}, "RouteAlreadyExists", "0.0.0.0/0"},
		{"route to the VPC itself", routeToken, func(w *world) inputs {
			v := vpc(w)
			return inputs{"routeTableId": table(w, v, "t").ID(), "destinationCidrBlock": "10.0.0.0/16", "gatewayId": gateway(w, v).ID()}
		}, "RouteAlreadyExists", "10.0.0.0/16"},
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
		{"route through another network's gateway", routeToken, func(w *world) inputs {
			return inputs{
				"routeTableId": table(w, vpc(w), "t").ID(), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway(w, otherVPC(w)).ID(),
			}
		}, "InvalidParameterValue", "belong to different networks"},
		{"table with a route twice", tableToken, func(w *world) inputs {
			v := vpc(w)
			r := inputs{"cidrBlock": "0.0.0.0/0", "gatewayId": gateway(w, v).ID()}
			return inputs{"vpcId": v.ID(), "routes": []any{r, r}}
		}, "RouteAlreadyExists", "0.0.0.0/0"},
		{"table with a route through nothing", tableToken, inVPC(inputs{"routes": []any{inputs{"cidrBlock": "0.0.0.0/0"}}}), "", "got 0"},
		{"subnet in two tables", associationToken, func(w *world) inputs {
			v := vpc(w)
			s := subnet(w, v, "10.0.1.0/24", "a")
			w.Create(associationToken, "first", inputs{"subnetId": s.ID(), "routeTableId": table(w, v, "a").ID()})
			return inputs{"subnetId": s.ID(), "routeTableId": table(w, v, "b").ID()}
		}, "Resource.AlreadyAssociated", "conflicts with an existing association"},
		{"subnet in another network's table", associationToken, func(w *world) inputs {
			return inputs{"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(), "routeTableId": table(w, otherVPC(w), "b").ID()}
		}, "InvalidParameterValue", "belong to different networks"},
		{"default table of nothing", "aws:ec2/defaultRouteTable:DefaultRouteTable", given(inputs{"defaultRouteTableId": "rtb-0123"}),
			"InvalidRouteTableID.NotFound", "rtb-0123"},
		{"default table that is none", "aws:ec2/defaultRouteTable:DefaultRouteTable", func(w *world) inputs {
			return inputs{"defaultRouteTableId": table(w, vpc(w), "t").ID()}
		}, "InvalidRouteTableID.NotFound", "rtb-"},

		{"two entries of a number", aclToken, inVPC(inputs{"ingress": []any{entry(nil), entry(nil)}}),
			"NetworkAclEntryAlreadyExists", "identified by 100"},
		{"entry beside the ACL's own", ruleToken, func(w *world) inputs {
			acl := w.Create(aclToken, "a", inputs{"vpcId": vpc(w).ID(), "egress": []any{entry(nil)}})
			return inputs{"networkAclId": acl.ID(), "egress": true, "ruleNumber": 100, "protocol": "-1", "ruleAction": "deny", "cidrBlock": "0.0.0.0/0"}
		}, "NetworkAclEntryAlreadyExists", "egress rule 100"},
		{"entry out of numbers", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"ruleNo": 32767})}}), "", "1 to 32766"},
		{"entry with ports of all protocols", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"toPort": 80})}}), "", "must both be 0"},
		{"entry of an odd action", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"action": "accept"})}}), "", "allow or deny"},
		{"entry of no protocol", aclToken, inVPC(inputs{"ingress": []any{entry(inputs{"protocol": "http"})}}), "", `"http" is no protocol`},
		{"subnet in another network's ACL", "aws:ec2/networkAclAssociation:NetworkAclAssociation", func(w *world) inputs {
			return inputs{"networkAclId": acl(w, otherVPC(w), "a").ID(), "subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID()}
		}, "InvalidParameterValue", "belong to different networks"},
	})
}
