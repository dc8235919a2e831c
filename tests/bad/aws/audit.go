package main

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/account"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/securityhub"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// audit plants faults of what records changes of an account.
func audit(ctx *pulumi.Context, w world) {
	trails(ctx, w)
	recorder(ctx)
}

// trails plants faults of trails, of which a region takes five.
func trails(ctx *pulumi.Context, w world) {
	watched, quiet := w.logs(ctx, "trails"), w.logs(ctx, "quiet-trails")
	auditAlarms(ctx, w, watched)
	writer := role(ctx, "trails", "cloudtrail.amazonaws.com")
	must(iam.NewRolePolicy(ctx, "trails", &iam.RolePolicyArgs{Role: writer.Name, Policy: pulumi.Sprintf(string(document(
		`{"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": ["%s:*", "%s:*"]}`)), watched.Arn, quiet.Arn)}))
	trail := func(ctx *pulumi.Context, name string, of *s3.BucketV2Args, change func(*cloudtrail.TrailArgs)) *s3.BucketV2 {
		records := bucketOf(ctx, name, of, policy)
		allowed := bucketPolicy(ctx, name, records, []string{onlyTLS,
			`{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:GetBucketAcl", "Resource": "%[1]s",
				"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}`,
			`{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "%[1]s/*",
				"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control"}}}`,
		})
		must(cloudtrail.NewTrail(ctx, name, with(&cloudtrail.TrailArgs{
			S3BucketName: records.Bucket, KmsKeyId: w.key.Arn, IsMultiRegionTrail: yes, EnableLogFileValidation: yes,
			CloudWatchLogsGroupArn: pulumi.Sprintf("%s:*", watched.Arn), CloudWatchLogsRoleArn: writer.Arn, AdvancedEventSelectors: ofObjects,
		}, []func(*cloudtrail.TrailArgs){change}), pulumi.DependsOn([]pulumi.Resource{allowed})))
		return records
	}
	logReads := readLogs(ctx)
	guarded := func(ctx *pulumi.Context, name string, change func(*cloudtrail.TrailArgs)) {
		logReads(name, trail(ctx, name, &s3.BucketV2Args{ObjectLockEnabled: yes}, change))
	}
	guarded(ctx, "trail-clear", func(t *cloudtrail.TrailArgs) {
		t.KmsKeyId = nil // want: aws-cloudtrail-encrypted-with-own-key
	})
	guarded(ctx, "trail-unsigned", func(t *cloudtrail.TrailArgs) {
		t.EnableLogFileValidation = nil // want: aws-cloudtrail-log-validation
	})
	guarded(ctx, "trail-local", func(t *cloudtrail.TrailArgs) {
		t.IsMultiRegionTrail = no      // want: aws-cloudtrail-multi-region
		t.AdvancedEventSelectors = nil // want: aws-cloudtrail-data-events
	})
	guarded(ctx, "trail-stopped", func(t *cloudtrail.TrailArgs) {
		t.EnableLogging = no                                         // want: aws-cloudtrail-logging-on
		t.CloudWatchLogsGroupArn = pulumi.Sprintf("%s:*", quiet.Arn) // want: aws-cloudwatch-audit-alarms
	})
	trail(ctx, "trail-filed", &s3.BucketV2Args{
		ObjectLockEnabled: no, // want after up: aws-s3-audit-bucket-locked
	}, func(t *cloudtrail.TrailArgs) { // want: aws-cloudtrail-bucket-logged
		t.CloudWatchLogsGroupArn, t.CloudWatchLogsRoleArn = nil, nil // want: aws-cloudtrail-to-cloudwatch
	})
}

// ofObjects lets a trail record what is done with objects, beside what is done with all else.
var ofObjects = cloudtrail.TrailAdvancedEventSelectorArray{
	cloudtrail.TrailAdvancedEventSelectorArgs{FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{
		cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("eventCategory"), Equals: list("Management")},
	}},
	cloudtrail.TrailAdvancedEventSelectorArgs{FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{
		cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("eventCategory"), Equals: list("Data")},
		cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("resources.type"), Equals: list("AWS::S3::Object")},
	}},
}

// readLogs returns what has the reads of a bucket logged.
func readLogs(ctx *pulumi.Context) func(name string, of *s3.BucketV2) {
	logs := bucket(ctx, "reads", policy)
	bucketPolicy(ctx, "reads", logs, []string{onlyTLS,
		`{"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "%[1]s/*",
			"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}`,
	})
	return func(name string, of *s3.BucketV2) {
		must(s3.NewBucketLoggingV2(ctx, name, &s3.BucketLoggingV2Args{
			Bucket: of.ID(), TargetBucket: logs.ID(), TargetPrefix: pulumi.String(name + "/"),
		}))
	}
}

// auditAlarms raises alarms on what the CIS benchmark names of the changes in a log.
func auditAlarms(ctx *pulumi.Context, w world, logs *cloudwatch.LogGroup) {
	for i, terms := range []string{
		"UnauthorizedOperation,AccessDenied,ConsoleLogin,MFAUsed,userIdentity.type,Root,PutRolePolicy,AttachRolePolicy,UpdateTrail,StopLogging",
		"ConsoleLogin,Failed authentication,DisableKey,ScheduleKeyDeletion,PutBucketPolicy,DeleteBucketPolicy,StopConfigurationRecorder," +
			"PutConfigurationRecorder,AuthorizeSecurityGroupIngress,RevokeSecurityGroupIngress",
		"CreateNetworkAclEntry,ReplaceNetworkAclEntry,AttachInternetGateway,DetachInternetGateway,CreateRoute,ReplaceRoute,CreateVpc," +
			"DeleteVpc,organizations.amazonaws.com",
	} {
		name := fmt.Sprintf("changes-%d", i+1)
		must(cloudwatch.NewLogMetricFilter(ctx, name, &cloudwatch.LogMetricFilterArgs{
			LogGroupName: logs.Name, Pattern: pulumi.String(`?"` + strings.ReplaceAll(terms, ",", `" ?"`) + `"`),
			MetricTransformation: cloudwatch.LogMetricFilterMetricTransformationArgs{
				Name: pulumi.String(name), Namespace: pulumi.String("Audit"), Value: pulumi.String("1"),
			},
		}))
		must(cloudwatch.NewMetricAlarm(ctx, name, &cloudwatch.MetricAlarmArgs{
			Namespace: pulumi.String("Audit"), MetricName: pulumi.String(name), Statistic: pulumi.String("Sum"), Period: pulumi.Int(300),
			EvaluationPeriods: pulumi.Int(1), Threshold: pulumi.Float64(1), ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"),
			AlarmActions: pulumi.Array{w.onCall.Arn},
		}))
	}
}

// recorder plants faults of AWS Config, which has one recorder in a region. Who sets that up, sets up the rest for an account.
func recorder(ctx *pulumi.Context) {
	must(account.NewAlternativeContact(ctx, "security", &account.AlternativeContactArgs{
		AlternateContactType: pulumi.String("SECURITY"), Name: pulumi.String("Security team"), Title: pulumi.String("On call"),
		EmailAddress: pulumi.String("security@example.com"), PhoneNumber: pulumi.String("+1 202 555 0100"),
	}))
	must(iam.NewRolePolicyAttachment(ctx, "incidents", &iam.RolePolicyAttachmentArgs{
		Role: role(ctx, "incidents", "ssm-incidents.amazonaws.com").Name, PolicyArn: pulumi.String("arn:aws:iam::aws:policy/AWSSupportAccess"),
	}))
	must(accessanalyzer.NewAnalyzer(ctx, "main", &accessanalyzer.AnalyzerArgs{AnalyzerName: pulumi.String("main")}))
	must(securityhub.NewAccount(ctx, "main", nil))
	records := bucket(ctx, "configurations", policy)
	allowed := bucketPolicy(ctx, "configurations", records, []string{onlyTLS,
		`{"Effect": "Allow", "Principal": {"Service": "config.amazonaws.com"}, "Action": "s3:PutObject",
			"Resource": "%[1]s/AWSLogs/123456789012/Config/*", "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}`,
	})
	made := must(cfg.NewRecorder(ctx, "selective", &cfg.RecorderArgs{ // want: aws-config-recorder-on
		RoleArn: role(ctx, "config", "config.amazonaws.com").Arn,
		RecordingGroup: cfg.RecorderRecordingGroupArgs{
			AllSupported: no, ResourceTypes: list("AWS::EC2::Instance"), // want: aws-config-records-all
		},
	}))
	channel := must(cfg.NewDeliveryChannel(ctx, "main", &cfg.DeliveryChannelArgs{
		S3BucketName: records.Bucket,
	}, pulumi.DependsOn([]pulumi.Resource{made, allowed})))
	must(cfg.NewRecorderStatus(ctx, "main", &cfg.RecorderStatusArgs{
		Name: made.Name, IsEnabled: no,
	}, pulumi.DependsOn([]pulumi.Resource{channel})))
}
