package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2PeeringRoutesNarrow(t *testing.T) {
	t.Parallel()
	table := func(route props) []policytest.Resource {
		return policytest.One(routeTableType, props{"routes": []any{route}})
	}
	policytest.Run(t, EC2PeeringRoutesNarrow, []policytest.Case{
		{Name: "a peering that is not made yet", Resources: policytest.One(routeType, props{"vpcPeeringConnectionId": policytest.Unknown, "destinationIpv6CidrBlock": "::/0"}), Want: policytest.Fail("sends everything")},
		{Name: "to a gateway", Resources: policytest.One(routeType, props{"gatewayId": "igw-1", "destinationCidrBlock": "0.0.0.0/0"}), Want: policytest.Pass()},
		{Name: "not known where to", Resources: policytest.One(routeType, props{"vpcPeeringConnectionId": "pcx-1", "destinationCidrBlock": policytest.Unknown}), Want: policytest.Undetermined("destinationCidrBlock")},
		{Name: "inline", Resources: table(props{"vpcPeeringConnectionId": "pcx-1", "cidrBlock": "0.0.0.0/0"}), Want: policytest.Fail("route 0")},
		{Name: "inline, to a subnet", Resources: table(props{"vpcPeeringConnectionId": "pcx-1", "cidrBlock": "10.20.4.0/24"}), Want: policytest.Pass()},
		{Name: "inline, to a gateway", Resources: table(props{"vpcPeeringConnectionId": "", "gatewayId": "igw-1", "cidrBlock": "0.0.0.0/0"}), Want: policytest.Pass()},
	}...)
}
