package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestBackupRestoreTested(t *testing.T) {
	t.Parallel()
	of := func(name, token string, properties props) policytest.Resource {
		return policytest.Resource{Name: name, Type: token, Properties: properties}
	}
	vault, other := of("main", vaultType, nil), of("other", vaultType, nil)
	plan := func(vaults ...any) policytest.Resource {
		var rules []any
		for _, vault := range vaults {
			rules = append(rules, props{"ruleName": "r", "targetVaultName": vault})
		}
		return of("plan", backupPlanType, props{"rules": rules})
	}
	test := func(vaults any) policytest.Resource {
		return of("weekly", restoreTestingPlanType, props{"recoveryPointSelection": props{"includeVaults": vaults}})
	}
	selection := of("volumes", restoreTestingSelectionType, props{"restoreTestingPlanName": policytest.Ref("weekly")})
	ref, unknown := policytest.Ref, policytest.Unknown
	all := func(resources ...policytest.Resource) []policytest.Resource { return resources }
	policytest.Run(t, BackupRestoreTested, []policytest.Case{
		{Name: "no plan", Resources: all(vault), Want: policytest.NotApplicable()},
		{Name: "every vault", Resources: all(vault, plan(ref("main")), test([]any{"*"}), selection), Want: policytest.Pass()},
		{Name: "a test of nothing", Resources: all(vault, plan(ref("main")), test([]any{"*"})), Want: policytest.Fail("No restore testing plan")},
		{Name: "its vault, and nothing of it", Resources: all(vault, plan(ref("main")), test([]any{ref("main")})), Want: policytest.Fail("that has a selection")},
		{Name: "another vault", Resources: all(vault, other, plan(ref("main")), test([]any{ref("other")}), selection), Want: policytest.Fail("includes its vault")},
		{Name: "both", Resources: all(vault, other, plan(ref("main")), test([]any{ref("other"), ref("main")}), selection), Want: policytest.Pass()},
		{Name: "by its name", Resources: all(of("main", vaultType, props{"name": "backups"}), plan("backups"), test([]any{ref("main")}), selection), Want: policytest.Pass()},
		{Name: "by its name, and another is tested", Resources: all(of("main", vaultType, props{"name": "backups"}), other, plan("backups"), test([]any{ref("other")}), selection), Want: policytest.Fail("No restore")},
		{Name: "the vault of its second rule", Resources: all(vault, plan("Default", ref("main")), test([]any{ref("main")}), selection), Want: policytest.Pass()},
		{Name: "a vault of another stack", Resources: all(vault, plan("Default"), test([]any{ref("main")}), selection), Want: policytest.Pass()},
		{Name: "a vault of another stack, untested", Resources: all(vault, plan("Default"), test([]any{ref("main")})), Want: policytest.Fail("No restore")},
		{Name: "a selection of another plan", Resources: all(vault, plan(ref("main")), test([]any{"*"}),
			of("volumes", restoreTestingSelectionType, props{"restoreTestingPlanName": "yearly"})), Want: policytest.Fail("No restore")},
		{Name: "which vaults is not known", Resources: all(vault, plan(ref("main")), test(unknown), selection), Want: policytest.Undetermined(".recoveryPointSelection.includeVaults")},
		{Name: "which vaults is not known, nor does it matter", Resources: all(plan("Default"), test(unknown), selection), Want: policytest.Pass()},
		{Name: "which vault it fills is not known", Resources: all(vault, plan(unknown), test([]any{"arn"}), selection), Want: policytest.Undetermined(".rules.*.targetVaultName")},
		{Name: "which vault it fills is not known, nor does it matter", Resources: all(vault, plan(unknown), test([]any{"*"}), selection), Want: policytest.Pass()},
		{Name: "what is selected for is not known", Resources: all(vault, plan(ref("main")), test([]any{"*"}),
			of("volumes", restoreTestingSelectionType, props{"restoreTestingPlanName": unknown})), Want: policytest.Undetermined(".restoreTestingPlanName")},
	}...)
}
