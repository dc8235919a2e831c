package backup

import (
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestCron(t *testing.T) {
	t.Parallel()
	for schedule, want := range map[string]string{
		"0 * * * *":       "cron(0 * * * ? *)",
		"30 1 * * *":      "cron(30 1 * * ? *)",
		"0 6 * * sun":     "cron(0 6 ? * SUN *)",
		"0 6 * * mon-fri": "cron(0 6 ? * MON,TUE,WED,THU,FRI *)",
		"0 0,12 1 * *":    "cron(0 0,12 1 * ? *)",
		"15 4 1,15 */6 *": "cron(15 4 1,15 1,7 ? *)",
		"0 3 * jan 6":     "cron(0 3 ? 1 SAT *)",
	} {
		assert.Equal(t, want, cron(schedule), schedule)
	}
}

// rule returns a rule of a plan.
func rule(t *testing.T, r componenttest.Recording, plan, name string) resource.PropertyMap {
	t.Helper()
	for _, rule := range named(t, r, planType, plan).Inputs["rules"].ArrayValue() {
		if rule.ObjectValue()["ruleName"].StringValue() == name {
			return rule.ObjectValue()
		}
	}
	require.Fail(t, "no such rule", name)
	return nil
}

func TestRules(t *testing.T) {
	t.Parallel()
	args := Args{Backup: spec.Backup{
		TimeZone: "Europe/Berlin",
		Rules: map[string]spec.BackupRule{
			"hourly":  {PointInTime: true, CopyDisabled: true},
			"monthly": {ColdAfterDays: 30, CopyRetentionDays: 730, StartWindowMinutes: 120, CompletionWindowMinutes: 600},
		},
	}}
	r := run(t, args, true)
	hourly := rule(t, r, "main-plan-main", "hourly")
	assert.True(t, hourly["enableContinuousBackup"].BoolValue())
	assert.NotContains(t, hourly, resource.PropertyKey("copyActions"))
	assert.NotContains(t, hourly["lifecycle"].ObjectValue(), resource.PropertyKey("coldStorageAfter"), "0 would mean at once")
	assert.Equal(t, "Europe/Berlin", hourly["scheduleExpressionTimezone"].StringValue())
	assert.Equal(t, 60.0, hourly["startWindow"].NumberValue())
	assert.Equal(t, 1440.0, hourly["completionWindow"].NumberValue())

	monthly := rule(t, r, "main-plan-main", "monthly")
	assert.Equal(t, "cron(30 3 1 * ? *)", monthly["schedule"].StringValue())
	assert.Equal(t, 30.0, monthly["lifecycle"].ObjectValue()["coldStorageAfter"].NumberValue())
	assert.Equal(t, 120.0, monthly["startWindow"].NumberValue())
	copies := monthly["copyActions"].ArrayValue()
	require.Len(t, copies, 1)
	assert.Contains(t, copies[0].ObjectValue()["destinationVaultArn"].StringValue(), "arn:aws:backup:us-west-2:")
	lifecycle := copies[0].ObjectValue()["lifecycle"].ObjectValue()
	assert.Equal(t, 730.0, lifecycle["deleteAfter"].NumberValue())
	assert.Equal(t, 30.0, lifecycle["coldStorageAfter"].NumberValue())
}

// Every copy that there is, of every rule that is copied.
func TestCopies(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), true)
	for plan, rules := range map[string][]string{"main-plan-main": {"daily", "hourly", "monthly", "weekly"}, "main-plan-gold": {"hourly"}} {
		for _, name := range rules {
			assert.Len(t, rule(t, r, plan, name)["copyActions"].ArrayValue(), 3, "%s %s", plan, name)
		}
	}
}

func TestSelections(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), false)
	got := map[string]string{}
	for _, selection := range r.OfType(selectionType) {
		assert.Contains(t, selection.Inputs["iamRoleArn"].StringValue(), "role/holdfast-test-main-backup")
		if !selection.Inputs["selectionTags"].IsArray() {
			continue
		}
		for _, tag := range selection.Inputs["selectionTags"].ArrayValue() {
			props := tag.ObjectValue()
			assert.Equal(t, "STRINGEQUALS", props["type"].StringValue())
			got[selection.Name] = props["key"].StringValue() + "=" + props["value"].StringValue()
		}
	}
	assert.Equal(t, map[string]string{"main-tagged-main": "Backup=true", "main-tagged-gold": "Backup=gold"}, got)
	listed := named(t, r, selectionType, "main-listed-disk")
	assert.NotContains(t, listed.Inputs, resource.PropertyKey("selectionTags"), "else both would have to match")
	assert.Len(t, listed.Inputs["resources"].ArrayValue(), 1)
}

// Jobs run when the plan is there and a selection: the locks and policies of all vaults come before, and the role's
// permissions.
func TestOrder(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), true)
	dependencies := func(token, name string) []string { return named(t, r, token, name).Request.GetDependencies() }
	for _, kind := range []string{lockType, vaultPolicyType} {
		for _, vault := range []string{"main-vault", "main-copy"} {
			assert.Contains(t, dependencies(planType, "main-plan-main"), string(named(t, r, kind, vault).URN))
		}
	}
	assert.Contains(t, dependencies(planType, "main-plan-main"), string(named(t, r, regionType, "main-region").URN))
	for _, policy := range []string{"main-backup-backup", "main-backup-s3-backup"} {
		assert.Contains(t, dependencies(selectionType, "main-tagged-main"), string(named(t, r, attachmentType, policy).URN))
	}
	for _, name := range []string{"main-restore-restore", "main-restore-s3-restore"} {
		assert.Contains(t, dependencies(testType, "main-restore-tests-EBS"), string(named(t, r, attachmentType, name).URN))
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), false)
	policies := map[string][]string{}
	for _, attached := range r.OfType(attachmentType) {
		role := attached.Inputs["role"].StringValue()
		policies[role] = append(policies[role], attached.Inputs["policyArn"].StringValue())
	}
	assert.Len(t, policies, 2)
	assert.ElementsMatch(t, []string{
		"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
		"arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
	}, policies["holdfast-test-main-backup"], "it cannot restore")
	assert.ElementsMatch(t, []string{
		"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
		"arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
	}, policies["holdfast-test-main-restore"], "it cannot back up")
	for _, role := range r.OfType(roleType) {
		trust := statements(t, role.Inputs["assumeRolePolicy"].StringValue())
		assert.Equal(t, map[string]any{"Service": "backup.amazonaws.com"}, trust[0]["Principal"])
	}
	pass := statements(t, named(t, r, rolePolicyType, "main-restore").Inputs["policy"].StringValue())[0]
	assert.Equal(t, []any{"iam:PassRole"}, pass["Action"])
	assert.Equal(t, []any{"arn:aws:iam::123456789012:role/web"}, pass["Resource"])
	assert.Equal(t, map[string]any{"StringEquals": map[string]any{"iam:PassedToService": "ec2.amazonaws.com"}}, pass["Condition"])
	assert.Empty(t, run(t, Args{}, false).OfType(rolePolicyType), "no role may be passed unasked")
}

func TestRegionSettings(t *testing.T) {
	t.Parallel()
	settings := named(t, run(t, everything(), false), regionType, "main-region").Inputs["resourceTypeOptInPreference"].ObjectValue()
	assert.Equal(t, []resource.PropertyKey{"EBS", "RDS"}, slices.Sorted(maps.Keys(settings)))
	assert.Empty(t, run(t, Args{}, false).OfType(regionType), "the account's setting is left alone")
}

func TestRestoreTests(t *testing.T) {
	t.Parallel()
	r := run(t, Args{}, false)
	plan := named(t, r, testPlanType, "main-restore-tests")
	assert.Equal(t, "cron(0 6 ? * SUN *)", plan.Inputs["scheduleExpression"].StringValue())
	selection := plan.Inputs["recoveryPointSelection"].ObjectValue()
	vaults := selection["includeVaults"].ArrayValue()
	require.Len(t, vaults, 1)
	assert.Equal(t, "arn:aws:backup:us-east-1:123456789012:backup-vault:holdfast-test-main-vault", vaults[0].StringValue())
	assert.Equal(t, 7.0, selection["selectionWindowDays"].NumberValue())
	var kinds []string
	for _, test := range r.OfType(testType) {
		kinds = append(kinds, test.Inputs["protectedResourceType"].StringValue())
		assert.Equal(t, 4.0, test.Inputs["validationWindowHours"].NumberValue())
		assert.Contains(t, test.Inputs["iamRoleArn"].StringValue(), "role/holdfast-test-main-restore")
	}
	assert.ElementsMatch(t, []string{"DynamoDB", "EBS", "EFS"}, kinds, "what needs no VPC")
	r = run(t, everything(), false)
	assert.Len(t, r.OfType(testType), 2)
	assert.Equal(t, "data", named(t, r, testType, "main-restore-tests-RDS").Inputs["restoreMetadataOverrides"].ObjectValue()["dbSubnetGroupName"].StringValue())
	assert.NotContains(t, named(t, r, testType, "main-restore-tests-EBS").Inputs, resource.PropertyKey("restoreMetadataOverrides"))
}
