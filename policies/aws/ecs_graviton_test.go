package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSGraviton(t *testing.T) {
	t.Parallel()
	task := func(platform props, on ...any) []policytest.Resource {
		return policytest.One(taskDefinitionType, props{"requiresCompatibilities": on, "runtimePlatform": platform})
	}
	policytest.Run(t, ECSGraviton, []policytest.Case{
		{Name: "said", Resources: task(props{"cpuArchitecture": "X86_64"}, "EC2", "FARGATE"), Want: policytest.Fail("on x86")},
		{Name: "on machines", Resources: task(nil, "EC2"), Want: policytest.Pass()},
		{Name: "Windows", Resources: task(props{"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}, "FARGATE"), Want: policytest.Pass()},
		{Name: "not known", Resources: task(props{"cpuArchitecture": policytest.Unknown}, "FARGATE"), Want: policytest.Undetermined("cpuArchitecture")},
	}...)
}
