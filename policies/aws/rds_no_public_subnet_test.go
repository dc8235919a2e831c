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
		policytest.Case{Name: "a table that is not known yet", Want: policytest.Undetermined(".routeTableId"), Resources: []policytest.Resource{
			subnet, joins(ref("web"), policytest.Unknown), group(ref("web")),
		}},
		policytest.Case{Name: "subnets that are not known yet", Want: policytest.Undetermined(".subnetIds"), Resources: []policytest.Resource{group(policytest.Unknown)}},
		policytest.Case{Name: "subnets elsewhere", Want: policytest.Pass(), Resources: []policytest.Resource{group("subnet-0a1b")}},
	)
}
