package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// BackupRestoreTested wants what backup plans put into a vault to be restored again and again, to see that it can be. A
// test that names no vault of the stack counts for plans whose vaults are of other stacks. Vaults that a test leaves out,
// which types of resources it restores, and who looks at its outcome, are not looked into; tests of other stacks do not
// show.
var BackupRestoreTested = policy.Policy{
	ID:       "aws-backup-restore-tested",
	Title:    "It must be tested that backups can be restored.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A key that is gone, a role that lacks a permission, or a backup of the wrong volume shows when it is restored " +
		"for the first time. That had better not be after a disaster.",
	Remediation: "Add an aws:backup/restoreTestingPlan:RestoreTestingPlan that includes the plan's vault, with an " +
		"aws:backup/restoreTestingSelection:RestoreTestingSelection for each type of resource that is backed up.",
	Controls: frameworks.Controls{SOC2: "A1.3", ISO27001: "A.8.13"}.List(),
	Tags:     []string{"reliability", "backup"},
	Bad: []policy.Example{
		{Name: "main", Type: vaultType},
		{Name: "daily", Type: backupPlanType, Properties: props{
			"name": "daily", "rules": []any{props{"ruleName": "daily", "targetVaultName": "${main.name}"}},
		}},
	},
	Good: []policy.Example{
		{Name: "main", Type: vaultType},
		{Name: "daily", Type: backupPlanType, Properties: props{
			"name": "daily", "rules": []any{props{"ruleName": "daily", "targetVaultName": "${main.name}"}},
		}},
		{Name: "weekly", Type: restoreTestingPlanType, Properties: props{
			"name": "weekly", "scheduleExpression": "cron(0 5 ? * SUN *)",
			"recoveryPointSelection": props{
				"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": []any{"${main.arn}"}, "recoveryPointTypes": []any{"SNAPSHOT"},
			},
		}},
		{Name: "volumes", Type: restoreTestingSelectionType, Properties: props{
			"name": "volumes", "restoreTestingPlanName": "${weekly.name}", "protectedResourceType": "EBS",
			"protectedResourceArns": []any{"*"}, "iamRoleArn": "arn:aws:iam::123456789012:role/backup",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Plans policy.Resources[filledVaults] `pulumi:"aws:backup/plan:Plan"`
			testedVaults
		}) {
			tested := stack.testedVaults.index()
			stack.Plans.Each(func(plan policy.Resource[filledVaults]) {
				if !tested(plan.Node) {
					r.Fail(plan.Node, "No restore testing plan of the stack that has a selection includes its vault.")
				}
			})
		}),
	},
}

// filledVaults are the vaults that a plan fills.
type filledVaults struct {
	Rules policy.List[struct {
		Vault policy.Value[string] `pulumi:"targetVaultName"`
	}] `pulumi:"rules"`
}

// testedVaults are the vaults of a stack, with the tests of what is in them.
type testedVaults struct {
	Vaults     policy.Resources[struct{}]        `pulumi:"aws:backup/vault:Vault"`
	Tests      policy.Resources[restoreTestPlan] `pulumi:"aws:backup/restoreTestingPlan:RestoreTestingPlan"`
	Selections policy.Resources[restoreTest]     `pulumi:"aws:backup/restoreTestingSelection:RestoreTestingSelection"`
}

type restoreTestPlan struct {
	Points policy.Value[testedPoints] `pulumi:"recoveryPointSelection"`
}

type testedPoints struct {
	Vaults policy.List[string] `pulumi:"includeVaults"`
}

// index makes a function that reports whether what a plan backs up is tested. It is made once for all plans.
func (s testedVaults) index() func(plan *policy.Node) bool {
	tests := func(test policy.Resource[restoreTestPlan]) bool {
		return s.Selections.AnyReferring("restoreTestingPlanName", test.Node, nil)
	}
	anything := policy.Memo(func(*policy.Node) bool { return s.Tests.Any(tests) })
	everything := policy.Memo(func(*policy.Node) bool {
		return s.Tests.Any(func(test policy.Resource[restoreTestPlan]) bool {
			// What is not known of the vaults is found where it comes from.
			all, _ := policy.Ask(func() bool { return slices.Contains(test.Props.Points.Get().Vaults.Get(), "*") })
			return all && tests(test)
		})
	})
	const filled = "rules.*.targetVaultName"
	return func(plan *policy.Node) bool {
		return policy.AnyOf(
			func() bool { return everything(nil) },
			func() bool {
				return s.Vaults.AnyReferredBy(plan, filled, func(vault policy.Resource[struct{}]) bool {
					return s.Tests.AnyReferring("recoveryPointSelection.includeVaults", vault.Node, tests)
				})
			},
			func() bool { return !s.Vaults.AnyReferredBy(plan, filled, nil) && anything(nil) },
		)
	}
}
