package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheSnapshotsKept(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheSnapshotsKept,
		policytest.Case{Name: "none by name", Resources: policytest.One(replicationGroupType, props{"snapshotRetentionLimit": 0}), Want: policytest.Fail("keeps none")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(replicationGroupType, props{"snapshotRetentionLimit": policytest.Unknown}), Want: policytest.Undetermined(".snapshotRetentionLimit")},
	)
	policytest.RunRemediations(t, ElastiCacheSnapshotsKept,
		policytest.Remediation{Name: "mended", Type: replicationGroupType, Want: props{"snapshotRetentionLimit": 1}},
	)
}
