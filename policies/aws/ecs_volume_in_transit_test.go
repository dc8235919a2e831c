package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSVolumeInTransit(t *testing.T) {
	t.Parallel()
	volumes := func(of ...any) []policytest.Resource {
		return policytest.One(taskDefinitionType, props{"volumes": of})
	}
	efs := func(transit any) props { return props{"efsVolumeConfiguration": props{"transitEncryption": transit}} }
	policytest.Run(t, ECSVolumeInTransit, []policytest.Case{
		{Name: "a folder of the host", Resources: volumes(props{"hostPath": "/data"}), Want: policytest.Pass()},
		{Name: "the second", Resources: volumes(efs("ENABLED"), efs("DISABLED")), Want: policytest.Fail("volume 1")},
		{Name: "not known", Resources: volumes(efs(policytest.Unknown)), Want: policytest.Undetermined("transitEncryption")},
	}...)
}
