package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheSubnetGroupZones(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheSubnetGroupZones, []policytest.Case{
		{Name: "one subnet", Resources: []policytest.Resource{
			{Name: "a", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1a"}},
			{Name: "main", Type: "aws:elasticache/subnetGroup:SubnetGroup", Properties: props{"subnetIds": []any{policytest.Ref("a")}}},
		}, Want: policytest.Fail("one subnet, and so one zone")},
		{Name: "by ids of zones", Resources: []policytest.Resource{
			{Name: "a", Type: subnetType, Properties: props{"availabilityZoneId": "euw1-az1"}},
			{Name: "b", Type: subnetType, Properties: props{"availabilityZoneId": "euw1-az2"}},
			{Name: "main", Type: "aws:elasticache/subnetGroup:SubnetGroup", Properties: props{"subnetIds": []any{policytest.Ref("a"), policytest.Ref("b")}}},
		}, Want: policytest.Pass()},
		{Name: "subnets of another stack", Resources: policytest.One("aws:elasticache/subnetGroup:SubnetGroup", props{"subnetIds": []any{"subnet-1", "subnet-2"}}), Want: policytest.Pass()},
		{Name: "and one of another stack", Resources: []policytest.Resource{
			{Name: "a", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1a"}},
			{Name: "main", Type: "aws:elasticache/subnetGroup:SubnetGroup", Properties: props{"subnetIds": []any{policytest.Ref("a"), "subnet-2"}}},
		}, Want: policytest.Pass()},
	}...)
}
