package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSTaskOwnProcesses(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECSTaskOwnProcesses, []policytest.Case{
		{Name: "those of the task", Resources: policytest.One(taskDefinitionType, props{"pidMode": "task"}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(taskDefinitionType, props{"pidMode": policytest.Unknown}), Want: policytest.Undetermined(".pidMode")},
	}...)
}
