package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSMultiAZ(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSMultiAZ, []policytest.Case{
		{Name: "rdsInstance: not said", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Fail("It runs in a single zone.")},
		{Name: "rdsInstance: not known yet", Resources: policytest.One(rdsInstanceType, props{"multiAz": policytest.Unknown}), Want: policytest.Undetermined(".multiAz")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"multiAz": "true"}), Want: policytest.Pass()},
	}...)
}
