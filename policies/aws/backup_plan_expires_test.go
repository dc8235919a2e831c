package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestBackupPlanExpires(t *testing.T) {
	t.Parallel()
	plan := func(rules ...any) []policytest.Resource { return policytest.One(backupPlanType, props{"rules": rules}) }
	after := func(days any) props { return props{"lifecycle": props{"deleteAfter": days}} }
	policytest.Run(t, BackupPlanExpires, []policytest.Case{
		{Name: "to cold storage only", Resources: plan(props{"lifecycle": props{"coldStorageAfter": 30}}), Want: policytest.Fail("rule 0 are kept")},
		{Name: "the second", Resources: plan(after(7), props{}), Want: policytest.Fail("rule 1 are kept")},
		{Name: "a copy", Resources: plan(props{"lifecycle": props{"deleteAfter": 7}, "copyActions": []any{after(7), props{}}}), Want: policytest.Fail("copies 1 of its rule 0")},
		{Name: "not known", Resources: plan(after(policytest.Unknown)), Want: policytest.Undetermined("deleteAfter")},
	}...)
}
