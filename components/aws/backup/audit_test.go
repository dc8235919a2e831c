package backup

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// controlsOf returns the controls of the audit with their parameters.
func controlsOf(t *testing.T, r componenttest.Recording) map[string]map[string]string {
	t.Helper()
	controls := map[string]map[string]string{}
	for _, control := range named(t, r, frameworkType, "main-audit").Inputs["controls"].ArrayValue() {
		props := control.ObjectValue()
		parameters := map[string]string{}
		if list := props["inputParameters"]; list.IsArray() {
			for _, parameter := range list.ArrayValue() {
				parameters[parameter.ObjectValue()["name"].StringValue()] = parameter.ObjectValue()["value"].StringValue()
			}
		}
		controls[props["name"].StringValue()] = parameters
	}
	return controls
}

func TestControls(t *testing.T) {
	t.Parallel()
	got := controlsOf(t, run(t, Args{Backup: spec.Backup{RTOMinutes: 90}}, false))
	assert.Equal(t, map[string]map[string]string{
		"BACKUP_RECOVERY_POINT_ENCRYPTED":                 {},
		"BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED":  {},
		"BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN":       {},
		"BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK": {},
		"BACKUP_LAST_RECOVERY_POINT_CREATED":              {"recoveryPointAgeUnit": "hours", "recoveryPointAgeValue": "2"},
		"BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK":   {"requiredRetentionDays": "7"},
		"RESTORE_TIME_FOR_RESOURCES_MEET_TARGET":          {"maxRestoreTime": "90"},
	}, got)
	all := controlsOf(t, run(t, everything(), true))
	assert.Contains(t, all, "BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION")
	assert.Contains(t, all, "BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT")
	unlocked := controlsOf(t, run(t, Args{Backup: spec.Backup{Lock: spec.BackupLock{Disabled: true}}}, false))
	assert.NotContains(t, unlocked, "BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK", "what is not promised is not checked")
	assert.NotContains(t, unlocked, "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK")
}

func TestHoursOf(t *testing.T) {
	t.Parallel()
	for hours, want := range map[float64]string{2: "2", 2.5: "3", 25: "25", 744: "744", 24 * 365: "744"} {
		assert.Equal(t, want, hoursOf(hours))
	}
}

// The policy of the reports' bucket names a role that the first report plan brings into being: it comes after them.
func TestReports(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Backup: spec.Backup{Audit: spec.BackupAudit{ReportRetentionDays: 90}}}, false)
	policy := named(t, r, bucketPolicyType, "main-reports")
	for _, plan := range r.OfType(reportType) {
		assert.Contains(t, policy.Request.GetDependencies(), string(plan.URN))
		channel := plan.Inputs["reportDeliveryChannel"].ObjectValue()
		assert.Equal(t, "holdfast-test-main-reports-123456789012", channel["s3BucketName"].StringValue())
	}
	assert.Len(t, r.OfType(reportType), 4)
	delivery := statements(t, policy.Inputs["policy"].StringValue())[1]
	assert.Equal(t, []any{"s3:PutObject"}, delivery["Action"])
	assert.Equal(t, map[string]any{"AWS": "arn:aws:iam::123456789012:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports"},
		delivery["Principal"])
	assert.Equal(t, map[string]any{"StringEquals": map[string]any{"s3:x-amz-acl": "bucket-owner-full-control"}}, delivery["Condition"])
	controls := named(t, r, reportType, "main-report-controls").Inputs["reportSetting"].ObjectValue()
	assert.Len(t, controls["frameworkArns"].ArrayValue(), 1)
	assert.NotContains(t, named(t, r, reportType, "main-report-copies").Inputs["reportSetting"].ObjectValue(), resource.PropertyKey("frameworkArns"))
	lifecycle := named(t, r, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "main-reports")
	assert.Equal(t, 90.0, lifecycle.Inputs["rules"].ArrayValue()[0].ObjectValue()["expiration"].ObjectValue()["days"].NumberValue())
	off := run(t, Args{Backup: spec.Backup{Audit: spec.BackupAudit{Disabled: true}}}, false)
	assert.Empty(t, off.OfType(reportType))
	assert.Empty(t, off.OfType(bucketPolicyType))
}

func TestNotifications(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), false)
	topic := named(t, r, topicType, "main-failures")
	key := named(t, r, keyType, "main-failures")
	assert.Contains(t, topic.Inputs["kmsMasterKeyId"].StringValue(), ":key/")
	use := statements(t, key.Inputs["policy"].StringValue())
	assert.Equal(t, map[string]any{"Service": "backup.amazonaws.com"}, use[1]["Principal"])
	assert.Equal(t, map[string]any{"Service": "events.amazonaws.com"}, use[2]["Principal"])
	assert.Equal(t, map[string]any{"StringEquals": map[string]any{
		"kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:us-east-1:123456789012:" + topic.Inputs["name"].StringValue(),
	}}, use[2]["Condition"], "for this topic alone")
	publish := statements(t, named(t, r, topicPolicyType, "main-failures").Inputs["policy"].StringValue())
	assert.Equal(t, map[string]any{"Service": "backup.amazonaws.com"}, publish[0]["Principal"])
	assert.Equal(t, map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": "123456789012"}}, publish[0]["Condition"])
	assert.Equal(t, map[string]any{"Service": "events.amazonaws.com"}, publish[1]["Principal"])
	assert.Nil(t, publish[1]["Condition"])

	notifications := named(t, r, notificationsType, "main-vault")
	policy := string(named(t, r, topicPolicyType, "main-failures").URN)
	assert.Contains(t, notifications.Request.GetDependencies(), policy, "nothing is sent that the topic would refuse")
	for _, event := range notifications.Inputs["backupVaultEvents"].ArrayValue() {
		assert.NotContains(t, []string{"BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED", "RESTORE_JOB_FAILED"}, event.StringValue(), "no longer sent")
	}
	email := named(t, r, subscriptionType, "main-email-ops")
	assert.Equal(t, "ops@example.com", email.Inputs["endpoint"].StringValue())
}

func TestFailuresAreWatched(t *testing.T) {
	t.Parallel()
	r := run(t, Args{}, false)
	type event struct {
		Source     []string
		DetailType []string `json:"detail-type"`
		Detail     map[string][]string
	}
	got := map[string]event{}
	for _, rule := range r.OfType(eventRuleType) {
		var pattern event
		require.NoError(t, json.Unmarshal([]byte(rule.Inputs["eventPattern"].StringValue()), &pattern))
		assert.Equal(t, []string{"aws.backup"}, pattern.Source)
		pattern.Source = nil
		got[rule.Name] = pattern
		target := named(t, r, eventTargetType, rule.Name)
		assert.Contains(t, target.Inputs["arn"].StringValue(), "arn:aws:sns:")
		assert.Equal(t, rule.Inputs["name"], target.Inputs["rule"])
		assert.NotContains(t, target.Inputs, resource.PropertyKey("roleArn"), "SNS goes by the topic's policy")
	}
	vault := "holdfast-test-main-vault"
	assert.Equal(t, map[string]event{
		"main-backup-failed": {DetailType: []string{"Backup Job State Change"}, Detail: map[string][]string{
			"state": {"ABORTED", "EXPIRED", "FAILED", "PARTIAL"}, "backupVaultName": {vault},
		}},
		"main-copy-failed": {DetailType: []string{"Copy Job State Change"}, Detail: map[string][]string{
			"state": {"FAILED", "PARTIAL"}, "sourceBackupVaultArn": {"arn:aws:backup:us-east-1:123456789012:backup-vault:" + vault},
		}},
		"main-restore-failed": {DetailType: []string{"Restore Job State Change"}, Detail: map[string][]string{"status": {"ABORTED", "FAILED"}}},
	}, got)
}

// A preview knows nothing of what does not exist yet, and goes through all the same.
func TestPreview(t *testing.T) {
	t.Parallel()
	args := everything()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		_, err := create(ctx, &args, true)
		return err
	}, componenttest.Preview)
	require.NoError(t, err)
	assert.Equal(t, run(t, everything(), true).URNs(), r.URNs(), "a preview knows every resource")
}
