package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSStorageEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSStorageEncrypted, []policytest.Case{
		{Name: "not said, rdsInstanceType", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "not known yet, rdsInstanceType", Resources: policytest.One(rdsInstanceType, props{"storageEncrypted": policytest.Unknown}), Want: policytest.Undetermined(".storageEncrypted")},
		{Name: "not said, rdsClusterType", Resources: policytest.One(rdsClusterType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "not known yet, rdsClusterType", Resources: policytest.One(rdsClusterType, props{"storageEncrypted": policytest.Unknown}), Want: policytest.Undetermined(".storageEncrypted")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"storageEncrypted": "true"}), Want: policytest.Pass()},
	}...)
}
