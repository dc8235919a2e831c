package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAutoScalingScales(t *testing.T) {
	t.Parallel()
	policytest.Run(t, AutoScalingScales,
		policytest.Case{Name: "of one size", Resources: policytest.One(groupType, props{"minSize": 3, "maxSize": 3}), Want: policytest.Pass()},
		policytest.Case{Name: "of a size not known yet", Resources: policytest.One(groupType, props{"minSize": policytest.Unknown, "maxSize": 3}), Want: policytest.Undetermined(".minSize")},
		policytest.Case{Name: "says the sizes", Resources: policytest.One(groupType, props{"minSize": 2, "maxSize": 4}), Want: policytest.Fail("2 to 4 instances")},
	)
}
