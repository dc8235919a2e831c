package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheSecurityGroupClosed(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheSecurityGroupClosed,
		policytest.Case{Name: "a group elsewhere", Resources: policytest.One(cacheClusterType, props{"securityGroupIds": []any{"sg-0a1b"}}), Want: policytest.Pass()},
		policytest.Case{Name: "groups not known yet", Resources: policytest.One(replicationGroupType, props{"securityGroupIds": policytest.Unknown}), Want: policytest.Undetermined(".securityGroupIds")},
	)
}
