package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAutoScalingTemplateVersion(t *testing.T) {
	t.Parallel()
	policytest.Run(t, AutoScalingTemplateVersion,
		policytest.Case{Name: "no version", Resources: policytest.One(groupType, props{"launchTemplate": props{"id": "lt-0a1b"}}), Want: policytest.Fail("version $Default.")},
		policytest.Case{Name: "no template", Resources: policytest.One(groupType, props{"launchConfiguration": "web"}), Want: policytest.Pass()},
		policytest.Case{Name: "a number", Resources: policytest.One(groupType, props{"launchTemplate": props{"version": 3}}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(groupType, props{"launchTemplate": props{"version": policytest.Unknown}}), Want: policytest.Undetermined(".launchTemplate.version")},
	)
}
