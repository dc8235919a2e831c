package backup

import (
	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// createRestoreTests restores the latest backup of every tested type in the vault, again and again, and deletes what it
// restored after the hours for validation. How long each took is in the restore jobs' report.
func (b *builder) createRestoreTests() error {
	tests := b.args.RestoreTests
	if tests.Disabled {
		return nil
	}
	plan, err := awsbackup.NewRestoreTestingPlan(b.Ctx, b.Child("restore-tests"), &awsbackup.RestoreTestingPlanArgs{
		Name:                       pulumi.String(naming.AWSRestoreTest.Name(b.FullName()...)),
		ScheduleExpression:         pulumi.String(cron(tests.Schedule)),
		ScheduleExpressionTimezone: pulumi.String(b.args.TimeZone),
		StartWindowHours:           pulumi.Int(24),
		RecoveryPointSelection: &awsbackup.RestoreTestingPlanRecoveryPointSelectionArgs{
			Algorithm:           pulumi.String("LATEST_WITHIN_WINDOW"),
			IncludeVaults:       pulumi.StringArray{b.vault.Arn},
			RecoveryPointTypes:  pulumi.ToStringArray([]string{"CONTINUOUS", "SNAPSHOT"}),
			SelectionWindowDays: pulumi.Int(tests.WindowDays),
		},
		Tags: b.TagInput("restore-tests"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	for _, kind := range b.args.RestoreTestTypes {
		if _, err := awsbackup.NewRestoreTestingSelection(b.Ctx, b.Child("restore-tests", kind), &awsbackup.RestoreTestingSelectionArgs{
			Name:                   pulumi.String(kind), // unique in the plan alone
			RestoreTestingPlanName: plan.Name,
			ProtectedResourceType:  pulumi.String(kind),
			ProtectedResourceArns:  pulumi.ToStringArray([]string{"*"}), // whose backups are in the vault
			IamRoleArn:             b.restoreRole.Arn,
			ValidationWindowHours:  pulumi.Int(tests.ValidationHours),

			RestoreMetadataOverrides: b.args.RestoreTestMetadata[kind],
		}, b.Options(pulumi.DependsOn(b.restoreRole.Ready))...); err != nil {
			return err
		}
	}
	return nil
}
