package baseline

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/bucket"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
)

// trailService is CloudTrail as policies name it.
const trailService = "cloudtrail.amazonaws.com"

// createTrail records the management of all regions in a locked bucket and in a log group.
func (b *builder) createTrail() error {
	if b.args.Trail.Disabled {
		return nil
	}
	records, err := bucket.New(b.Family, b.account, "trail", b.trailBucket())
	if err != nil {
		return err
	}
	b.logGroup, err = logs.New(b.Family, "trail", "", b.args.Trail.RetentionDays, b.key.Arn.ToStringPtrOutput())
	if err != nil {
		return err
	}
	writer, err := role.New(b.Family, "trail", role.Args{
		Description: "Delivers the audit trail to CloudWatch Logs",
		Trust:       pulumi.String(trailTrust()),
		Policy:      b.logGroup.Arn.ApplyT(b.trailDelivery).(pulumi.StringOutput),
	})
	if err != nil {
		return err
	}
	// CloudTrail looks at the bucket's policy and the role's permissions when the trail is made
	// (InsufficientS3BucketPolicyException, InvalidCloudWatchLogsLogGroupArnException).
	ready := append(records.Ready, writer.Ready...)
	trail, err := cloudtrail.NewTrail(b.Ctx, b.Child("trail"), &cloudtrail.TrailArgs{
		Name:                       pulumi.String(b.trailName),
		S3BucketName:               records.Bucket,
		KmsKeyId:                   b.key.Arn,
		IsMultiRegionTrail:         pulumi.Bool(true),
		IncludeGlobalServiceEvents: pulumi.Bool(true),
		EnableLogFileValidation:    pulumi.Bool(true),
		CloudWatchLogsGroupArn:     pulumi.Sprintf("%s:*", b.logGroup.Arn),
		CloudWatchLogsRoleArn:      writer.Arn,
		AdvancedEventSelectors:     b.events(),
		InsightSelectors:           b.insights(),
		Tags:                       b.TagInput("trail"),
	}, b.Options(pulumi.DependsOn(ready))...)
	if err != nil {
		return err
	}
	b.baseline.TrailARN, b.baseline.TrailBucketName, b.baseline.TrailLogGroupName = trail.Arn, records.Bucket, b.logGroup.Name
	return nil
}

func (b *builder) trailBucket() bucket.Args {
	args := bucket.Args{
		KeyARN:        b.key.Arn.ToStringPtrOutput(),
		RetentionDays: b.args.Trail.RetentionDays,
		LockDays:      b.args.Trail.RetentionDays,
		LockForGood:   b.args.Trail.Compliance != "",
		Erasable:      b.args.Trail.Erasable,
		Statements:    b.trailWrites,
	}
	if b.args.Trail.Unlocked {
		args.LockDays = 0
	}
	return args
}

// trailWrites lets CloudTrail write on behalf of our trail (CloudTrail User Guide, "Amazon S3 bucket policy for
// CloudTrail").
func (b *builder) trailWrites(arn string) []iamdoc.Statement {
	return []iamdoc.Statement{
		{
			Sid: "TrailLooks", Principal: iamdoc.Service(trailService), Action: []string{"s3:GetBucketAcl"},
			Resource: []string{arn}, Condition: iamdoc.Equal("aws:SourceArn", b.trailARN()),
		},
		{
			Sid: "TrailWrites", Principal: iamdoc.Service(trailService), Action: []string{"s3:PutObject"},
			Resource: []string{arn + "/AWSLogs/" + b.account.ID + "/*"},
			Condition: map[string]map[string]any{"StringEquals": {
				"aws:SourceArn": b.trailARN(), "s3:x-amz-acl": "bucket-owner-full-control",
			}},
		},
	}
}

// trailTrust has no condition on the source: CloudTrail sends none when it takes this role, and delivery stops with one
// (github.com/prowler-cloud/prowler/issues/4714). That only our account can hand the role to CloudTrail, iam:PassRole
// sees to.
func trailTrust() string {
	return iamdoc.Document(iamdoc.Statement{Principal: iamdoc.Service(trailService), Action: []string{"sts:AssumeRole"}})
}

// trailDelivery lets the role write the streams that CloudTrail writes: account_CloudTrail_region (CloudTrail User Guide,
// "Role policy document for CloudTrail to use CloudWatch Logs for monitoring").
func (b *builder) trailDelivery(groupARN string) string {
	return iamdoc.Document(iamdoc.Statement{
		Action:   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		Resource: []string{groupARN + ":log-stream:" + b.account.ID + "_CloudTrail_" + b.account.Region + "*"},
	})
}

// events are what the trail records: management of everything, and what is read and written where that is asked for.
func (b *builder) events() cloudtrail.TrailAdvancedEventSelectorArray {
	selectors := cloudtrail.TrailAdvancedEventSelectorArray{selector("Management", "Management", "")}
	if b.args.Trail.DataEvents {
		selectors = append(selectors,
			selector("Objects", "Data", "AWS::S3::Object"), selector("Functions", "Data", "AWS::Lambda::Function"))
	}
	return selectors
}

// selector selects the events of a category, and of a type of resource if there is one.
func selector(name, category, resourceType string) cloudtrail.TrailAdvancedEventSelectorArgs {
	equals := func(field, value string) cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs {
		return cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{
			Field: pulumi.String(field), Equals: pulumi.ToStringArray([]string{value}),
		}
	}
	fields := cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{equals("eventCategory", category)}
	if resourceType != "" {
		fields = append(fields, equals("resources.type", resourceType))
	}
	return cloudtrail.TrailAdvancedEventSelectorArgs{Name: pulumi.String(name), FieldSelectors: fields}
}

func (b *builder) insights() cloudtrail.TrailInsightSelectorArray {
	if !b.args.Trail.Insights {
		return nil
	}
	return cloudtrail.TrailInsightSelectorArray{
		cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String("ApiCallRateInsight")},
		cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String("ApiErrorRateInsight")},
	}
}
