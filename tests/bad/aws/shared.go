package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// world is what resources share. Nothing is wrong with it.
type world struct {
	key    *kms.Key
	onCall *sns.Topic
}

func shared(ctx *pulumi.Context) world {
	key := must(kms.NewKey(ctx, "main", &kms.KeyArgs{EnableKeyRotation: yes}))
	must(kms.NewAlias(ctx, "main", &kms.AliasArgs{Name: pulumi.String("alias/main"), TargetKeyId: key.KeyId}))
	topic := must(sns.NewTopic(ctx, "on-call", &sns.TopicArgs{KmsMasterKeyId: key.ID()}))
	must(sns.NewTopicSubscription(ctx, "on-call", &sns.TopicSubscriptionArgs{
		Topic: topic.Arn, Protocol: pulumi.String("email"), Endpoint: pulumi.String("on-call@example.com"),
	}))
	backups(ctx, key)
	return world{key: key, onCall: topic}
}

// backedUp are the tags of what is backed up.
var backedUp = pulumi.StringMap{"backup": pulumi.String("daily")}

// backups backs up all that has these tags.
func backups(ctx *pulumi.Context, key *kms.Key) {
	vault := must(backup.NewVault(ctx, "main", &backup.VaultArgs{KmsKeyArn: key.Arn}))
	must(backup.NewVaultLockConfiguration(ctx, "main", &backup.VaultLockConfigurationArgs{
		BackupVaultName: vault.Name, MinRetentionDays: pulumi.Int(7),
	}))
	plan := must(backup.NewPlan(ctx, "daily", &backup.PlanArgs{Rules: backup.PlanRuleArray{backup.PlanRuleArgs{
		RuleName: pulumi.String("daily"), TargetVaultName: vault.Name, Schedule: pulumi.String("cron(0 3 * * ? *)"),
		Lifecycle: backup.PlanRuleLifecycleArgs{DeleteAfter: pulumi.Int(35)},
	}}}))
	must(backup.NewSelection(ctx, "daily", &backup.SelectionArgs{
		PlanId: plan.ID(), IamRoleArn: role(ctx, "backup", "backup.amazonaws.com").Arn,
		SelectionTags: backup.SelectionSelectionTagArray{backup.SelectionSelectionTagArgs{
			Type: pulumi.String("STRINGEQUALS"), Key: pulumi.String("backup"), Value: pulumi.String("daily"),
		}},
	}))
}

// role is one that a service may assume.
func role(ctx *pulumi.Context, name, service string) *iam.Role {
	trust := `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "` +
		service + `"}}]}`
	return must(iam.NewRole(ctx, name, &iam.RoleArgs{AssumeRolePolicy: pulumi.String(trust)}))
}

// watch makes an alarm of a metric of something, which is told by a dimension.
func (w world) watch(ctx *pulumi.Context, name, namespace, metric, dimension string, value pulumi.StringInput) {
	must(cloudwatch.NewMetricAlarm(ctx, name, &cloudwatch.MetricAlarmArgs{
		Namespace: pulumi.String(namespace), MetricName: pulumi.String(metric), Dimensions: pulumi.StringMap{dimension: value},
		Statistic: pulumi.String("Maximum"), Period: pulumi.Int(300), EvaluationPeriods: pulumi.Int(3), Threshold: pulumi.Float64(100),
		ComparisonOperator: pulumi.String("GreaterThanThreshold"), AlarmActions: pulumi.Array{w.onCall.Arn},
	}))
}
