package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheFailover(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheFailover, []policytest.Case{
		{Name: "in one zone", Resources: policytest.One(replicationGroupType, props{"automaticFailoverEnabled": true}), Want: policytest.Fail("multiAzEnabled [unset]")},
		{Name: "not known yet", Resources: policytest.One(replicationGroupType, props{"automaticFailoverEnabled": true, "multiAzEnabled": policytest.Unknown}), Want: policytest.Undetermined(".multiAzEnabled")},
		{Name: "no failover", Resources: policytest.One(replicationGroupType, props{"automaticFailoverEnabled": false, "multiAzEnabled": true}), Want: policytest.Fail("automaticFailoverEnabled false")},
		{Name: "nothing said of failover", Resources: policytest.One(replicationGroupType, props{"multiAzEnabled": true}), Want: policytest.Fail("automaticFailoverEnabled [unset]")},
	}...)
}
