package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheAuthenticated(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheAuthenticated, []policytest.Case{
		{Name: "by a token", Resources: policytest.One(replicationGroupType, props{"authToken": policytest.Secret("a-token-of-16-or-more")}), Want: policytest.Pass()},
		{Name: "by a token that is not known yet", Resources: policytest.One(replicationGroupType, props{"authToken": policytest.Unknown, "userGroupIds": policytest.Unknown}), Want: policytest.Pass()},
		{Name: "by no users", Resources: policytest.One(replicationGroupType, props{"userGroupIds": []any{}}), Want: policytest.Fail("whoever reaches it")},
		{Name: "not known yet", Resources: policytest.One(replicationGroupType, props{"userGroupIds": policytest.Unknown}), Want: policytest.Undetermined(".userGroupIds")},
	}...)
}
