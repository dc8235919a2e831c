package baseline

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/bucket"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// A region has one recorder and one channel; the console, the CLI's examples and we call both so.
const defaultName = "default"

// recorderService is AWS Config as policies name it.
const recorderService = "config.amazonaws.com"

// createRecorder records the configuration of everything, and checks it against rules.
func (b *builder) createRecorder() error {
	switch b.args.Recording.Mode {
	case spec.Off:
		return nil
	case spec.Adopt:
		name := cmp.Or(b.args.Recording.ID, defaultName)
		recorder, err := cfg.GetRecorder(b.Ctx, b.Child("recorder"), pulumi.ID(name), nil, b.Options()...)
		if err != nil {
			return err
		}
		b.recording = []pulumi.Resource{recorder}
		b.baseline.RecorderName = recorder.Name
		return b.createRules()
	}
	if err := b.createOwnRecorder(); err != nil {
		return err
	}
	return b.createRules()
}

// createOwnRecorder creates the recorder, then the channel, which wants a recorder
// (NoAvailableConfigurationRecorderException) and a bucket that it may write to (InsufficientDeliveryPolicyException),
// and then starts it, which wants a channel (NoAvailableDeliveryChannelException).
func (b *builder) createOwnRecorder() error {
	if err := b.findRole(); err != nil {
		return err
	}
	recorder, err := cfg.NewRecorder(b.Ctx, b.Child("recorder"), &cfg.RecorderArgs{
		Name:    pulumi.String(defaultName),
		RoleArn: b.baseline.RecorderRoleARN,
		// IAM is recorded in one region, not once more in each (AWS Config Developer Guide, "Recording AWS Resources", global resource types).
		RecordingGroup: cfg.RecorderRecordingGroupArgs{
			AllSupported: pulumi.Bool(true), IncludeGlobalResourceTypes: pulumi.Bool(b.args.Home == nil),
		},
	}, b.Options()...)
	if err != nil {
		return err
	}
	// No object lock: AWS Config delivers to no bucket that locks by default (AWS Config Developer Guide, "Managing the
	// Delivery Channel").
	files, err := bucket.New(b.Family, b.account, "recorder", bucket.Args{
		KeyARN:        b.key.Arn.ToStringPtrOutput(),
		RetentionDays: b.args.Recording.RetentionDays,
		Erasable:      b.args.Trail.Erasable,
		Statements:    b.recorderWrites,
	})
	if err != nil {
		return err
	}
	channel, err := cfg.NewDeliveryChannel(b.Ctx, b.Child("recorder"), &cfg.DeliveryChannelArgs{
		Name:         pulumi.String(defaultName),
		S3BucketName: files.Bucket,
		S3KmsKeyArn:  b.key.Arn,
		SnapshotDeliveryProperties: cfg.DeliveryChannelSnapshotDeliveryPropertiesArgs{
			DeliveryFrequency: pulumi.String("TwentyFour_Hours"),
		},
	}, b.Options(pulumi.DependsOn(append(files.Ready, recorder)))...)
	if err != nil {
		return err
	}
	status, err := cfg.NewRecorderStatus(b.Ctx, b.Child("recorder"), &cfg.RecorderStatusArgs{
		Name: recorder.Name, IsEnabled: pulumi.Bool(true),
	}, b.Options(pulumi.DependsOn([]pulumi.Resource{channel}))...)
	b.recording = []pulumi.Resource{status}
	b.baseline.RecorderName, b.baseline.RecorderBucketName = recorder.Name, files.Bucket
	return err
}

// findRole creates or finds AWS Config's service-linked role, of which an account has one.
func (b *builder) findRole() error {
	arn := "arn:" + b.account.Partition + ":iam::" + b.account.ID + ":role/aws-service-role/" + recorderService + "/AWSServiceRoleForConfig"
	if home := b.args.Home; home != nil { // there once home has it
		b.baseline.RecorderRoleARN = home.RecorderRoleARN.ApplyT(func(string) string { return arn }).(pulumi.StringOutput)
		return nil
	}
	var linked *iam.ServiceLinkedRole
	var err error
	if b.args.RecorderRole == spec.Adopt {
		linked, err = iam.GetServiceLinkedRole(b.Ctx, b.Child("recorder"), pulumi.ID(arn), nil, b.Options()...)
	} else {
		linked, err = iam.NewServiceLinkedRole(b.Ctx, b.Child("recorder"), &iam.ServiceLinkedRoleArgs{
			AwsServiceName: pulumi.String(recorderService),
			Tags:           b.TagInput("recorder"),
		}, b.Options()...)
	}
	if err == nil {
		b.baseline.RecorderRoleARN = linked.Arn
	}
	return err
}

// recorderWrites lets AWS Config write as itself, for its role may only read (AWS Config Developer Guide, "Permissions for
// the Amazon S3 Bucket", for service-linked roles).
func (b *builder) recorderWrites(arn string) []iamdoc.Statement {
	return []iamdoc.Statement{
		{
			Sid: "RecorderLooks", Principal: iamdoc.Service(recorderService), Action: []string{"s3:GetBucketAcl", "s3:ListBucket"},
			Resource: []string{arn}, Condition: iamdoc.Equal("aws:SourceAccount", b.account.ID),
		},
		{
			Sid: "RecorderWrites", Principal: iamdoc.Service(recorderService), Action: []string{"s3:PutObject"},
			Resource: []string{arn + "/AWSLogs/" + b.account.ID + "/Config/*"},
			Condition: map[string]map[string]any{"StringEquals": {
				"aws:SourceAccount": b.account.ID, "s3:x-amz-acl": "bucket-owner-full-control",
			}},
		},
	}
}
