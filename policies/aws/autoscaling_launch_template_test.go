package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAutoScalingLaunchTemplate(t *testing.T) {
	t.Parallel()
	policytest.Run(t, AutoScalingLaunchTemplate,
		policytest.Case{Name: "empty", Resources: policytest.One(groupType, props{"launchConfiguration": ""}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(groupType, props{"launchConfiguration": policytest.Unknown}), Want: policytest.Undetermined(".launchConfiguration")},
	)
}
