package backup

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// setRegion says which types of resources AWS Backup may back up in the region.
func (b *builder) setRegion() error {
	if len(b.args.RegionOptIn) == 0 {
		return nil
	}
	settings, err := awsbackup.NewRegionSettings(b.Ctx, b.Child("region"), &awsbackup.RegionSettingsArgs{
		ResourceTypeOptInPreference: pulumi.ToBoolMap(b.args.RegionOptIn),
	}, b.Options()...)
	b.ready = append(b.ready, settings)
	return err
}

// createPlans creates the plans, and says what they back up.
func (b *builder) createPlans() error {
	ids := pulumi.StringMap{}
	plans := b.args.AllPlans()
	for _, name := range slices.Sorted(maps.Keys(plans)) {
		plan, err := b.createPlan(name, plans[name])
		if err != nil {
			return err
		}
		ids[name] = plan.ID().ToStringOutput()
		if err := b.selectTagged(name, plan); err != nil {
			return err
		}
		if name == spec.MainPlan {
			if err := b.selectListed(plan); err != nil {
				return err
			}
		}
	}
	b.backup.PlanIDs = ids.ToStringMapOutput()
	return nil
}

// createPlan creates a plan. It waits for the vaults' locks and policies, so that no backup lies in a vault without.
func (b *builder) createPlan(name string, plan spec.BackupPlan) (*awsbackup.Plan, error) {
	var rules awsbackup.PlanRuleArray
	for _, rule := range slices.Sorted(maps.Keys(plan.Rules)) {
		rules = append(rules, b.rule(rule, plan.Rules[rule]))
	}
	part := "plan-" + name
	return awsbackup.NewPlan(b.Ctx, b.Child(part), &awsbackup.PlanArgs{
		Name:  pulumi.String(naming.AWSBackupPlan.Name(b.FullName(name)...)),
		Rules: rules,
		Tags:  b.TagInput(part),
	}, b.Options(pulumi.DependsOn(b.ready))...)
}

func (b *builder) rule(name string, rule spec.BackupRule) *awsbackup.PlanRuleArgs {
	args := &awsbackup.PlanRuleArgs{
		RuleName:                   pulumi.String(name),
		TargetVaultName:            b.vault.Name,
		Schedule:                   pulumi.String(cron(rule.Schedule)),
		ScheduleExpressionTimezone: pulumi.String(b.args.TimeZone),
		StartWindow:                pulumi.Int(rule.StartWindowMinutes),
		CompletionWindow:           pulumi.Int(rule.CompletionWindowMinutes),
		EnableContinuousBackup:     pulumi.Bool(rule.PointInTime),
		Lifecycle: &awsbackup.PlanRuleLifecycleArgs{
			ColdStorageAfter: days(rule.ColdAfterDays), DeleteAfter: pulumi.Int(rule.RetentionDays),
		},
		RecoveryPointTags: b.TagInput("rule", name),
	}
	if rule.CopyDisabled {
		return args
	}
	var copies awsbackup.PlanRuleCopyActionArray
	for _, vault := range b.copies {
		copies = append(copies, &awsbackup.PlanRuleCopyActionArgs{
			DestinationVaultArn: vault,
			Lifecycle: &awsbackup.PlanRuleCopyActionLifecycleArgs{
				ColdStorageAfter: days(rule.ColdAfterDays), DeleteAfter: pulumi.Int(rule.CopyRetentionDays),
			},
		})
	}
	if copies != nil {
		args.CopyActions = copies
	}
	return args
}

// days is a number of days that is left out when it is 0.
func days(n int) pulumi.IntPtrInput {
	if n == 0 {
		return nil
	}
	return pulumi.Int(n)
}

// selectTagged backs up what carries the plan's tag.
func (b *builder) selectTagged(name string, plan *awsbackup.Plan) error {
	_, err := awsbackup.NewSelection(b.Ctx, b.Child("tagged", name), &awsbackup.SelectionArgs{
		Name:       pulumi.String("tagged"),
		PlanId:     plan.ID(),
		IamRoleArn: b.role.Arn,
		SelectionTags: awsbackup.SelectionSelectionTagArray{&awsbackup.SelectionSelectionTagArgs{
			Type: pulumi.String("STRINGEQUALS"), Key: pulumi.String(spec.BackupTagKey), Value: pulumi.String(spec.BackupPlanTag(name)),
		}},
	}, b.Options(pulumi.DependsOn(b.role.Ready))...)
	return err
}

// selectListed backs up what is listed, each by a selection of its own: a selection cannot be changed.
func (b *builder) selectListed(plan *awsbackup.Plan) error {
	for _, name := range slices.Sorted(maps.Keys(b.args.ResourceARNs)) {
		if _, err := awsbackup.NewSelection(b.Ctx, b.Child("listed", name), &awsbackup.SelectionArgs{
			Name:       pulumi.String("listed-" + name),
			PlanId:     plan.ID(),
			IamRoleArn: b.role.Arn,
			Resources:  pulumi.StringArray{b.args.ResourceARNs[name]},
		}, b.Options(pulumi.DependsOn(b.role.Ready))...); err != nil {
			return err
		}
	}
	return nil
}

// cron writes a schedule as AWS reads it: six fields with a year, ? in one of those for days, weekdays by their names
// (AWS counts them from 1). The schedule is valid.
func cron(schedule string) string {
	table, _ := spec.ParseTimetable(schedule)
	monthDays, weekdays := list(table.MonthDays), "?"
	if table.Weekdays != nil {
		monthDays, weekdays = "?", weekdayNames(table.Weekdays)
	}
	return fmt.Sprintf("cron(%s %s %s %s %s *)", list(table.Minutes), hours(table.Hours), monthDays, list(table.Months), weekdays)
}

// list writes numbers, * for all.
func list(numbers []int) string {
	if len(numbers) == 0 {
		return "*"
	}
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ",")
}

func hours(numbers []int) string {
	if len(numbers) == 24 {
		return "*"
	}
	return list(numbers)
}

func weekdayNames(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}[n]
	}
	return strings.Join(texts, ",")
}
