package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// BackupPlanExpires advises to say when backups are deleted.
var BackupPlanExpires = policy.Policy{
	ID:       "aws-backup-plan-expires",
	Title:    "Backups should be deleted some day.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Without deleteAfter, AWS Backup keeps every backup for ever. Expected effect: what backups cost stops growing: a " +
		"daily backup that is kept for 35 days is 35 recovery points, and 365 more with each year without an end (AWS Backup " +
		"Developer Guide, \"Backup plan options and configuration\").",
	Remediation: "Set lifecycle.deleteAfter of each rule, and of the copies that it makes.",
	Controls:    frameworks.Controls{SOC2: "A1.1 C1.2", ISO27001: "A.8.10 A.8.13"}.List(),
	Tags:        []string{"optimization", "cost", "retention"},
	Bad: []policy.Example{
		{Name: "daily", Type: backupPlanType, Properties: props{
			"rules": []any{props{"ruleName": "daily", "targetVaultName": "main", "schedule": "cron(0 3 * * ? *)"}},
		}},
	},
	Good: []policy.Example{
		{Name: "daily", Type: backupPlanType, Properties: props{
			"rules": []any{props{
				"ruleName": "daily", "targetVaultName": "main", "schedule": "cron(0 3 * * ? *)", "lifecycle": props{"deleteAfter": 35},
			}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(backupPlanType, func(r *policy.Report, p struct {
			Rules policy.List[expiringRule] `pulumi:"rules"`
		}) {
			p.Rules.Each(func(i int, rule expiringRule) {
				if rule.Lifecycle.Get().Delete.Get() == 0 {
					r.Fail("The backups of its rule %d are kept for ever.", i)
				}
				rule.Copies.Each(func(j int, c backupCopy) {
					if c.Lifecycle.Get().Delete.Get() == 0 {
						r.Fail("The copies %d of its rule %d are kept for ever.", j, i)
					}
				})
			})
		}),
	},
}

type expiringRule struct {
	backupCopy
	Copies policy.List[backupCopy] `pulumi:"copyActions"`
}

type backupCopy struct {
	Lifecycle policy.Value[backupLifecycle] `pulumi:"lifecycle"`
}

type backupLifecycle struct {
	Delete policy.Value[int] `pulumi:"deleteAfter"`
}
