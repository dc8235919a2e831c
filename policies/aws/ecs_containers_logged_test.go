package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSContainersLogged(t *testing.T) {
	t.Parallel()
	task := func(definitions any) []policytest.Resource {
		return policytest.One(taskDefinitionType, props{"containerDefinitions": definitions})
	}
	policytest.Run(t, ECSContainersLogged, []policytest.Case{
		{Name: "one of two", Resources: task(`[{"name": "a", "logConfiguration": {"logDriver": "awsfirelens"}}, {"name": "b"}]`), Want: policytest.Fail("containers [b]")},
		{Name: "an empty one", Resources: task(`[{"name": "a", "logConfiguration": {}}]`), Want: policytest.Fail("[a]")},
		{Name: "not known", Resources: task(policytest.Unknown), Want: policytest.Undetermined(".containerDefinitions")},
	}...)
}
