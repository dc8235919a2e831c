package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEKSNodeGroupZones(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EKSNodeGroupZones, []policytest.Case{
		{Name: "one subnet", Resources: []policytest.Resource{
			{Name: "a", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1a"}},
			{Name: "main", Type: nodeGroupType, Properties: props{"subnetIds": []any{policytest.Ref("a")}}},
		}, Want: policytest.Fail("one subnet, and so one zone")},
		{Name: "by ids of zones", Resources: []policytest.Resource{
			{Name: "a", Type: subnetType, Properties: props{"availabilityZoneId": "euw1-az1"}},
			{Name: "b", Type: subnetType, Properties: props{"availabilityZoneId": "euw1-az2"}},
			{Name: "main", Type: nodeGroupType, Properties: props{"subnetIds": []any{policytest.Ref("a"), policytest.Ref("b")}}},
		}, Want: policytest.Pass()},
		{Name: "subnets of another stack", Resources: policytest.One(nodeGroupType, props{"subnetIds": []any{"subnet-1", "subnet-2"}}), Want: policytest.Pass()},
		{Name: "and one of another stack", Resources: []policytest.Resource{
			{Name: "a", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1a"}},
			{Name: "main", Type: nodeGroupType, Properties: props{"subnetIds": []any{policytest.Ref("a"), "subnet-2"}}},
		}, Want: policytest.Pass()},
		{Name: "a group in each zone", Resources: inZonesOf("main", "main", "eu-west-1b"), Want: policytest.Pass()},
		{Name: "two groups in one zone", Resources: inZonesOf("main", "main", "eu-west-1a"), Want: policytest.Fail("one subnet, and so one zone", "one subnet, and so one zone")},
		{Name: "the other of another cluster", Resources: inZonesOf("main", "other", "eu-west-1b"), Want: policytest.Fail("one subnet, and so one zone", "one subnet, and so one zone")},
		{Name: "the other's subnet of another stack", Resources: append(inZonesOf("main", "other", "eu-west-1b"),
			policytest.Resource{Name: "third", Type: nodeGroupType, Properties: props{"clusterName": "main", "subnetIds": []any{"subnet-1"}}},
			policytest.Resource{Name: "fourth", Type: nodeGroupType, Properties: props{"clusterName": "other", "subnetIds": []any{"subnet-2"}}},
		), Want: policytest.Pass()},
		{Name: "alone in a subnet of another stack", Resources: policytest.One(nodeGroupType, props{"clusterName": "main", "subnetIds": []any{"subnet-1"}}), Want: policytest.Fail("one subnet, and so one zone")},
		{Name: "another's cluster not known yet", Resources: append(inZonesOf("main", "main", "eu-west-1a")[:3],
			policytest.Resource{Name: "second", Type: nodeGroupType, Properties: props{"clusterName": policytest.Unknown, "subnetIds": []any{policytest.Ref("b")}}},
		), Want: policytest.Undetermined(".clusterName")},
		{Name: "in two zones, whatever its cluster", Resources: append(inZonesOf("main", "main", "eu-west-1b")[:2],
			policytest.Resource{Name: "main", Type: nodeGroupType, Properties: props{
				"clusterName": policytest.Unknown, "subnetIds": []any{policytest.Ref("a"), policytest.Ref("b")},
			}},
		), Want: policytest.Pass()},
		{Name: "cluster not known yet", Resources: []policytest.Resource{
			{Name: "a", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1a"}},
			{Name: "main", Type: nodeGroupType, Properties: props{"clusterName": policytest.Unknown, "subnetIds": []any{policytest.Ref("a")}}},
		}, Want: policytest.Undetermined(".clusterName")},
	}...)
}

// inZonesOf are two node groups: of one cluster in eu-west-1a, and of another in a zone.
func inZonesOf(one, other, zone string) []policytest.Resource {
	return []policytest.Resource{
		{Name: "a", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1a"}},
		{Name: "b", Type: subnetType, Properties: props{"availabilityZone": zone}},
		{Name: "first", Type: nodeGroupType, Properties: props{"clusterName": one, "subnetIds": []any{policytest.Ref("a")}}},
		{Name: "second", Type: nodeGroupType, Properties: props{"clusterName": other, "subnetIds": []any{policytest.Ref("b")}}},
	}
}
