package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSFinalSnapshot(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSFinalSnapshot, []policytest.Case{
		{Name: "rdsInstance: not said", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Pass()},
		{Name: "rdsInstance: not known yet", Resources: policytest.One(rdsInstanceType, props{"skipFinalSnapshot": policytest.Unknown}), Want: policytest.Undetermined(".skipFinalSnapshot")},
		{Name: "rdsCluster: not said", Resources: policytest.One(rdsClusterType, nil), Want: policytest.Pass()},
		{Name: "rdsCluster: skipped", Resources: policytest.One(rdsClusterType, props{"skipFinalSnapshot": true}), Want: policytest.Fail("leaves no snapshot")},
		{Name: "rdsCluster: not known yet", Resources: policytest.One(rdsClusterType, props{"skipFinalSnapshot": policytest.Unknown}), Want: policytest.Undetermined(".skipFinalSnapshot")},
		{Name: "a replica, which leaves none", Resources: policytest.One(rdsInstanceType, props{"skipFinalSnapshot": true, "replicateSourceDb": "orders"}), Want: policytest.Pass()},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"skipFinalSnapshot": "false"}), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, RDSFinalSnapshot,
		policytest.Remediation{Name: "a replica", Type: rdsInstanceType, Properties: props{"skipFinalSnapshot": true, "replicateSourceDb": "orders"}},
		policytest.Remediation{Name: "a cluster", Type: rdsClusterType, Properties: props{"skipFinalSnapshot": true}, Want: props{"skipFinalSnapshot": false}},
	)
}
