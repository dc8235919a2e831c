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
}
