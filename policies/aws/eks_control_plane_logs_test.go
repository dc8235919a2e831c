package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEKSControlPlaneLogs(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EKSControlPlaneLogs, []policytest.Case{
		{Name: "none", Resources: policytest.One(clusterType, nil), Want: policytest.Fail("kind api", "kind audit", "kind authenticator")},
		{Name: "not known yet", Resources: policytest.One(clusterType, props{"enabledClusterLogTypes": policytest.Unknown}), Want: policytest.Undetermined(".enabledClusterLogTypes")},
		{Name: "one is missing", Resources: policytest.One(clusterType, props{"enabledClusterLogTypes": []any{"api", "audit", "scheduler"}}), Want: policytest.Fail("kind authenticator")},
	}...)
}
