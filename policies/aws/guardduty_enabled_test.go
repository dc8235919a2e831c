package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestGuardDutyEnabled(t *testing.T) {
	t.Parallel()
	policytest.Run(t, GuardDutyEnabled, []policytest.Case{
		{Name: "detector: not said", Resources: policytest.One(detectorType, nil), Want: policytest.Pass()},
		{Name: "detector: not known yet", Resources: policytest.One(detectorType, props{"enable": policytest.Unknown}), Want: policytest.Undetermined(".enable")},
		{Name: "as text", Resources: policytest.One(detectorType, props{"enable": "true"}), Want: policytest.Pass()},
	}...)
}
