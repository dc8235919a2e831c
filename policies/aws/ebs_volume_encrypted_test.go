package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEBSVolumeEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EBSVolumeEncrypted, []policytest.Case{
		{Name: "volume: not said", Resources: policytest.One(volumeType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "volume: not known yet", Resources: policytest.One(volumeType, props{"encrypted": policytest.Unknown}), Want: policytest.Undetermined(".encrypted")},
		{Name: "as text", Resources: policytest.One(volumeType, props{"encrypted": "true"}), Want: policytest.Pass()},
		{Name: "of a snapshot", Resources: policytest.One(volumeType, props{"snapshotId": "snap-1"}), Want: policytest.NotApplicable()},
		{Name: "of a snapshot, and said to be not", Resources: policytest.One(volumeType, props{"snapshotId": "snap-1", "encrypted": false}), Want: policytest.Fail("in the clear")},
	}...)
	policytest.RunRemediations(t, EBSVolumeEncrypted,
		policytest.Remediation{Name: "of a snapshot", Type: volumeType, Properties: props{"snapshotId": "snap-1"}},
		policytest.Remediation{Name: "encrypted", Type: volumeType, Properties: props{"encrypted": true}},
	)
}
