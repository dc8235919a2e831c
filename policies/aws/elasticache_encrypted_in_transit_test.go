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
		{Name: "and in the clear, too", Resources: policytest.One(replicationGroupType, props{"transitEncryptionEnabled": true, "transitEncryptionMode": "preferred"}), Want: policytest.Fail("in the clear")},
		{Name: "required", Resources: policytest.One(replicationGroupType, props{"transitEncryptionEnabled": true, "transitEncryptionMode": "required"}), Want: policytest.Pass()},
		{Name: "off, and a mode that is not known yet", Resources: policytest.One(replicationGroupType, props{"transitEncryptionEnabled": false, "transitEncryptionMode": policytest.Unknown}), Want: policytest.Fail("in the clear")},
	}...)
	policytest.RunRemediations(t, ElastiCacheEncryptedInTransit,
		policytest.Remediation{Name: "on", Type: replicationGroupType, Properties: props{}, Want: props{"transitEncryptionEnabled": true}},
		policytest.Remediation{Name: "required", Type: replicationGroupType, Properties: props{"transitEncryptionEnabled": true, "transitEncryptionMode": "preferred"}, Want: props{"transitEncryptionEnabled": true, "transitEncryptionMode": "required"}},
		policytest.Remediation{Name: "is required", Type: replicationGroupType, Properties: props{"transitEncryptionEnabled": true}},
	)
}
