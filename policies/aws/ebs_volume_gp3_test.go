package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEBSVolumeGp3(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EBSVolumeGp3, []policytest.Case{
		{Name: "by default", Resources: policytest.One(volumeType, nil), Want: policytest.Fail("gp2")},
		{Name: "for throughput", Resources: policytest.One(volumeType, props{"type": "st1"}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(volumeType, props{"type": policytest.Unknown}), Want: policytest.Undetermined(".type")},
	}...)
	policytest.RunRemediations(t, EBSVolumeGp3,
		policytest.Remediation{Name: "mended", Type: volumeType, Properties: props{"type": "gp2"}, Want: props{"type": "gp3"}},
		policytest.Remediation{Name: "another type", Type: volumeType, Properties: props{"type": "io2"}},
	)
}
