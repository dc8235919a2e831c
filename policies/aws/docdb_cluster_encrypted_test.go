package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDocDBClusterEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, DocDBClusterEncrypted, []policytest.Case{
		{Name: "said not to", Resources: policytest.One(docdbClusterType, props{"storageEncrypted": false}), Want: policytest.Fail("in the clear")},
		{Name: "from a snapshot", Resources: policytest.One(docdbClusterType, props{"snapshotIdentifier": policytest.Unknown}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(docdbClusterType, props{"storageEncrypted": policytest.Unknown}), Want: policytest.Undetermined(".storageEncrypted")},
	}...)
}
