package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSTaskNotPrivileged(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECSTaskNotPrivileged, []policytest.Case{
		{Name: "one of several", Resources: policytest.One(taskDefinitionType, props{"containerDefinitions": `[{"name": "a"}, {"name": "b", "privileged": true}]`}), Want: policytest.Fail("[b]")},
		{Name: "no list", Resources: policytest.One(taskDefinitionType, props{"containerDefinitions": "{"}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(taskDefinitionType, props{"containerDefinitions": policytest.Unknown}), Want: policytest.Undetermined(".containerDefinitions")},
	}...)
}
