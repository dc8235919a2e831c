package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSDeletionProtection(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSDeletionProtection, []policytest.Case{
		{Name: "not said, rdsInstanceType", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Fail("A single call deletes it.")},
		{Name: "not known yet, rdsInstanceType", Resources: policytest.One(rdsInstanceType, props{"deletionProtection": policytest.Unknown}), Want: policytest.Undetermined(".deletionProtection")},
		{Name: "not said, rdsClusterType", Resources: policytest.One(rdsClusterType, nil), Want: policytest.Fail("A single call deletes it.")},
		{Name: "not known yet, rdsClusterType", Resources: policytest.One(rdsClusterType, props{"deletionProtection": policytest.Unknown}), Want: policytest.Undetermined(".deletionProtection")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"deletionProtection": "true"}), Want: policytest.Pass()},
	}...)
}
