package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSNoPublicSubnet(t *testing.T) {
	t.Parallel()
	subnet := policytest.Resource{Name: "web", Type: subnetType}
	table := func(routes ...any) policytest.Resource {
		return policytest.Resource{Name: "public", Type: routeTableType, Properties: props{"routes": routes}}
	}
	joins := func(subnet, table any) policytest.Resource {
		return policytest.Resource{Name: "joins", Type: routeTableAssociationType, Properties: props{"subnetId": subnet, "routeTableId": table}}
	}
	group := func(subnets ...any) policytest.Resource {
		return policytest.Resource{Name: "orders", Type: dbSubnetGroupType, Properties: props{"subnetIds": subnets}}
	}
	gateway := policytest.Resource{Name: "igw", Type: internetGatewayType}
	ref := policytest.Ref
	vpc, other := policytest.Resource{Name: "vpc", Type: vpcType}, policytest.Resource{Name: "other", Type: vpcType}
	ours := policytest.Resource{Name: "default", Type: defaultVPCType}
	inside := func(name, vpc string) policytest.Resource {
		return policytest.Resource{Name: name, Type: subnetType, Properties: props{"vpcId": ref(vpc)}}
	}
	defaultSubnet := policytest.Resource{Name: "web", Type: defaultSubnetType}
	out := props{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b"}
	taken := func(vpc any, routes ...any) policytest.Resource {
		return policytest.Resource{Name: "taken", Type: defaultRouteTableType, Properties: props{"defaultRouteTableId": vpc, "routes": routes}}
	}
	main := func(vpc, table any) policytest.Resource {
		return policytest.Resource{Name: "main", Type: mainTableAssociationType, Properties: props{"vpcId": vpc, "routeTableId": table}}
	}
	said := "A route leads from its subnets to an internet gateway."
	policytest.Run(t, RDSNoPublicSubnet,
		policytest.Case{Name: "no group", Resources: []policytest.Resource{subnet}, Want: policytest.NotApplicable()},
		policytest.Case{Name: "an inline route", Want: policytest.Fail(said), Resources: []policytest.Resource{
			subnet, gateway, table(props{"cidrBlock": "0.0.0.0/0", "gatewayId": ref("igw")}), joins(ref("web"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "a route of IPv6 to a gateway elsewhere", Want: policytest.Fail(said), Resources: []policytest.Resource{
			subnet, table(props{"ipv6CidrBlock": "::/0", "gatewayId": "igw-0a1b"}), joins(ref("web"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "a route to a NAT gateway", Want: policytest.Pass(), Resources: []policytest.Resource{
			subnet, table(props{"cidrBlock": "0.0.0.0/0", "natGatewayId": "nat-0a1b"}), joins(ref("web"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "a route of its own to a NAT gateway", Want: policytest.Pass(), Resources: []policytest.Resource{
			subnet, table(), joins(ref("web"), ref("public")), group(ref("web")), {Name: "nat", Type: natGatewayType},
			{Name: "out", Type: routeType, Properties: props{"routeTableId": ref("public"), "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": ref("nat")}},
		}},
		policytest.Case{Name: "a route to a gateway for VPNs", Want: policytest.Pass(), Resources: []policytest.Resource{
			subnet, table(props{"cidrBlock": "0.0.0.0/0", "gatewayId": ref("vgw")}), joins(ref("web"), ref("public")), group(ref("web")),
			{Name: "vgw", Type: "aws:ec2/vpnGateway:VpnGateway"},
		}},
		policytest.Case{Name: "a gateway elsewhere, beside a route to something of the stack", Want: policytest.Fail(said), Resources: []policytest.Resource{
			subnet, table(props{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b"}, props{"cidrBlock": "10.1.0.0/16", "natGatewayId": ref("nat")}),
			joins(ref("web"), ref("public")), group(ref("web")), {Name: "nat", Type: natGatewayType},
		}},
		policytest.Case{Name: "a narrow route", Want: policytest.Pass(), Resources: []policytest.Resource{
			subnet, gateway, table(props{"cidrBlock": "192.0.2.0/24", "gatewayId": ref("igw")}), joins(ref("web"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "the main table, which the stack takes over", Want: policytest.Fail(said), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), taken(ref("vpc"), out), group(ref("web")),
		}},
		policytest.Case{Name: "the main table of another network", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, other, inside("web", "vpc"), taken(ref("other"), out), group(ref("web")),
		}},
		policytest.Case{Name: "a default subnet beside another network that leads out", Want: policytest.Pass(), Resources: []policytest.Resource{
			ours, taken(ref("default")), other, table(out), main(ref("other"), ref("public")), defaultSubnet, group(ref("web")),
		}},
		policytest.Case{Name: "the main table without a way out", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), taken(ref("vpc")), group(ref("web")),
		}},
		policytest.Case{Name: "a table of its own before the main one", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), taken(ref("vpc"), out), table(), joins(ref("web"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "the main table for its own", Want: policytest.Fail(said), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), taken(ref("vpc"), out), joins(ref("web"), ref("taken")), group(ref("web")),
		}},
		policytest.Case{Name: "a route in the main table", Want: policytest.Fail(said), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), group(ref("web")),
			{Name: "out", Type: routeType, Properties: props{"routeTableId": ref("vpc"), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b"}},
		}},
		policytest.Case{Name: "another main table", Want: policytest.Fail(said), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), table(out), main(ref("vpc"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "another main table, of another network", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, other, inside("web", "vpc"), table(out), main(ref("other"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "another main table before the one that AWS made", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), taken(ref("vpc"), out), table(), main(ref("vpc"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "a main table that is not known yet", Want: policytest.Undetermined(".routeTableId"), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), table(out), main(ref("vpc"), policytest.Unknown), group(ref("web")),
		}},
		policytest.Case{Name: "a network of its own", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, inside("web", "vpc"), group(ref("web")),
		}},
		policytest.Case{Name: "a network that is not known yet", Want: policytest.Undetermined(".vpcId"), Resources: []policytest.Resource{
			vpc, {Name: "web", Type: subnetType, Properties: props{"vpcId": policytest.Unknown}}, group(ref("web")),
		}},
		policytest.Case{Name: "a subnet in the default network", Want: policytest.Fail(said), Resources: []policytest.Resource{
			ours, inside("web", "default"), group(ref("web")),
		}},
		policytest.Case{Name: "the default subnet", Want: policytest.Fail(said), Resources: []policytest.Resource{
			vpc, defaultSubnet, group(ref("web")),
		}},
		policytest.Case{Name: "the default subnet of the default network", Want: policytest.Fail(said), Resources: []policytest.Resource{
			vpc, ours, defaultSubnet, group(ref("web")),
		}},
		policytest.Case{Name: "the default subnet without a way out", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, ours, taken(ref("default")), defaultSubnet, group(ref("web")),
		}},
		policytest.Case{Name: "the default subnet without a way out, beside a network with one", Want: policytest.Pass(), Resources: []policytest.Resource{
			vpc, table(out), main(ref("vpc"), ref("public")), ours, taken(ref("default")), defaultSubnet, group(ref("web")),
		}},
		policytest.Case{Name: "the default subnet with a table of its own", Want: policytest.Pass(), Resources: []policytest.Resource{
			defaultSubnet, table(), joins(ref("web"), ref("public")), group(ref("web")),
		}},
		policytest.Case{Name: "a table that is not known yet", Want: policytest.Undetermined(".routeTableId"), Resources: []policytest.Resource{
			subnet, joins(ref("web"), policytest.Unknown), group(ref("web")),
		}},
		policytest.Case{Name: "subnets that are not known yet", Want: policytest.Undetermined(".subnetIds"), Resources: []policytest.Resource{group(policytest.Unknown)}},
		policytest.Case{Name: "subnets elsewhere", Want: policytest.Pass(), Resources: []policytest.Resource{group("subnet-0a1b")}},
	)
}
