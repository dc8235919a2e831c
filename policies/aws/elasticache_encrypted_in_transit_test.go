package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheEncryptedInTransit(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheEncryptedInTransit, []policytest.Case{
		{Name: "not said, replicationGroupType", Resources: policytest.One(replicationGroupType, nil), Want: policytest.Fail("It lets clients connect in the clear.")},
		{Name: "not known yet, replicationGroupType", Resources: policytest.One(replicationGroupType, props{"transitEncryptionEnabled": policytest.Unknown}), Want: policytest.Undetermined(".transitEncryptionEnabled")},
		{Name: "as text", Resources: policytest.One(replicationGroupType, props{"transitEncryptionEnabled": "true"}), Want: policytest.Pass()},
	}...)
}
