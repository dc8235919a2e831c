package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEBSVolumeEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EBSVolumeEncrypted, []policytest.Case{
		{Name: "not said, volumeType", Resources: policytest.One(volumeType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "not known yet, volumeType", Resources: policytest.One(volumeType, props{"encrypted": policytest.Unknown}), Want: policytest.Undetermined(".encrypted")},
		{Name: "as text", Resources: policytest.One(volumeType, props{"encrypted": "true"}), Want: policytest.Pass()},
	}...)
}
