package aws

import (
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2NATGatewayZones(t *testing.T) {
	t.Parallel()
	across := []policytest.Resource{
		{Name: "a", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1a"}},
		{Name: "b", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1b"}},
		{Name: "nat", Type: natGatewayType, Properties: props{"subnetId": policytest.Ref("a")}},
		{Name: "table", Type: routeTableType, Properties: props{"routes": []any{props{"cidrBlock": "0.0.0.0/0", "natGatewayId": policytest.Ref("nat")}}}},
		{Name: "use", Type: routeTableAssociationType, Properties: props{"routeTableId": policytest.Ref("table"), "subnetId": policytest.Ref("b")}},
	}
	use := func(name, zone string) []policytest.Resource {
		return []policytest.Resource{
			{Name: name, Type: subnetType, Properties: props{"availabilityZone": zone}},
			{Name: "use of " + name, Type: routeTableAssociationType, Properties: props{"routeTableId": policytest.Ref("table"), "subnetId": policytest.Ref(name)}},
		}
	}
	policytest.Run(t, EC2NATGatewayZones, []policytest.Case{
		{
			Name: "each zone once", Resources: slices.Concat(across, use("b2", "eu-west-1b"), use("c", "eu-west-1c")),
			Want: policytest.Fail("serves subnets in eu-west-1b", "serves subnets in eu-west-1c"),
		},
		{Name: "no subnet uses it", Resources: policytest.One(natGatewayType, props{"subnetId": "subnet-1"}), Want: policytest.Pass()},
		{Name: "by a route in the table", Resources: across, Want: policytest.Fail("in the zone eu-west-1a, and serves subnets in eu-west-1b")},
		{Name: "in development", Resources: across, Deployment: policy.Deployment{Stack: "dev"}, Want: policytest.NotApplicable()},
	}...)
}
