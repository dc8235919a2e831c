package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheEncryptedInTransit(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheEncryptedInTransit, []policytest.Case{
		{Name: "replicationGroup: not said", Resources: policytest.One(replicationGroupType, nil), Want: policytest.Fail("It lets clients connect in the clear.")},
		{Name: "replicationGroup: not known yet", Resources: policytest.One(replicationGroupType, props{"transitEncryptionEnabled": policytest.Unknown}), Want: policytest.Undetermined(".transitEncryptionEnabled")},
		{Name: "as text", Resources: policytest.One(replicationGroupType, props{"transitEncryptionEnabled": "true"}), Want: policytest.Pass()},
	}...)
}
