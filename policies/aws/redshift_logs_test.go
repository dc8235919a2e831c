package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRedshiftLogs(t *testing.T) {
	t.Parallel()
	with := func(enable any) []policytest.Resource {
		return policytest.One(redshiftClusterType, props{"logging": props{"enable": enable}})
	}
	policytest.Run(t, RedshiftLogs, []policytest.Case{
		{Name: "in the cluster", Resources: with(true), Want: policytest.Pass()},
		{Name: "off in the cluster", Resources: with(false), Want: policytest.Fail("no audit log")},
		{Name: "not known", Resources: with(policytest.Unknown), Want: policytest.Undetermined("enable")},
	}...)
}
