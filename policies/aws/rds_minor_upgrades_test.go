package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSMinorUpgrades(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSMinorUpgrades, []policytest.Case{
		{Name: "rdsInstance: not said", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Pass()},
		{Name: "rdsInstance: not known yet", Resources: policytest.One(rdsInstanceType, props{"autoMinorVersionUpgrade": policytest.Unknown}), Want: policytest.Undetermined(".autoMinorVersionUpgrade")},
		{Name: "rdsClusterInstance: not said", Resources: policytest.One(rdsClusterInstanceType, nil), Want: policytest.Pass()},
		{Name: "rdsClusterInstance: not known yet", Resources: policytest.One(rdsClusterInstanceType, props{"autoMinorVersionUpgrade": policytest.Unknown}), Want: policytest.Undetermined(".autoMinorVersionUpgrade")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"autoMinorVersionUpgrade": "true"}), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, RDSMinorUpgrades,
		policytest.Remediation{Name: "an instance of a cluster", Type: rdsClusterInstanceType, Properties: props{"autoMinorVersionUpgrade": false}, Want: props{"autoMinorVersionUpgrade": true}},
	)
}
