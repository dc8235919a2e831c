package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBDeletionProtection(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBDeletionProtection, []policytest.Case{
		{Name: "not known yet", Resources: policytest.One(albLoadBalancerType, props{"enableDeletionProtection": policytest.Unknown}), Want: policytest.Undetermined(".enableDeletionProtection")},
	}...)
}
