package backup

import (
	"encoding/json"
	"maps"
	"slices"

	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
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
	topic, ready, err := b.createTopic()
	if err != nil {
		return err
	}
	b.backup.TopicARN = topic.Arn
	// Every property forces a replacement, and the vault has one configuration: see lock.
	if _, err := awsbackup.NewVaultNotifications(b.Ctx, b.Child("vault"), &awsbackup.VaultNotificationsArgs{
		BackupVaultName:   b.vault.Name,
		SnsTopicArn:       topic.Arn,
		BackupVaultEvents: pulumi.ToStringArray(vaultEvents),
	}, b.Options(pulumi.DependsOn(ready), pulumi.DeleteBeforeReplace(true))...); err != nil {
		return err
	}
	if err := b.watchJobs(topic, ready); err != nil {
		return err
	}
	emails := b.args.Notifications.Emails
	for _, name := range slices.Sorted(maps.Keys(emails)) {
		if _, err := sns.NewTopicSubscription(b.Ctx, b.Child("email", name), &sns.TopicSubscriptionArgs{
			Topic: topic.Arn, Protocol: pulumi.String("email"), Endpoint: pulumi.String(emails[name]),
		}, b.Options()...); err != nil {
			return err
		}
	}
	return nil
}

// createTopic creates the topic with a key that both senders may use for it: with SNS's own key they could not publish
// (SNS guide, "Enable compatibility between event sources from AWS services and encrypted topics"). AWS Backup says on
// whose behalf it publishes ("Cross-service confused deputy prevention"). EventBridge does not: the SNS guide
// has conditions on the source down as unsupported for the key of a topic that it writes to, and with one, every message
// would be lost.
func (b *builder) createTopic() (*sns.Topic, []pulumi.Resource, error) {
	const part = "failures"
	senders := []string{"backup.amazonaws.com", "events.amazonaws.com"}
	name := naming.AWSTopic.Name(b.FullName(part)...)
	keyOf, err := key.New(b.Family, b.account, part, "Messages of failed backups of "+b.Name, iamdoc.Statement{
		Sid: "Messages", Principal: iamdoc.Service(senders...), Action: []string{"kms:Decrypt", "kms:GenerateDataKey*"},
		Condition: iamdoc.Equal("kms:EncryptionContext:aws:sns:topicArn", b.account.ARN("sns", name)),
	})
	if err != nil {
		return nil, nil, err
	}
	topic, err := sns.NewTopic(b.Ctx, b.Child(part), &sns.TopicArgs{
		Name:           pulumi.String(name),
		KmsMasterKeyId: keyOf.Arn,
		Tags:           b.TagInput(part),
	}, b.Options()...)
	if err != nil {
		return nil, nil, err
	}
	policy, err := sns.NewTopicPolicy(b.Ctx, b.Child(part), &sns.TopicPolicyArgs{
		Arn: topic.Arn,
		Policy: topic.Arn.ApplyT(func(arn string) string {
			publish := iamdoc.Statement{Action: []string{"sns:Publish"}, Resource: []string{arn}}
			vault, rules := publish, publish
			vault.Principal, vault.Condition = iamdoc.Service(senders[0]), iamdoc.Equal("aws:SourceAccount", b.account.ID)
			rules.Principal = iamdoc.Service(senders[1])
			return iamdoc.Document(vault, rules)
		}).(pulumi.StringOutput),
	}, b.Options()...)
	return topic, []pulumi.Resource{policy}, err
}

// watchJobs tells the topic of jobs that ended in any other way than by completing. Backup and copy jobs have a state,
// restore jobs a status (AWS Backup guide, "Monitoring AWS Backup events using Amazon EventBridge"). Restores are those of
// the whole region: they are rare, and belong to no vault.
func (b *builder) watchJobs(topic *sns.Topic, ready []pulumi.Resource) error {
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
			Rule: rule.Name, TargetId: pulumi.String("topic"), Arn: topic.Arn,
		}, b.Options(pulumi.DependsOn(ready))...); err != nil {
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
