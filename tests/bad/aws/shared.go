package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/efs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// world is what resources share. Nothing is wrong with it.
type world struct {
	key             *kms.Key
	onCall          *sns.Topic
	flows           *iam.Role // may write flow logs
	vpc             *ec2.Vpc
	public, private []*ec2.Subnet        // in the zones a and b
	tables          []*ec2.RouteTable    // of the private subnets
	inside, outside *ec2.SecurityGroup   // let in the VPC, and everybody
	profile         *iam.InstanceProfile // that machines have
	files           *efs.FileSystem
	targets         *lb.TargetGroup
	databases       *rds.SubnetGroup
	runner          *iam.Role        // that functions have
	rotator         *lambda.Function // rotates secrets
	rotates         *lambda.Permission
}

func shared(ctx *pulumi.Context) world {
	key := must(kms.NewKey(ctx, "main", &kms.KeyArgs{EnableKeyRotation: yes, Policy: document(ourOwn, `{
		"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": ["kms:GenerateDataKey*", "kms:DescribeKey"],
		"Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}`, `{
		"Effect": "Allow", "Principal": {"Service": "logs.eu-west-1.amazonaws.com"}, "Resource": "*",
		"Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
		"Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:123456789012:*"}}}`)}))
	must(kms.NewAlias(ctx, "main", &kms.AliasArgs{Name: pulumi.String("alias/main"), TargetKeyId: key.KeyId}))
	topic := must(sns.NewTopic(ctx, "on-call", &sns.TopicArgs{KmsMasterKeyId: key.ID()}))
	must(sns.NewTopicSubscription(ctx, "on-call", &sns.TopicSubscriptionArgs{
		Topic: topic.Arn, Protocol: pulumi.String("email"), Endpoint: pulumi.String("on-call@example.com"),
	}))
	backups(ctx, key)
	w := world{key: key, onCall: topic, flows: role(ctx, "flows", "vpc-flow-logs.amazonaws.com")}
	w.place(ctx)
	w.profile = must(iam.NewInstanceProfile(ctx, "machine", &iam.InstanceProfileArgs{Role: role(ctx, "machine", "ec2.amazonaws.com").Name}))
	w.files = must(efs.NewFileSystem(ctx, "main", w.fileSystem(), pulumi.Protect(true)))
	w.targets = must(lb.NewTargetGroup(ctx, "main", &lb.TargetGroupArgs{
		Port: pulumi.Int(8080), Protocol: pulumi.String("HTTP"), VpcId: w.vpc.ID(),
		HealthCheck: lb.TargetGroupHealthCheckArgs{Path: pulumi.String("/ready")},
	}))
	w.runner = role(ctx, "runner", "lambda.amazonaws.com")
	must(iam.NewRolePolicyAttachment(ctx, "runner", &iam.RolePolicyAttachmentArgs{
		Role: w.runner.Name, PolicyArn: iam.ManagedPolicyAWSLambdaVPCAccessExecutionRole,
	}))
	must(iam.NewRolePolicy(ctx, "runner", &iam.RolePolicyArgs{
		Role: w.runner.Name, Policy: pulumi.Sprintf(string(document(`{"Effect": "Allow", "Action": "sns:Publish", "Resource": "%s"}`)), topic.Arn),
	}))
	w.rotator = w.function(ctx, "rotator")
	w.rotates = must(lambda.NewPermission(ctx, "rotator", &lambda.PermissionArgs{
		Function: w.rotator.Name, Action: pulumi.String("lambda:InvokeFunction"), Principal: pulumi.String("secretsmanager.amazonaws.com"),
		SourceAccount: pulumi.String("123456789012"),
	}))
	return w
}

// backedUp are the tags of what is backed up.
var backedUp = pulumi.StringMap{"backup": pulumi.String("daily")}

// backups backs up all that is tagged so, and tests that it can be restored.
func backups(ctx *pulumi.Context, key *kms.Key) {
	vault := must(backup.NewVault(ctx, "main", &backup.VaultArgs{KmsKeyArn: key.Arn}))
	must(backup.NewVaultLockConfiguration(ctx, "main", &backup.VaultLockConfigurationArgs{
		BackupVaultName: vault.Name, MinRetentionDays: pulumi.Int(7),
	}))
	plan := must(backup.NewPlan(ctx, "daily", &backup.PlanArgs{Rules: backup.PlanRuleArray{backup.PlanRuleArgs{
		RuleName: pulumi.String("daily"), TargetVaultName: vault.Name, Schedule: pulumi.String("cron(0 3 * * ? *)"),
		Lifecycle: backup.PlanRuleLifecycleArgs{DeleteAfter: pulumi.Int(35)},
	}}}))
	worker := role(ctx, "backup", "backup.amazonaws.com")
	must(backup.NewSelection(ctx, "daily", &backup.SelectionArgs{
		PlanId: plan.ID(), IamRoleArn: worker.Arn,
		SelectionTags: backup.SelectionSelectionTagArray{backup.SelectionSelectionTagArgs{
			Type: pulumi.String("STRINGEQUALS"), Key: pulumi.String("backup"), Value: pulumi.String("daily"),
		}},
	}))
	tests := must(backup.NewRestoreTestingPlan(ctx, "weekly", &backup.RestoreTestingPlanArgs{
		Name: pulumi.String("weekly"), ScheduleExpression: pulumi.String("cron(0 5 ? * SUN *)"),
		RecoveryPointSelection: backup.RestoreTestingPlanRecoveryPointSelectionArgs{
			Algorithm: pulumi.String("LATEST_WITHIN_WINDOW"), IncludeVaults: pulumi.StringArray{vault.Arn}, RecoveryPointTypes: list("SNAPSHOT"),
		},
	}))
	must(backup.NewRestoreTestingSelection(ctx, "volumes", &backup.RestoreTestingSelectionArgs{
		Name: pulumi.String("volumes"), RestoreTestingPlanName: tests.Name, IamRoleArn: worker.Arn,
		ProtectedResourceType: pulumi.String("EBS"), ProtectedResourceArns: list("*"),
	}))
}

// logs makes a group of logs for a year, encrypted with our own key.
func (w *world) logs(ctx *pulumi.Context, name string, changes ...func(*cloudwatch.LogGroupArgs)) *cloudwatch.LogGroup {
	return must(cloudwatch.NewLogGroup(ctx, name, with(&cloudwatch.LogGroupArgs{
		Name: pulumi.String(name), RetentionInDays: pulumi.Int(365), KmsKeyId: w.key.Arn,
	}, changes)))
}

// watch makes an alarm of a metric of something, which is told by a dimension.
func (w *world) watch(ctx *pulumi.Context, name, namespace, metric, dimension string, value pulumi.StringInput) {
	must(cloudwatch.NewMetricAlarm(ctx, name, &cloudwatch.MetricAlarmArgs{
		Namespace: pulumi.String(namespace), MetricName: pulumi.String(metric), Dimensions: pulumi.StringMap{dimension: value},
		Statistic: pulumi.String("Maximum"), Period: pulumi.Int(300), EvaluationPeriods: pulumi.Int(3), Threshold: pulumi.Float64(100),
		ComparisonOperator: pulumi.String("GreaterThanThreshold"), AlarmActions: pulumi.Array{w.onCall.Arn},
	}))
}
