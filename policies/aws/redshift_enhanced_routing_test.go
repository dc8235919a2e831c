package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRedshiftEnhancedRouting(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RedshiftEnhancedRouting, []policytest.Case{
		{Name: "said not to", Resources: policytest.One(redshiftClusterType, props{"enhancedVpcRouting": false}), Want: policytest.Fail("past its VPC")},
		{Name: "not known", Resources: policytest.One(redshiftClusterType, props{"enhancedVpcRouting": policytest.Unknown}), Want: policytest.Undetermined(".enhancedVpcRouting")},
	}...)
}
