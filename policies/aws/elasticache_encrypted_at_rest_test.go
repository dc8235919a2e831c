package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheEncryptedAtRest(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheEncryptedAtRest, []policytest.Case{
		{Name: "replicationGroup: not said", Resources: policytest.One(replicationGroupType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "replicationGroup: not known yet", Resources: policytest.One(replicationGroupType, props{"atRestEncryptionEnabled": policytest.Unknown}), Want: policytest.Undetermined(".atRestEncryptionEnabled")},
		{Name: "as text", Resources: policytest.One(replicationGroupType, props{"atRestEncryptionEnabled": "true"}), Want: policytest.Pass()},
	}...)
}
