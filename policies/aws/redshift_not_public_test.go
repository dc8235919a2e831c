package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRedshiftNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RedshiftNotPublic, []policytest.Case{
		{Name: "redshiftCluster: not said", Resources: policytest.One(redshiftClusterType, nil), Want: policytest.Pass()},
		{Name: "redshiftCluster: not known yet", Resources: policytest.One(redshiftClusterType, props{"publiclyAccessible": policytest.Unknown}), Want: policytest.Undetermined(".publiclyAccessible")},
		{Name: "as text", Resources: policytest.One(redshiftClusterType, props{"publiclyAccessible": "false"}), Want: policytest.Pass()},
	}...)
}
