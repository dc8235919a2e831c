package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRedshiftEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RedshiftEncrypted, []policytest.Case{
		{Name: "redshiftCluster: not said", Resources: policytest.One(redshiftClusterType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "redshiftCluster: not known yet", Resources: policytest.One(redshiftClusterType, props{"encrypted": policytest.Unknown}), Want: policytest.Undetermined(".encrypted")},
		{Name: "as text", Resources: policytest.One(redshiftClusterType, props{"encrypted": "true"}), Want: policytest.Pass()},
	}...)
}
