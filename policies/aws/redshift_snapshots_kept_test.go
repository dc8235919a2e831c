package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRedshiftSnapshotsKept(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RedshiftSnapshotsKept,
		policytest.Case{Name: "none", Resources: policytest.One(redshiftClusterType, props{"automatedSnapshotRetentionPeriod": 0}), Want: policytest.Fail("keeps 0 days")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(redshiftClusterType, props{"automatedSnapshotRetentionPeriod": policytest.Unknown}), Want: policytest.Undetermined(".automatedSnapshotRetentionPeriod")},
	)
}
