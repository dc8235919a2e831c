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
		policytest.Case{Name: "by default", Resources: policytest.One(redshiftClusterType, nil), Want: policytest.Fail("keeps 1 days")},
		policytest.Case{Name: "a day less than a week", Resources: policytest.One(redshiftClusterType, props{"automatedSnapshotRetentionPeriod": 6}), Want: policytest.Fail("keeps 6 days")},
	)
	policytest.RunRemediations(t, RedshiftSnapshotsKept,
		policytest.Remediation{Name: "mended", Type: redshiftClusterType, Properties: props{"automatedSnapshotRetentionPeriod": 6}, Want: props{"automatedSnapshotRetentionPeriod": 7}},
		policytest.Remediation{Name: "a week, as text", Type: redshiftClusterType, Properties: props{"automatedSnapshotRetentionPeriod": "7"}},
	)
}
