package monitoring

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// What an alarm makes of periods without data. Three kinds of silence are told apart.
const (
	// silenceIsGood is for counts of what goes wrong, and for what only traffic reports: nothing happened.
	silenceIsGood = "notBreaching"
	// silenceIsBad is for what reports as long as it exists: it is gone.
	silenceIsBad = "breaching"
	// silenceIsSilence is for agents and groups that may not have started, or that may be empty: nobody knows.
	silenceIsSilence = "missing"
)

// How an alarm compares.
const (
	above     = "GreaterThanThreshold"
	below     = "LessThanThreshold"
	aboveBand = "GreaterThanUpperThreshold"
	belowBand = "LessThanLowerThreshold"
)

// alarm describes an alarm.
type alarm struct {
	kind   string // see spec.AlarmKinds
	target string // what it watches; empty where there is only one
	part   string // of a kind that consists of several alarms, which one

	severity spec.Severity
	silent   bool   // notifies nobody: it is a part of a composite alarm
	means    string // what has happened, and what to look at first

	watched []watched // one metric, or several for an expression
	// expression is metric math on watched's ids; empty for the first metric itself.
	expression string

	compare   string
	threshold float64 // or the width of the band in standard deviations
	fixed     bool    // the threshold follows from something else: Validate lets nobody set it
	period    int     // seconds
	periods   int     // N: how many periods are looked at
	points    int     // M: how many of them must be beyond the threshold
	silence   string
}

// watched is a metric of an alarm.
type watched struct {
	id         string // in expressions
	metric     Metric
	dimensions pulumi.StringMap
	statistic  string // default: the metric's own
}

// key is the alarm's name within the component, which never changes.
func (a alarm) key() string { return joined(a.kind, a.target, a.part) }

// joined joins the parts of a key that are not empty.
func joined(parts ...string) string {
	key := ""
	for _, part := range parts {
		if key != "" && part != "" {
			key += "-"
		}
		key += part
	}
	return key
}

// band says whether the alarm compares with what is usual.
func (a alarm) band() bool { return a.compare == aboveBand || a.compare == belowBand }

// changed returns the alarm with the user's changes to its kind, and then those to itself.
func (a alarm) changed(changes map[string]spec.AlarmChange) (_ alarm, disabled bool) {
	for _, name := range []string{a.kind, joined(a.kind, a.target)} {
		change := changes[name]
		disabled = disabled || change.Disabled
		if change.Threshold != nil {
			a.threshold = *change.Threshold
		}
		if change.Severity != "" {
			a.severity = change.Severity
		}
	}
	return a, disabled
}

// description is what somebody reads who was just woken up. CloudWatch takes up to 1024 characters.
func (b *builder) description(kind string, severity spec.Severity, means string) string {
	lines := []string{means, fmt.Sprintf("Severity: %s.", severity)}
	if b.args.RunbookURL != "" {
		lines = append(lines, fmt.Sprintf("Runbook: %s#%s", b.args.RunbookURL, kind))
	}
	return strings.Join(lines, "\n")
}

// alarmName is the name of an alarm in the account. It depends on nothing but the alarm's key, so that no other alarm
// that comes or goes can change it.
func (b *builder) alarmName(key string) string { return naming.AWSAlarm.Name(b.FullName(key)...) }

// createAlarms creates the alarms on metrics.
func (b *builder) createAlarms() error {
	for _, a := range b.args.alarms() {
		if err := b.createAlarm(a); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) createAlarm(a alarm) error {
	args := &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String(b.alarmName(a.key())),
		AlarmDescription:   pulumi.String(b.description(a.kind, a.severity, a.means)),
		ComparisonOperator: pulumi.String(a.compare),
		EvaluationPeriods:  pulumi.Int(a.periods),
		DatapointsToAlarm:  pulumi.Int(a.points),
		TreatMissingData:   pulumi.String(a.silence),
		Tags:               b.TagInput(a.key()),
	}
	b.watch(args, a)
	if !a.silent {
		args.AlarmActions = pulumi.Array{b.topics[a.severity]}
		args.OkActions = pulumi.Array{b.topics[a.severity]}
	}
	created, err := cloudwatch.NewMetricAlarm(b.Ctx, b.Child("alarm", a.key()), args, b.Options(pulumi.DependsOn(b.ready))...)
	if err != nil {
		return err
	}
	b.alarms[a.key()] = made{created, created.Name, created.Arn, a.silent}
	return nil
}

// watch says what an alarm watches: a metric, an expression, or a metric and the band of what is usual.
func (b *builder) watch(args *cloudwatch.MetricAlarmArgs, a alarm) {
	if !a.band() {
		args.Threshold = pulumi.Float64(a.threshold)
	}
	if a.expression == "" && !a.band() {
		b.watchOne(args, a)
		return
	}
	var queries cloudwatch.MetricAlarmMetricQueryArray
	for _, w := range a.watched {
		queries = append(queries, &cloudwatch.MetricAlarmMetricQueryArgs{
			Id: pulumi.String(w.id), ReturnData: pulumi.Bool(a.band()),
			Metric: &cloudwatch.MetricAlarmMetricQueryMetricArgs{
				Namespace: pulumi.String(b.namespace(w.metric)), MetricName: pulumi.String(w.metric.Name),
				Dimensions: w.dimensions, Stat: pulumi.String(w.stat()), Period: pulumi.Int(a.period),
			},
		})
	}
	result := &cloudwatch.MetricAlarmMetricQueryArgs{
		Id: pulumi.String("result"), ReturnData: pulumi.Bool(true), Label: pulumi.String(a.key()),
		Expression: pulumi.String(a.expression),
	}
	if a.band() {
		result.Expression = pulumi.Sprintf("ANOMALY_DETECTION_BAND(%s, %v)", a.watched[0].id, a.threshold)
		args.ThresholdMetricId = result.Id
	}
	args.MetricQueries = append(queries, result)
}

func (b *builder) watchOne(args *cloudwatch.MetricAlarmArgs, a alarm) {
	w := a.watched[0]
	args.Namespace = pulumi.String(b.namespace(w.metric))
	args.MetricName = pulumi.String(w.metric.Name)
	args.Dimensions = w.dimensions
	args.Period = pulumi.Int(a.period)
	if w.percentile() {
		args.ExtendedStatistic = pulumi.String(w.stat())
		// A percentile of a handful of requests is one request: no reason to wake anybody.
		args.EvaluateLowSampleCountPercentiles = pulumi.String("ignore")
	} else {
		args.Statistic = pulumi.String(w.stat())
	}
}

// stat is the statistic that is watched.
func (w watched) stat() string {
	if w.statistic != "" {
		return w.statistic
	}
	return w.metric.Statistic
}

// percentile says whether the statistic is one, which CloudWatch takes in a field of its own.
func (w watched) percentile() bool { return strings.HasPrefix(w.stat(), "p") }

// namespace is the namespace of a metric; those that the component counts itself lie in one of its own.
func (b *builder) namespace(m Metric) string {
	if m.Namespace != "" {
		return m.Namespace
	}
	return "Holdfast/" + naming.AWSAlarm.Name(b.FullName()...)
}

// one is what an alarm on a single metric watches.
func one(m Metric, dimensions pulumi.StringMap) []watched {
	return []watched{{metric: m, dimensions: dimensions}}
}
