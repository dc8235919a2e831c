package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSClusterStandby(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSClusterStandby, []policytest.Case{
		{Name: "none", Resources: policytest.One(rdsClusterType, props{"engine": "aurora-mysql"}), Want: policytest.Fail("0 instance(s)")},
		{Name: "cluster of RDS", Resources: policytest.One(rdsClusterType, props{"engine": "postgres"}), Want: policytest.Pass()},
		{Name: "instances of what is not known yet", Resources: []policytest.Resource{
			{Name: "a", Type: rdsClusterType, Properties: props{"engine": "aurora-mysql"}},
			{Name: "1", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": policytest.Ref("a")}},
			{Name: "2", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": policytest.Unknown}},
		}, Want: policytest.Undetermined(".clusterIdentifier")},
		{Name: "instances of another", Resources: []policytest.Resource{
			{Name: "a", Type: rdsClusterType, Properties: props{"engine": "aurora-mysql"}},
			{Name: "1", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": "b"}},
			{Name: "2", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": "b"}},
		}, Want: policytest.Fail("0 instance(s)")},
		{Name: "two, whatever the third is of", Resources: []policytest.Resource{
			{Name: "a", Type: rdsClusterType, Properties: props{"engine": "aurora-mysql"}},
			{Name: "1", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": policytest.Ref("a")}},
			{Name: "2", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": policytest.Ref("a")}},
			{Name: "3", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": policytest.Unknown}},
		}, Want: policytest.Pass()},
		{Name: "an instance of what is not known yet", Resources: []policytest.Resource{
			{Name: "a", Type: rdsClusterType, Properties: props{"engine": "aurora-mysql"}},
			{Name: "1", Type: rdsClusterInstanceType, Properties: props{"clusterIdentifier": policytest.Unknown}},
		}, Want: policytest.Undetermined(".clusterIdentifier")},
	}...)
}
