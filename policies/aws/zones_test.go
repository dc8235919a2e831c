package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// TestZones holds all policies on zones, by one of them, to what is certain of subnets.
func TestZones(t *testing.T) {
	t.Parallel()
	subnet := func(name string, properties props) policytest.Resource {
		return policytest.Resource{Name: name, Type: subnetType, Properties: properties}
	}
	group := func(subnets any) policytest.Resource {
		return policytest.Resource{Name: "main", Type: groupType, Properties: props{"vpcZoneIdentifiers": subnets}}
	}
	a1 := subnet("a1", props{"id": "subnet-a1", "availabilityZone": "eu-west-1a", "availabilityZoneId": "euw1-az1"})
	a2 := subnet("a2", props{"id": "subnet-a2", "availabilityZone": "eu-west-1a", "availabilityZoneId": "euw1-az1"})
	b1 := subnet("b1", props{"id": "subnet-b1", "availabilityZone": "eu-west-1b", "availabilityZoneId": "euw1-az2"})
	byID := subnet("byID", props{"availabilityZone": policytest.Unknown, "availabilityZoneId": "euw1-az1"})
	byName := subnet("byName", props{"availabilityZone": "eu-west-1a", "availabilityZoneId": policytest.Unknown})
	unknownID := subnet("unknownID", props{"availabilityZoneId": policytest.Unknown})
	chosen := subnet("chosen", nil)
	ref := policytest.Ref
	oneZone, oneSubnet := policytest.Fail("in the zone eu-west-1a"), policytest.Fail("one subnet, and so one zone")
	policytest.Run(t, AutoScalingZones,
		policytest.Case{Name: "none", Resources: []policytest.Resource{group([]any{})}, Want: policytest.Pass()},
		policytest.Case{Name: "one subnet", Resources: []policytest.Resource{a1, group([]any{ref("a1")})}, Want: oneSubnet},
		policytest.Case{Name: "one of another stack", Resources: []policytest.Resource{group([]any{"subnet-x"})}, Want: oneSubnet},
		policytest.Case{Name: "two of another stack", Resources: []policytest.Resource{group([]any{"subnet-x", "subnet-y"})}, Want: policytest.Pass()},
		policytest.Case{Name: "one zone", Resources: []policytest.Resource{a1, a2, group([]any{ref("a1"), ref("a2")})}, Want: oneZone},
		policytest.Case{Name: "one zone, by ids that are known", Resources: []policytest.Resource{a1, a2, b1, group([]any{"subnet-a1", "subnet-a2"})}, Want: oneZone},
		policytest.Case{Name: "two zones, by ids that are known", Resources: []policytest.Resource{a1, a2, b1, group([]any{"subnet-a1", "subnet-b1"})}, Want: policytest.Pass()},
		policytest.Case{Name: "one zone, and another stack's", Resources: []policytest.Resource{a1, a2, group([]any{ref("a1"), ref("a2"), "subnet-x"})}, Want: policytest.Pass()},
		policytest.Case{Name: "by the name and by the id", Resources: []policytest.Resource{byID, byName, group([]any{ref("byID"), ref("byName")})}, Want: policytest.Undetermined(".availabilityZone")},
		policytest.Case{Name: "by the id, beside one that has both", Resources: []policytest.Resource{byID, a1, group([]any{ref("byID"), ref("a1")})}, Want: policytest.Fail("in the zone euw1-az1")},
		policytest.Case{Name: "by the id, beside one that has both, elsewhere", Resources: []policytest.Resource{byID, b1, group([]any{ref("byID"), ref("b1")})}, Want: policytest.Pass()},
		policytest.Case{Name: "two zones for certain, and one not known", Resources: []policytest.Resource{byName, subnet("b2", props{"availabilityZone": "eu-west-1b"}), subnet("open", props{"availabilityZone": policytest.Unknown}), group([]any{ref("byName"), ref("b2"), ref("open")})}, Want: policytest.Pass()},
		policytest.Case{Name: "one that AWS chooses", Resources: []policytest.Resource{a1, a2, chosen, group([]any{ref("a1"), ref("a2"), ref("chosen")})}, Want: policytest.Pass()},
		policytest.Case{Name: "two zones, whatever the third", Resources: []policytest.Resource{a1, b1, unknownID, group([]any{ref("a1"), ref("b1"), ref("unknownID")})}, Want: policytest.Pass()},
		policytest.Case{Name: "by an id that is not known", Resources: []policytest.Resource{a1, unknownID, group([]any{ref("a1"), ref("unknownID")})}, Want: policytest.Undetermined(".availabilityZoneId")},
		policytest.Case{Name: "not known how many", Resources: []policytest.Resource{a1, a2, {Name: "main", Type: groupType, Properties: props{"vpcZoneIdentifiers": ref("a1"), "name": policytest.Unknown}}}, Want: oneZone},
		policytest.Case{Name: "not known which", Resources: []policytest.Resource{a1, a2, group(policytest.Unknown)}, Want: policytest.Undetermined(".vpcZoneIdentifiers")},
	)
}

// TestNATGatewayZonesAreCompared: a zone that is not known is not another.
func TestNATGatewayZonesAreCompared(t *testing.T) {
	t.Parallel()
	ref := policytest.Ref
	with := func(home, served props) []policytest.Resource {
		return []policytest.Resource{
			{Name: "home", Type: subnetType, Properties: home}, {Name: "served", Type: subnetType, Properties: served},
			{Name: "nat", Type: natGatewayType, Properties: props{"subnetId": ref("home")}},
			{Name: "table", Type: routeTableType, Properties: props{"routes": []any{
				props{"cidrBlock": "10.1.0.0/16", "vpcPeeringConnectionId": "pcx-1"}, props{"cidrBlock": "0.0.0.0/0", "natGatewayId": ref("nat")},
			}}},
			{Name: "use", Type: routeTableAssociationType, Properties: props{"routeTableId": ref("table"), "subnetId": ref("served")}},
		}
	}
	a, b := props{"availabilityZone": "eu-west-1a"}, props{"availabilityZone": "eu-west-1b"}
	policytest.Run(t, EC2NATGatewayZones,
		policytest.Case{Name: "the same", Resources: with(a, a), Want: policytest.Pass()},
		policytest.Case{Name: "another", Resources: with(a, b), Want: policytest.Fail("in the zone eu-west-1a, and serves subnets in eu-west-1b")},
		policytest.Case{Name: "home is where AWS chooses", Resources: with(nil, b), Want: policytest.Pass()},
		policytest.Case{Name: "served is where AWS chooses", Resources: with(a, nil), Want: policytest.Pass()},
		policytest.Case{Name: "home is not known", Resources: with(props{"availabilityZone": policytest.Unknown}, b), Want: policytest.Undetermined(".availabilityZone")},
	)
}
