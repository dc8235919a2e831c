package backup

import (
	"encoding/json"
	"maps"
	"slices"

	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/topic"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// vaultEvents are what the vault itself tells of: what no event of EventBridge's says. The events of failed jobs are not
// among them, because AWS no longer sends those (AWS Backup API, PutBackupVaultNotifications, deprecated events).
var vaultEvents = []string{"RECOVERY_POINT_MODIFIED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED"}

// createNotifications creates a topic, and what writes to it: the vault, and rules that watch for jobs that did not
// complete.
func (b *builder) createNotifications() error {
	b.backup.TopicARN = none()
	if b.args.Notifications.Disabled {
		return nil
	}
	// AWS Backup says on whose behalf it publishes (AWS Backup Developer Guide, "Cross-service confused deputy prevention").
	vaults := topic.Sender{Sid: "Vaults", Services: []string{"backup.amazonaws.com"}}
	told, err := topic.New(b.Family, b.account, "failures", nil, vaults, topic.Rules())
	if err != nil {
		return err
	}
	b.backup.TopicARN = told.ARN
	// Every property forces a replacement, and the vault has one configuration: see lock.
	if _, err := awsbackup.NewVaultNotifications(b.Ctx, b.Child("vault"), &awsbackup.VaultNotificationsArgs{
		BackupVaultName:   b.vault.Name,
		SnsTopicArn:       told.ARN,
		BackupVaultEvents: pulumi.ToStringArray(vaultEvents),
	}, b.Options(pulumi.DependsOn(told.Ready), pulumi.DeleteBeforeReplace(true))...); err != nil {
		return err
	}
	if err := b.watchJobs(told); err != nil {
		return err
	}
	emails := b.args.Notifications.Emails
	for _, name := range slices.Sorted(maps.Keys(emails)) {
		if err := told.Email(b.Family, "email-"+name, emails[name]); err != nil {
			return err
		}
	}
	return nil
}

// watchJobs tells the topic of jobs that ended in any other way than by completing. Backup and copy jobs have a state,
// restore jobs a status (AWS Backup guide, "Monitoring AWS Backup events using Amazon EventBridge"). Restores are those of
// the whole region: they are rare, and belong to no vault.
func (b *builder) watchJobs(told topic.Topic) error {
	patterns := map[string]pulumi.StringInput{
		"backup-failed": b.vault.Name.ApplyT(func(name string) string {
			return pattern("Backup Job State Change", map[string]any{
				"state": []string{"ABORTED", "EXPIRED", "FAILED", "PARTIAL"}, "backupVaultName": []string{name},
			})
		}).(pulumi.StringOutput),
		"copy-failed": b.vault.Arn.ApplyT(func(arn string) string {
			return pattern("Copy Job State Change", map[string]any{
				"state": []string{"FAILED", "PARTIAL"}, "sourceBackupVaultArn": []string{arn},
			})
		}).(pulumi.StringOutput),
		"restore-failed": pulumi.String(pattern("Restore Job State Change", map[string]any{"status": []string{"ABORTED", "FAILED"}})),
	}
	for _, part := range slices.Sorted(maps.Keys(patterns)) {
		rule, err := cloudwatch.NewEventRule(b.Ctx, b.Child(part), &cloudwatch.EventRuleArgs{
			Name:         pulumi.String(naming.AWSEventRule.Name(b.FullName(part)...)),
			Description:  pulumi.String("Tells of jobs of AWS Backup that did not complete"),
			EventPattern: patterns[part],
			Tags:         b.TagInput(part),
		}, b.Options()...)
		if err != nil {
			return err
		}
		if _, err := cloudwatch.NewEventTarget(b.Ctx, b.Child(part), &cloudwatch.EventTargetArgs{
			Rule: rule.Name, TargetId: pulumi.String("topic"), Arn: told.ARN,
		}, b.Options(pulumi.DependsOn(told.Ready))...); err != nil {
			return err
		}
	}
	return nil
}

// pattern matches events of AWS Backup.
func pattern(detailType string, detail map[string]any) string {
	text, err := json.Marshal(map[string]any{"source": []string{"aws.backup"}, "detail-type": []string{detailType}, "detail": detail})
	if err != nil { // strings and lists of strings always have a JSON form
		panic(err)
	}
	return string(text)
}
