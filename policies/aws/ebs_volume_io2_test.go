package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEBSVolumeIO2(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EBSVolumeIO2, []policytest.Case{
		{Name: "of another type", Resources: policytest.One(volumeType, props{"type": "gp3"}), Want: policytest.Pass()},
		{Name: "not said", Resources: policytest.One(volumeType, nil), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(volumeType, props{"type": policytest.Unknown}), Want: policytest.Undetermined(".type")},
	}...)
	policytest.RunRemediations(t, EBSVolumeIO2, policytest.Remediation{
		Name: "the type only", Type: volumeType, Properties: props{"type": "io1", "iops": 10000}, Want: props{"type": "io2"},
	})
}
