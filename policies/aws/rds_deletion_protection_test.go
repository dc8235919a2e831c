package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSDeletionProtection(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSDeletionProtection, []policytest.Case{
		{Name: "rdsInstance: not said", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Fail("A single call deletes it.")},
		{Name: "rdsInstance: not known yet", Resources: policytest.One(rdsInstanceType, props{"deletionProtection": policytest.Unknown}), Want: policytest.Undetermined(".deletionProtection")},
		{Name: "rdsCluster: not said", Resources: policytest.One(rdsClusterType, nil), Want: policytest.Fail("A single call deletes it.")},
		{Name: "rdsCluster: not known yet", Resources: policytest.One(rdsClusterType, props{"deletionProtection": policytest.Unknown}), Want: policytest.Undetermined(".deletionProtection")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"deletionProtection": "true"}), Want: policytest.Pass()},
	}...)
}
