package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSSnapshotsTagged(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSSnapshotsTagged,
		policytest.Case{Name: "a cluster", Resources: policytest.One(rdsClusterType, props{"copyTagsToSnapshot": false}), Want: policytest.Fail("no tags")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(rdsClusterType, props{"copyTagsToSnapshot": policytest.Unknown}), Want: policytest.Undetermined(".copyTagsToSnapshot")},
	)
	policytest.RunRemediations(t, RDSSnapshotsTagged,
		policytest.Remediation{Name: "a cluster", Type: rdsClusterType, Want: props{"copyTagsToSnapshot": true}},
	)
}
