package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSEnvironmentNoKeys(t *testing.T) {
	t.Parallel()
	task := func(definitions any) []policytest.Resource {
		return policytest.One(taskDefinitionType, props{"containerDefinitions": definitions})
	}
	policytest.Run(t, ECSEnvironmentNoKeys, []policytest.Case{
		{Name: "within a text", Resources: task(`[{"name": "a"}, {"name": "b", "environment": [{"name": "URL", "value": "s3://AKIAIOSFODNN7EXAMPLE:x@data"}]}]`), Want: policytest.Fail("containers [b]")},
		{Name: "by the name of the variable", Resources: task(`[{"name": "a", "environment": [{"name": "AWS_SECRET_ACCESS_KEY", "value": "${KEY}"}]}]`), Want: policytest.Fail("[a]")},
		{Name: "by any of three names", Resources: task(`[{"name": "a", "environment": [{"name": "AWS_ACCESS_KEY_ID"}]}, {"name": "b", "environment": [{"name": "ECS_ENGINE_AUTH_DATA"}]}]`), Want: policytest.Fail("[a b]")},
		{Name: "beside what is none", Resources: task(`[1, {"name": "a", "environment": [{"name": "AWS_ACCESS_KEY_ID"}]}]`), Want: policytest.Fail("[a]")},
		{Name: "something like it", Resources: task(`[{"name": "a", "environment": [{"name": "ID", "value": "AKIAIOSFODNN7"}]}]`), Want: policytest.Pass()},
		{Name: "by a secret", Resources: task(`[{"name": "a", "secrets": [{"name": "AWS_SECRET_ACCESS_KEY", "valueFrom": "arn"}]}]`), Want: policytest.Pass()},
		{Name: "no list", Resources: task("{"), Want: policytest.Pass()},
		{Name: "not known", Resources: task(policytest.Unknown), Want: policytest.Undetermined(".containerDefinitions")},
	}...)
}
