package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDynamoDBDeletionProtection(t *testing.T) {
	t.Parallel()
	policytest.Run(t, DynamoDBDeletionProtection, []policytest.Case{
		{Name: "table: not said", Resources: policytest.One(tableType, nil), Want: policytest.Fail("A single call deletes it.")},
		{Name: "table: not known yet", Resources: policytest.One(tableType, props{"deletionProtectionEnabled": policytest.Unknown}), Want: policytest.Undetermined(".deletionProtectionEnabled")},
		{Name: "as text", Resources: policytest.One(tableType, props{"deletionProtectionEnabled": "true"}), Want: policytest.Pass()},
	}...)
}
