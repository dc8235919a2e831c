package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestMSKNotPublic(t *testing.T) {
	t.Parallel()
	with := func(kind any) []policytest.Resource {
		return policytest.One(mskClusterType, props{"brokerNodeGroupInfo": props{"connectivityInfo": props{"publicAccess": props{"type": kind}}}})
	}
	policytest.Run(t, MSKNotPublic, []policytest.Case{
		{Name: "said not to", Resources: with("DISABLED"), Want: policytest.Pass()},
		{Name: "not known", Resources: with(policytest.Unknown), Want: policytest.Undetermined("type")},
	}...)
}
