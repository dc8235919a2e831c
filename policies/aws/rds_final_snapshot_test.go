package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSFinalSnapshot(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSFinalSnapshot, []policytest.Case{
		{Name: "not said, rdsInstanceType", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Pass()},
		{Name: "not known yet, rdsInstanceType", Resources: policytest.One(rdsInstanceType, props{"skipFinalSnapshot": policytest.Unknown}), Want: policytest.Undetermined(".skipFinalSnapshot")},
		{Name: "not said, rdsClusterType", Resources: policytest.One(rdsClusterType, nil), Want: policytest.Pass()},
		{Name: "not known yet, rdsClusterType", Resources: policytest.One(rdsClusterType, props{"skipFinalSnapshot": policytest.Unknown}), Want: policytest.Undetermined(".skipFinalSnapshot")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"skipFinalSnapshot": "false"}), Want: policytest.Pass()},
	}...)
}
