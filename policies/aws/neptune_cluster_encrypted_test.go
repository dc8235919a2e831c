package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestNeptuneClusterEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, NeptuneClusterEncrypted, []policytest.Case{
		{Name: "from a snapshot", Resources: policytest.One(neptuneClusterType, props{"snapshotIdentifier": "before"}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(neptuneClusterType, props{"storageEncrypted": policytest.Unknown}), Want: policytest.Undetermined(".storageEncrypted")},
	}...)
}
