package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAutoScalingTwoInstances(t *testing.T) {
	t.Parallel()
	policytest.Run(t, AutoScalingTwoInstances,
		policytest.Case{Name: "none", Resources: policytest.One(groupType, props{"minSize": 0, "maxSize": 1}), Want: policytest.Fail("shrink to 0")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(groupType, props{"minSize": policytest.Unknown}), Want: policytest.Undetermined(".minSize")},
	)
	policytest.RunRemediations(t, AutoScalingTwoInstances,
		policytest.Remediation{Name: "room", Type: groupType, Properties: props{"minSize": 1, "maxSize": 4}, Want: props{"minSize": 2}},
		policytest.Remediation{Name: "no room", Type: groupType, Properties: props{"minSize": 1, "maxSize": 1}, Want: props{"minSize": 2, "maxSize": 2}},
	)
}
