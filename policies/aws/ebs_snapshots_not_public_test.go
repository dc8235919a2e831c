package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEBSSnapshotsNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EBSSnapshotsNotPublic, []policytest.Case{
		{Name: "those to come", Resources: policytest.One(snapshotBlockType, props{"state": "block-new-sharing"}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(snapshotBlockType, props{"state": policytest.Unknown}), Want: policytest.Undetermined(".state")},
	}...)
	policytest.RunRemediations(t, EBSSnapshotsNotPublic, policytest.Remediation{
		Name: "all, as the better of two", Type: snapshotBlockType, Properties: props{"state": "unblocked"}, Want: props{"state": "block-all-sharing"},
	})
}
