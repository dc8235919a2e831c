package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSStorageEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSStorageEncrypted, []policytest.Case{
		{Name: "rdsInstance: not said", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "rdsInstance: not known yet", Resources: policytest.One(rdsInstanceType, props{"storageEncrypted": policytest.Unknown}), Want: policytest.Undetermined(".storageEncrypted")},
		{Name: "rdsCluster: not said", Resources: policytest.One(rdsClusterType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "rdsCluster: not known yet", Resources: policytest.One(rdsClusterType, props{"storageEncrypted": policytest.Unknown}), Want: policytest.Undetermined(".storageEncrypted")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"storageEncrypted": "true"}), Want: policytest.Pass()},
		{Name: "replica", Resources: policytest.One(rdsInstanceType, props{"replicateSourceDb": "orders"}), Want: policytest.NotApplicable()},
		{Name: "replica that says it is not", Resources: policytest.One(rdsClusterType, props{"replicationSourceIdentifier": "orders", "storageEncrypted": false}), Want: policytest.Fail("in the clear")},
		{Name: "restored", Resources: policytest.One(rdsClusterType, props{"restoreToPointInTime": props{"sourceClusterIdentifier": "orders"}}), Want: policytest.NotApplicable()},
		{Name: "from a snapshot that is not known yet", Resources: policytest.One(rdsInstanceType, props{"snapshotIdentifier": policytest.Unknown}), Want: policytest.NotApplicable()},
	}...)
	policytest.RunRemediations(t, RDSStorageEncrypted,
		policytest.Remediation{Name: "a replica is left alone", Type: rdsInstanceType, Properties: props{"replicateSourceDb": "orders"}},
		policytest.Remediation{Name: "mended", Type: rdsClusterType, Want: props{"storageEncrypted": true}},
		policytest.Remediation{Name: "of a snapshot", Type: rdsInstanceType, Properties: props{"snapshotIdentifier": "orders-1"}},
		policytest.Remediation{Name: "restored", Type: rdsClusterType, Properties: props{"restoreToPointInTime": props{"sourceClusterIdentifier": "orders"}}},
	)
}
