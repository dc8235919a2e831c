package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSContainersReadOnly(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECSContainersReadOnly, []policytest.Case{
		{Name: "Windows", Resources: policytest.One(taskDefinitionType, props{"containerDefinitions": `[{"name": "a"}]`, "runtimePlatform": props{"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}), Want: policytest.Pass()},
		{Name: "Linux, one of two", Resources: policytest.One(taskDefinitionType, props{"containerDefinitions": `[{"name": "a"}, {"name": "b", "readonlyRootFilesystem": true}]`, "runtimePlatform": props{"operatingSystemFamily": "LINUX"}}), Want: policytest.Fail("[a]")},
	}...)
}
