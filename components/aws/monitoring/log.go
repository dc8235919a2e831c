package monitoring

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// deadlock is what PostgreSQL writes to its log when it ends a transaction to resolve a deadlock (PostgreSQL source,
// src/backend/storage/lmgr/deadlock.c, DeadLockReport).
const deadlock = "deadlock detected"

// logAlarms are the alarms on what is counted in logs.
func (a *Args) logAlarms() []alarm {
	var all []alarm
	for _, log := range sorted(a.Logs) {
		for _, count := range sorted(a.Logs[log].Counts) {
			target := joined(log, count)
			all = append(all, alarm{
				kind: "log", target: target, severity: spec.Warning,
				means:   "The application log " + log + " says: " + a.Logs[log].Counts[count].Text,
				watched: one(Metric{Name: joined("log", target), Statistic: "Sum"}, nil),
				compare: above, threshold: 0, period: 300, periods: 1, points: 1, silence: silenceIsGood,
			})
		}
	}
	return all
}

// createLogs creates the logs for applications, and counts what to look out for.
func (b *builder) createLogs() error {
	names := pulumi.StringMap{}
	for _, name := range sorted(b.args.Logs) {
		log := b.args.Logs[name]
		group, err := logs.New(b.Family, joined("log", name), "", log.RetentionDays, b.keyARN)
		if err != nil {
			return err
		}
		names[name] = group.Name
		for _, count := range sorted(log.Counts) {
			if err := b.count(joined("log", name, count), group.Name, log.Counts[count].Text); err != nil {
				return err
			}
		}
	}
	for _, name := range sorted(b.args.Databases) {
		if group := b.args.Databases[name].LogGroupName; group != nil {
			if err := b.count(joined("database-deadlocks", name), group, deadlock); err != nil {
				return err
			}
		}
	}
	b.monitoring.LogGroupNames = names.ToStringMapOutput()
	return nil
}

// count counts the records of a log group that contain a text, as a metric of that name.
func (b *builder) count(metric string, group pulumi.StringInput, text string) error {
	_, err := cloudwatch.NewLogMetricFilter(b.Ctx, b.Child(metric), &cloudwatch.LogMetricFilterArgs{
		Name:         pulumi.String(b.alarmName(metric)),
		LogGroupName: group,
		Pattern:      pulumi.String(`"` + text + `"`),
		MetricTransformation: &cloudwatch.LogMetricFilterMetricTransformationArgs{
			Namespace: pulumi.String(b.namespace(Metric{})), Name: pulumi.String(metric),
			Value: pulumi.String("1"), DefaultValue: pulumi.String("0"), Unit: pulumi.String("Count"),
		},
	}, b.Options()...)
	return err
}
