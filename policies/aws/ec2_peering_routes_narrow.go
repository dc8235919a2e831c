package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2PeeringRoutesNarrow advises against routes that send the whole internet's addresses through a peering of VPCs.
var EC2PeeringRoutesNarrow = policy.Policy{
	ID:       "aws-ec2-peering-routes-narrow",
	Title:    "Routes to a peered VPC must be for its addresses only.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A peering leads to the addresses of the other VPC and to nothing behind it. A route for everything loses the " +
		"traffic that is not for it, and opens what the other side adds to its network later.",
	Remediation: "Set the destination to the addresses of the subnets that are meant.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.22", CISAWS: "5.6"}.List(),
	Tags:        []string{"security", "network"},
	Peers:       []string{"Checkov CKV2_AWS_44"},
	Bad: []policy.Example{
		{Name: "shared", Type: routeType, Properties: props{
			"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "vpcPeeringConnectionId": "pcx-1",
		}},
	},
	Good: []policy.Example{
		{Name: "shared", Type: routeType, Properties: props{
			"routeTableId": "rtb-1", "destinationCidrBlock": "10.20.4.0/24", "vpcPeeringConnectionId": "pcx-1",
		}},
	},
	Rules: []policy.Rule{
		policy.On(routeType, func(r *policy.Report, route struct {
			Peering policy.Value[string] `pulumi:"vpcPeeringConnectionId"`
			IPv4    policy.Value[string] `pulumi:"destinationCidrBlock"`
			IPv6    policy.Value[string] `pulumi:"destinationIpv6CidrBlock"`
		}) {
			if route.Peering.Present() && leadsEverywhere(route.IPv4, route.IPv6) {
				r.Fail("It sends everything to the peered VPC.")
			}
		}),
		policy.On(routeTableType, func(r *policy.Report, table struct {
			Routes policy.List[peeringRoute] `pulumi:"routes"`
		}) {
			table.Routes.Each(func(i int, route peeringRoute) {
				if route.Peering.Get() != "" && leadsEverywhere(route.IPv4, route.IPv6) {
					r.Fail("Its route %d sends everything to the peered VPC.", i)
				}
			})
		}),
	},
}

// peeringRoute is a route inline in a route table, where targets that are not meant may be empty.
type peeringRoute struct {
	Peering policy.Value[string] `pulumi:"vpcPeeringConnectionId"`
	IPv4    policy.Value[string] `pulumi:"cidrBlock"`
	IPv6    policy.Value[string] `pulumi:"ipv6CidrBlock"`
}

func leadsEverywhere(ipv4, ipv6 policy.Value[string]) bool {
	return policy.AnyOf(
		func() bool { return coversInternet(ipv4.Get()) },
		func() bool { return coversInternet(ipv6.Get()) },
	)
}
