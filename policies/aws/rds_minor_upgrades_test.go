package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSMinorUpgrades(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSMinorUpgrades, []policytest.Case{
		{Name: "not said, rdsInstanceType", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Pass()},
		{Name: "not known yet, rdsInstanceType", Resources: policytest.One(rdsInstanceType, props{"autoMinorVersionUpgrade": policytest.Unknown}), Want: policytest.Undetermined(".autoMinorVersionUpgrade")},
		{Name: "not said, rdsClusterInstanceType", Resources: policytest.One(rdsClusterInstanceType, nil), Want: policytest.Pass()},
		{Name: "not known yet, rdsClusterInstanceType", Resources: policytest.One(rdsClusterInstanceType, props{"autoMinorVersionUpgrade": policytest.Unknown}), Want: policytest.Undetermined(".autoMinorVersionUpgrade")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"autoMinorVersionUpgrade": "true"}), Want: policytest.Pass()},
	}...)
}
