package backup

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/bucket"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// createAudit checks the backups against what the arguments promise, and reports every day on the checks and the jobs.
// The checks are rules of AWS Config: they need it to record in the region (components/aws/baseline), and without it stay
// without a result.
func (b *builder) createAudit() error {
	b.backup.ReportBucketName = none()
	if b.args.Audit.Disabled {
		return nil
	}
	framework, err := awsbackup.NewFramework(b.Ctx, b.Child("audit"), &awsbackup.FrameworkArgs{
		Name:        pulumi.String(naming.AWSBackupAudit.Name(b.FullName()...)),
		Description: pulumi.String("What the backups of " + b.Name + " promise"),
		Controls:    b.controls(),
		Tags:        b.TagInput("audit"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	return b.createReports(framework)
}

// controls are what is checked, with the names and parameters of the AWS Backup guide, "AWS Backup Audit Manager controls
// and remediation". What has to do with resources is checked of those that carry the main plan's tag.
func (b *builder) controls() awsbackup.FrameworkControlArray {
	tagged := &awsbackup.FrameworkControlScopeArgs{
		Tags: pulumi.StringMap{spec.BackupTagKey: pulumi.String(spec.BackupTagValue)},
	}
	controls := awsbackup.FrameworkControlArray{
		control("BACKUP_RECOVERY_POINT_ENCRYPTED", nil),
		control("BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED", nil),
		control("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN", tagged),
		control("BACKUP_LAST_RECOVERY_POINT_CREATED", tagged,
			"recoveryPointAgeUnit", "hours", "recoveryPointAgeValue", hoursOf(b.backup.RPO.Hours())),
		control("RESTORE_TIME_FOR_RESOURCES_MEET_TARGET", nil, "maxRestoreTime", strconv.Itoa(b.args.RTOMinutes)),
	}
	if !b.args.Lock.Disabled {
		controls = append(controls,
			control("BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK", nil,
				"requiredRetentionDays", strconv.Itoa(b.args.Lock.MinRetentionDays)),
			control("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK", tagged))
	}
	if b.args.CopyProvider != nil {
		controls = append(controls, control("BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION", tagged))
	}
	if b.args.CopyAccountVaultARN != nil {
		controls = append(controls, control("BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT", tagged))
	}
	return controls
}

// hoursOf writes hours, rounded up, as the controls take them: 744 at the most (AWS Config,
// s3-last-backup-recovery-point-created, recoveryPointAgeValue).
func hoursOf(hours float64) string {
	return strconv.Itoa(min(int(math.Ceil(hours)), 744))
}

// control is one check with its parameters, as names and values in turn; a nil scope means everything.
func control(name string, scope *awsbackup.FrameworkControlScopeArgs, parameters ...string) *awsbackup.FrameworkControlArgs {
	args := &awsbackup.FrameworkControlArgs{Name: pulumi.String(name)}
	if scope != nil {
		args.Scope = scope
	}
	var inputs awsbackup.FrameworkControlInputParameterArray
	for pair := range slices.Chunk(parameters, 2) {
		inputs = append(inputs, &awsbackup.FrameworkControlInputParameterArgs{
			Name: pulumi.String(pair[0]), Value: pulumi.String(pair[1]),
		})
	}
	if inputs != nil {
		args.InputParameters = inputs
	}
	return args
}

// reports are the reports, by what they are called here.
var reports = map[string]string{
	"backups":  "BACKUP_JOB_REPORT",
	"copies":   "COPY_JOB_REPORT",
	"restores": "RESTORE_JOB_REPORT",
	"controls": "CONTROL_COMPLIANCE_REPORT",
}

// createReports delivers the reports to a bucket. The bucket has S3's own keys: the service-linked role that delivers them
// would have to be in a key's policy, and comes into being with the first report plan of the account. The bucket's policy
// names that role too, and S3 refuses a role that does not exist: so the report plans come first, then the policy. The
// first delivery is hours away.
func (b *builder) createReports(framework *awsbackup.Framework) error {
	part := "reports"
	created, err := bucket.New(b.Family, b.account, part, bucket.Args{
		RetentionDays: b.args.Audit.ReportRetentionDays,
		Before: func(name pulumi.StringInput) ([]pulumi.Resource, error) {
			return b.createReportPlans(name, framework)
		},
		Statements: func(arn string) []iamdoc.Statement {
			return []iamdoc.Statement{{
				Sid: "ReportsAreDelivered", Action: []string{"s3:PutObject"}, Resource: []string{arn + "/*"},
				Principal: iamdoc.AWS("arn:" + b.account.Partition + ":iam::" + b.account.ID + ":role/aws-service-role/" +
					"reports.backup.amazonaws.com/AWSServiceRoleForBackupReports"),
				Condition: iamdoc.Equal("s3:x-amz-acl", "bucket-owner-full-control"),
			}}
		},
	})
	if err != nil {
		return err
	}
	b.backup.ReportBucketName = created.Bucket
	return nil
}

func (b *builder) createReportPlans(bucketName pulumi.StringInput, framework *awsbackup.Framework) ([]pulumi.Resource, error) {
	var created []pulumi.Resource
	for _, name := range slices.Sorted(maps.Keys(reports)) {
		setting := &awsbackup.ReportPlanReportSettingArgs{ReportTemplate: pulumi.String(reports[name])}
		if strings.HasSuffix(reports[name], "COMPLIANCE_REPORT") {
			setting.FrameworkArns = pulumi.StringArray{framework.Arn}
			setting.NumberOfFrameworks = pulumi.Int(1)
		}
		part := "report-" + name
		plan, err := awsbackup.NewReportPlan(b.Ctx, b.Child(part), &awsbackup.ReportPlanArgs{
			Name: pulumi.String(naming.AWSBackupAudit.Name(b.FullName(name)...)),
			ReportDeliveryChannel: &awsbackup.ReportPlanReportDeliveryChannelArgs{
				S3BucketName: bucketName,
				S3KeyPrefix:  pulumi.String(name),
				Formats:      pulumi.ToStringArray([]string{"CSV", "JSON"}),
			},
			ReportSetting: setting,
			Tags:          b.TagInput(part),
		}, b.Options()...)
		if err != nil {
			return nil, err
		}
		created = append(created, plan)
	}
	return created, nil
}
