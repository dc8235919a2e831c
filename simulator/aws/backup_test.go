package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	vaultToken           = "aws:backup/vault:Vault"
	vaultLockToken       = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	airGappedToken       = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"
	planToken            = "aws:backup/plan:Plan"
	selectionToken       = "aws:backup/selection:Selection"
	frameworkToken       = "aws:backup/framework:Framework"
	reportPlanToken      = "aws:backup/reportPlan:ReportPlan"
	restorePlanToken     = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
	restoreSelectedToken = "aws:backup/restoreTestingSelection:RestoreTestingSelection"
)

// trusting is a role that a service may assume.
func trusting(w *world, name, service string) thing {
	policy := strings.Replace(trust, "vpc-flow-logs.amazonaws.com", service, 1)
	return w.Create("aws:iam/role:Role", name, inputs{"name": name, "assumeRolePolicy": policy})
}

func vault(w *world) thing { return w.Create(vaultToken, "vault", inputs{"name": "daily"}) }

// daily is a rule of a backup plan, with changes.
func daily(changes inputs) inputs {
	return with(inputs{"ruleName": "daily", "targetVaultName": "daily", "schedule": "cron(0 5 ? * * *)"}, changes)
}

func plan(w *world, name string) thing {
	return w.Create(planToken, name, inputs{"name": name, "rules": []any{daily(nil)}})
}

func restorePlan(changes inputs) inputs {
	return with(inputs{"scheduleExpression": "cron(0 12 ? * MON *)", "recoveryPointSelection": inputs{
		"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": []any{"*"}, "recoveryPointTypes": []any{"SNAPSHOT"},
	}}, changes)
}

func restoreSelection(w *world, plan thing) inputs {
	return inputs{
		"restoreTestingPlanName": plan.ID(), "protectedResourceType": "EC2", "protectedResourceArns": []any{"*"},
		"iamRoleArn": trusting(w, "restore", "backup.amazonaws.com").Text("arn"),
	}
}

func TestAirGappedVaultKeepsAWeek(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.Try(airGappedToken, "short", inputs{"minRetentionDays": 6, "maxRetentionDays": 30})
	assert.ErrorContains(t, err, "minRetentionDays")
	_, err = w.Try(airGappedToken, "enough", inputs{"minRetentionDays": 7, "maxRetentionDays": 30})
	assert.NoError(t, err)
}

func backupFixtures() []simulatortest.Fixture {
	inVault := func(in inputs) func(*world) inputs {
		return func(w *world) inputs { return with(in, inputs{"backupVaultName": vault(w).ID()}) }
	}
	controls := []any{inputs{"name": "BACKUP_RECOVERY_POINT_ENCRYPTED"}}
	report := inputs{
		"reportDeliveryChannel": inputs{"s3BucketName": "reports", "formats": []any{"CSV"}},
		"reportSetting":         inputs{"reportTemplate": "BACKUP_JOB_REPORT"},
	}
	return []simulatortest.Fixture{
		{
			Type: vaultToken, Inputs: func(*world) inputs { return inputs{} }, Update: tagged,
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"kmsKeyArn": key(w, "key").Text("arn"), "name": "other"})
			},
		},
		{
			Type:   airGappedToken,
			Inputs: func(*world) inputs { return inputs{"minRetentionDays": 7, "maxRetentionDays": 30} },
			Update: tagged, Replace: changing(inputs{"maxRetentionDays": 60}),
		},
		{
			Type: vaultLockToken, DeleteFirst: true,
			Inputs:  inVault(inputs{"changeableForDays": 3, "minRetentionDays": 7}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"backupVaultName": otherVault(w).ID()}) },
		},
		{
			Type: "aws:backup/vaultPolicy:VaultPolicy", DeleteFirst: true,
			Inputs:  inVault(inputs{"policy": permit}),
			Update:  changing(inputs{"policy": strings.Replace(permit, "logs:PutLogEvents", "backup:*", 1)}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"backupVaultName": otherVault(w).ID()}) },
		},
		{
			Type: "aws:backup/vaultNotifications:VaultNotifications", DeleteFirst: true,
			Inputs: inVault(inputs{
				"backupVaultEvents": []any{"BACKUP_JOB_FAILED"}, "snsTopicArn": "arn:aws:sns:us-west-2:123456789012:alarms",
			}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"backupVaultName": otherVault(w).ID()}) },
		},
		{
			Type: planToken,
			Inputs: func(w *world) inputs {
				return inputs{"rules": []any{daily(inputs{"targetVaultName": vault(w).ID()})}}
			},
			Update:  changing(inputs{"rules": []any{daily(inputs{"lifecycle": inputs{"deleteAfter": 14}})}}),
			Replace: changing(inputs{"name": "weekly"}),
		},
		{
			Type: selectionToken,
			Inputs: func(w *world) inputs {
				return inputs{
					"planId": plan(w, "plan").ID(), "iamRoleArn": trusting(w, "backup", "backup.amazonaws.com").Text("arn"),
					"selectionTags": []any{inputs{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}},
				}
			},
			Replace:  changing(inputs{"resources": []any{"arn:aws:ec2:*:*:volume/*"}}),
			ImportID: func(t thing) string { return t.Text("planId") + "|" + t.ID() },
		},
		{
			Type: frameworkToken, Inputs: func(*world) inputs { return inputs{"controls": controls} },
			Update: changing(inputs{"description": "compliance"}), Replace: changing(inputs{"name": "other"}),
		},
		{
			Type: reportPlanToken, Inputs: func(*world) inputs { return report },
			Update: changing(inputs{"description": "jobs"}), Replace: changing(inputs{"name": "jobs"}),
		},
		{
			Type:   "aws:backup/regionSettings:RegionSettings",
			Inputs: func(*world) inputs { return inputs{"resourceTypeOptInPreference": inputs{"EBS": true}} },
			Update: changing(inputs{"resourceTypeOptInPreference": inputs{"EBS": false}}),
		},
		{
			Type:   "aws:backup/globalSettings:GlobalSettings",
			Inputs: func(*world) inputs { return inputs{"globalSettings": inputs{"isCrossAccountBackupEnabled": "true"}} },
			Update: changing(inputs{"globalSettings": inputs{"isCrossAccountBackupEnabled": "false"}}),
		},
		{
			Type: restorePlanToken, Inputs: func(*world) inputs { return restorePlan(nil) },
			Update: changing(inputs{"startWindowHours": 12}), Replace: changing(inputs{"name": "monthly"}),
		},
		{
			Type: restoreSelectedToken,
			Inputs: func(w *world) inputs {
				return restoreSelection(w, w.Create(restorePlanToken, "plan", restorePlan(nil)))
			},
			Update: changing(inputs{"validationWindowHours": 6}), Replace: changing(inputs{"protectedResourceType": "EBS"}),
		},
	}
}

func otherVault(w *world) thing { return w.Create(vaultToken, "other", inputs{"name": "other"}) }

func backupCases() []simulatortest.Case {
	try := func(token string, in inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(token, "subject", in)
			return err
		}
	}
	rule := func(changes inputs) func(*world) error {
		return try(planToken, inputs{"rules": []any{daily(changes)}})
	}
	twice := func(token string, first, second inputs) func(*world) error {
		return func(w *world) error {
			w.Create(token, "first", first)
			_, err := w.Try(token, "second", second)
			return err
		}
	}
	lock := func(in inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(vaultLockToken, "lock", with(in, inputs{"backupVaultName": vault(w).ID()}))
			return err
		}
	}
	assign := func(service string, count int) func(*world) error {
		return func(w *world) (err error) {
			in := inputs{"planId": plan(w, "plan").ID(), "iamRoleArn": trusting(w, "backup", service).Text("arn")}
			for i := range count {
				_, err = w.Try(selectionToken, "selection"+string(rune('a'+i)), in)
			}
			return err
		}
	}
	const code = "InvalidParameterValueException"
	copies := func(n int) inputs {
		list := make([]any, n)
		for i := range list {
			list[i] = inputs{"destinationVaultArn": "arn:aws:backup:eu-west-1:999999999999:backup-vault:copy" + string(rune('a'+i))}
		}
		return inputs{"copyActions": list}
	}
	// locked is a case of a vault with a lock and a plan that keeps backups for other than the lock's days.
	locked := func(text string, lock inputs, fails, passes func(vault thing) inputs) simulatortest.Case {
		make := func(rule func(vault thing) inputs) func(w *world) error {
			return func(w *world) error {
				v := vault(w)
				w.Create(vaultLockToken, "lock", with(lock, inputs{"backupVaultName": v.ID()}))
				_, err := w.Try(planToken, "subject", inputs{"rules": []any{daily(rule(v))}})
				return err
			}
		}
		return simulatortest.Case{ID: "aws-backup-retention-outside-lock", Text: text, Fails: make(fails), Passes: make(passes)}
	}
	kept := func(days int) inputs {
		if days == 0 {
			return inputs{}
		}
		return inputs{"lifecycle": inputs{"deleteAfter": days}}
	}
	own := func(days int) func(thing) inputs {
		return func(vault thing) inputs { return with(kept(days), inputs{"targetVaultName": vault.ID()}) }
	}
	copied := func(days int) func(thing) inputs {
		return func(vault thing) inputs {
			return inputs{"copyActions": []any{with(kept(days), inputs{"destinationVaultArn": vault.Text("arn")})}}
		}
	}
	// gapped is a case of a copy into a vault that has its days without a lock.
	gapped := func() simulatortest.Case {
		make := func(days int) func(w *world) error {
			return func(w *world) error {
				v := w.Create("aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault", "gapped",
					inputs{"minRetentionDays": 7, "maxRetentionDays": 30})
				_, err := w.Try(planToken, "subject", inputs{"rules": []any{daily(copied(days)(v))}})
				return err
			}
		}
		return simulatortest.Case{
			ID: "aws-backup-retention-outside-lock", Text: "7 to 30 days, and the rule keeps them 31 days", Fails: make(31), Passes: make(30),
		}
	}
	// windows is a case of a database that a plan backs up by its tag.
	windows := func(text string, rule, fails, passes inputs) simulatortest.Case {
		make := func(changes inputs) func(w *world) error {
			return func(w *world) error {
				w.Create(dbInstanceToken, "db", postgres(with(inputs{
					"tags": inputs{"Backup": "true"}, "backupWindow": "22:00-23:00", "maintenanceWindow": "sun:06:00-sun:07:00",
				}, changes)))
				p := w.Create(planToken, "plan", inputs{"name": "plan", "rules": []any{daily(rule)}})
				_, err := w.Try(selectionToken, "subject", inputs{
					"planId": p.ID(), "iamRoleArn": trusting(w, "backup", "backup.amazonaws.com").Text("arn"),
					"selectionTags": []any{inputs{"type": "STRINGEQUALS", "key": "Backup", "value": "true"}},
				})
				return err
			}
		}
		return simulatortest.Case{ID: "aws-backup-inside-database-window", Text: text, Fails: make(fails), Passes: make(passes)}
	}
	at := func(schedule, zone string) inputs {
		return inputs{"schedule": schedule, "scheduleExpressionTimezone": zone}
	}
	framework := inputs{"controls": []any{inputs{"name": "BACKUP_RECOVERY_POINT_ENCRYPTED"}}}
	report := inputs{
		"reportDeliveryChannel": inputs{"s3BucketName": "reports"}, "reportSetting": inputs{"reportTemplate": "COPY_JOB_REPORT"},
	}
	return []simulatortest.Case{
		{
			ID: "aws-backup-vault-name", Code: "AlreadyExistsException", Text: "already exists: daily",
			Fails:  twice(vaultToken, inputs{"name": "daily"}, inputs{"name": "daily"}),
			Passes: twice(vaultToken, inputs{"name": "daily"}, inputs{"name": "Daily"}),
		},
		{
			ID: "aws-backup-vaults", Code: "LimitExceededException", Text: "quota of 1 backup vaults",
			Quotas: map[string]int{"aws-backup-vaults": 1},
			Fails:  twice(vaultToken, inputs{}, inputs{}), Passes: try(vaultToken, inputs{}),
		},
		{
			ID: "aws-backup-lock-retention-order", Code: code, Text: "30 is greater than MaxRetentionDays 7",
			Fails:  lock(inputs{"minRetentionDays": 30, "maxRetentionDays": 7}),
			Passes: lock(inputs{"minRetentionDays": 7, "maxRetentionDays": 7}),
		},
		{
			ID: "aws-backup-lock-cooling-off", Code: code, Text: "3 or greater, got 2",
			Fails: lock(inputs{"changeableForDays": 2}), Passes: lock(inputs{"changeableForDays": 3}),
		},
		locked("keeps backups 7 days at least, and the rule keeps them 6 days",
			inputs{"minRetentionDays": 7}, own(6), own(7)),
		locked("keeps backups 7 to 30 days, and the rule keeps them 31 days",
			inputs{"minRetentionDays": 7, "maxRetentionDays": 30}, own(31), own(30)),
		locked("keeps backups 0 to 30 days, and the rule keeps them for good",
			inputs{"maxRetentionDays": 30}, own(0), own(1)),
		locked("keeps backups 7 days at least, and the rule keeps them 6 days",
			inputs{"minRetentionDays": 7}, copied(6), copied(7)),
		gapped(),
		windows("the rule daily starts at Wed 21:00 UTC, in the backupWindow 22:00-23:00 of the database main or within the hour before it",
			at("cron(0 * * * ? *)", ""), inputs{"maintenanceWindow": nil}, inputs{"backupWindow": nil, "maintenanceWindow": nil}),
		windows("starts at Wed 00:20 UTC, in the backupWindow 00:00-00:30", at("cron(20 0 * * ? *)", ""),
			inputs{"backupWindow": "00:00-00:30"}, inputs{"backupWindow": "23:50-00:20"}),
		windows("starts at Sun 05:30 UTC, in the maintenanceWindow sun:06:00-sun:07:00", at("cron(30 5 ? * SUN *)", ""),
			nil, inputs{"maintenanceWindow": "sat:06:00-sat:07:00"}),
		windows("in the maintenanceWindow sun:06:00-sun:07:00", at("cron(30 5 1 * ? *)", ""),
			nil, inputs{"tags": inputs{"Backup": "daily"}}),
		windows("starts at Sun 20:00 UTC, in the backupWindow 19:30-20:30", at("cron(0 22 * * ? *)", "Europe/Berlin"), // in summer
			inputs{"backupWindow": "19:30-20:30"}, inputs{"backupWindow": "18:00-19:00"}),
		{
			ID: "aws-backup-plan-same-document", Code: "AlreadyExistsException", Text: "same plan document",
			Fails: twice(planToken, inputs{"name": "a", "rules": []any{daily(nil)}}, inputs{"name": "a", "rules": []any{daily(nil)}}),
			Passes: twice(planToken, inputs{"name": "a", "rules": []any{daily(nil)}},
				inputs{"name": "a", "rules": []any{daily(inputs{"startWindow": 90})}}),
		},
		{
			ID: "aws-backup-plans", Code: "LimitExceededException", Text: "quota of 1 backup plans",
			Quotas: map[string]int{"aws-backup-plans": 1},
			Fails:  twice(planToken, inputs{"rules": []any{daily(nil)}}, inputs{"rules": []any{daily(nil)}}), Passes: rule(nil),
		},
		{
			ID: "aws-backup-plan-has-selections", Code: "InvalidRequestException", Text: "selections must be deleted prior",
			Fails: func(w *world) error {
				p := plan(w, "plan")
				role := trusting(w, "backup", "backup.amazonaws.com").Text("arn")
				w.Create(selectionToken, "selection", inputs{"planId": p.ID(), "iamRoleArn": role})
				return w.TryDelete(p)
			},
			Passes: func(w *world) error { return w.TryDelete(plan(w, "plan")) },
		},
		{
			ID: "aws-backup-selections-per-plan", Code: "LimitExceededException", Text: "quota of 1 resource assignments",
			Quotas: map[string]int{"aws-backup-selections-per-plan": 1},
			Fails:  assign("backup.amazonaws.com", 2), Passes: assign("backup.amazonaws.com", 1),
		},
		{
			ID: "aws-backup-role-trusts-backup", Code: code, Text: "role/backup cannot be assumed by AWS Backup",
			Fails: assign("ec2.amazonaws.com", 1), Passes: assign("backup.amazonaws.com", 1),
		},
		{
			ID: "aws-backup-cold-storage-90-days", Code: code, Text: "cannot be less than 90 days apart",
			Fails:  rule(inputs{"lifecycle": inputs{"coldStorageAfter": 30, "deleteAfter": 119}}),
			Passes: rule(inputs{"lifecycle": inputs{"coldStorageAfter": 30, "deleteAfter": 120}}),
		},
		{
			ID: "aws-backup-delete-after-days", Code: code, Text: "more than 36500 days",
			Fails:  rule(inputs{"lifecycle": inputs{"deleteAfter": 36501}}),
			Passes: rule(inputs{"lifecycle": inputs{"deleteAfter": 36500}}),
		},
		{
			ID: "aws-backup-continuous-no-cold-storage", Code: code, Text: "MoveToColdStorageAfterDays is unavailable",
			Fails:  rule(inputs{"enableContinuousBackup": true, "lifecycle": inputs{"coldStorageAfter": 30, "deleteAfter": 120}}),
			Passes: rule(inputs{"enableContinuousBackup": true, "lifecycle": inputs{"deleteAfter": 35}}),
		},
		{
			ID: "aws-backup-continuous-lifecycle", Code: code, Text: "Lifecycle must be specified",
			Fails:  rule(inputs{"enableContinuousBackup": true}),
			Passes: rule(inputs{"enableContinuousBackup": false}),
		},
		{
			ID: "aws-backup-continuous-35-days", Code: code, Text: "1 to 35 days, not 36",
			Fails:  rule(inputs{"enableContinuousBackup": true, "lifecycle": inputs{"deleteAfter": 36}}),
			Passes: rule(inputs{"enableContinuousBackup": true, "lifecycle": inputs{"deleteAfter": 35}}),
		},
		{
			ID: "aws-backup-start-window", Code: code, Text: "at least 60, got 30",
			Fails: rule(inputs{"startWindow": 30}), Passes: rule(inputs{"startWindow": 60}),
		},
		{
			ID: "aws-backup-completion-window", Code: code, Text: "180 must be at least 60 minutes greater",
			Fails: rule(inputs{"startWindow": 150}), Passes: rule(inputs{"startWindow": 150, "completionWindow": 210}),
		},
		{
			ID: "aws-backup-schedule", Code: code, Text: "exactly one must be ?",
			Fails: rule(inputs{"schedule": "cron(0 5 * * * *)"}), Passes: rule(inputs{"schedule": "cron(0 5 * * ? *)"}),
		},
		{
			ID: "aws-backup-copy-actions-per-rule", Code: code, Text: "this one has 6",
			Fails: rule(copies(6)), Passes: rule(copies(5)),
		},
		{
			ID: "aws-backup-frameworks", Code: "LimitExceededException", Text: "quota of 1 frameworks",
			Quotas: map[string]int{"aws-backup-frameworks": 1},
			Fails:  twice(frameworkToken, framework, framework), Passes: try(frameworkToken, framework),
		},
		{
			ID: "aws-backup-report-plans", Code: "LimitExceededException", Text: "quota of 1 report plans",
			Quotas: map[string]int{"aws-backup-report-plans": 1},
			Fails:  twice(reportPlanToken, report, report), Passes: try(reportPlanToken, report),
		},
		{
			ID: "aws-backup-restore-testing-schedule", Code: code, Text: "six fields",
			Fails:  try(restorePlanToken, restorePlan(inputs{"scheduleExpression": "cron(0 12 * * ?)"})),
			Passes: try(restorePlanToken, restorePlan(nil)),
		},
		{
			ID: "aws-backup-restore-plan-has-selections", Code: "InvalidRequestException", Text: "must be deleted first",
			Fails: func(w *world) error {
				p := w.Create(restorePlanToken, "plan", restorePlan(nil))
				w.Create(restoreSelectedToken, "selection", restoreSelection(w, p))
				return w.TryDelete(p)
			},
			Passes: func(w *world) error { return w.TryDelete(w.Create(restorePlanToken, "plan", restorePlan(nil))) },
		},
	}
}

func TestBackupLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.Create(vaultToken, "vault", inputs{"name": "daily", "tags": inputs{"team": "platform"}})
	found := ask(t, w, "aws:backup/getVault:getVault", inputs{"name": "daily"})
	assert.Equal(t, "arn:aws:backup:us-west-2:123456789012:backup-vault:daily", found["arn"])
	assert.Contains(t, found["kmsKeyArn"], "arn:aws:kms:us-west-2:123456789012:key/")
	assert.Equal(t, made.Text("kmsKeyArn"), found["kmsKeyArn"])
	assert.Equal(t, map[string]any{"team": "platform"}, found["tags"])
	refuses(t, w, "aws:backup/getVault:getVault", inputs{"name": "none"}, "ResourceNotFoundException: Backup Vault none does not exist")
	p := w.Create(planToken, "plan", inputs{"name": "plan", "rules": []any{daily(inputs{
		"lifecycle": inputs{"deleteAfter": 14}, "copyActions": []any{inputs{"destinationVaultArn": made.Text("arn")}},
	})}})
	answer := ask(t, w, "aws:backup/getPlan:getPlan", inputs{"planId": p.ID()})
	assert.Equal(t, "plan", answer["name"])
	shown := answer["rules"].([]any)[0].(map[string]any)
	assert.EqualValues(t, 180, shown["completionWindow"])
	assert.EqualValues(t, 14, shown["lifecycles"].([]any)[0].(map[string]any)["deleteAfter"])
	refuses(t, w, "aws:backup/getPlan:getPlan", inputs{"planId": "none"}, "Cannot find Backup plan with ID none")
	assert.Contains(t, p.Text("arn"), ":backup-plan:"+p.ID())
}
