package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestGuardDutyEnabled(t *testing.T) {
	t.Parallel()
	policytest.Run(t, GuardDutyEnabled, []policytest.Case{
		{Name: "not said, detectorType", Resources: policytest.One(detectorType, nil), Want: policytest.Pass()},
		{Name: "not known yet, detectorType", Resources: policytest.One(detectorType, props{"enable": policytest.Unknown}), Want: policytest.Undetermined(".enable")},
		{Name: "as text", Resources: policytest.One(detectorType, props{"enable": "true"}), Want: policytest.Pass()},
	}...)
}
