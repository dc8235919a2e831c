package monitoring

import (
	"regexp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// OwnAlarm is an alarm on a metric of the user's.
type OwnAlarm struct {
	// Namespace and Metric name the metric. Required.
	Namespace, Metric string
	// Dimensions are the metric's dimensions, 30 at most. Default none.
	Dimensions pulumi.StringMap
	// Statistic is "Average", "Sum", "Minimum", "Maximum", "SampleCount" or a percentile such as "p99". Default "Average".
	Statistic string
	// Below sends the alarm off below the threshold, not above it. Default false.
	Below bool
	// Threshold is the value beyond which the alarm goes off. Default 0.
	Threshold float64
	// PeriodSeconds is how long a period is: a multiple of 60. Default 300.
	PeriodSeconds int
	// Periods is how many periods are looked at, and Points how many of them must be beyond the threshold. Periods take a
	// day at most, or seven if each is an hour or longer. Default 3, and all of them.
	Periods, Points int
	// Missing says what periods without data count as: "breaching", "notBreaching", "ignore" or "missing". Default
	// "missing": the alarm then says that it does not know.
	Missing string
	// Severity is how soon somebody must look. Default spec.Warning.
	Severity spec.Severity
	// Description says what has happened and what to look at first: up to 700 characters. Required.
	Description string
}

// withDefaults returns a copy with every unset field at its default.
func (o OwnAlarm) withDefaults() OwnAlarm {
	fill(&o.Statistic, "Average")
	fill(&o.PeriodSeconds, 300)
	fill(&o.Periods, 3)
	fill(&o.Points, o.Periods)
	fill(&o.Missing, silenceIsSilence)
	fill(&o.Severity, spec.Warning)
	return o
}

// fill sets a field that is not set.
func fill[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func (o OwnAlarm) alarm(name string) alarm {
	compare := above
	if o.Below {
		compare = below
	}
	return alarm{
		kind: name, severity: o.Severity, means: o.Description,
		watched: one(Metric{Namespace: o.Namespace, Name: o.Metric, Statistic: o.Statistic}, o.Dimensions),
		compare: compare, threshold: o.Threshold,
		period: o.PeriodSeconds, periods: o.Periods, points: o.Points, silence: o.Missing,
	}
}

// statistic is what PutMetricAlarm takes as a statistic, or as an extended one.
var statistic = regexp.MustCompile(`^(Average|Sum|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d{1,2})?)$`)

func (a *Args) checkOwnAlarms(ps *spec.Problems) {
	for _, name := range sorted(a.OwnAlarms) {
		spec.CheckKey(ps, "ownAlarms", name)
		a.OwnAlarms[name].check(ps, "ownAlarms."+name)
	}
}

// check holds an alarm against the limits of the CloudWatch API, PutMetricAlarm.
func (o OwnAlarm) check(ps *spec.Problems, field string) {
	const hour, day, week = 3600, 86400, 604800
	limit := day
	if o.PeriodSeconds >= hour {
		limit = week
	}
	if o.Namespace == "" || o.Metric == "" {
		ps.Add(field, nil, "names no metric; set namespace and metric")
	}
	if len(o.Dimensions) > 30 {
		ps.Add(field+".dimensions", len(o.Dimensions), "are more than a metric has; use at most 30")
	}
	if !statistic.MatchString(o.Statistic) {
		ps.Add(field+".statistic", o.Statistic, "is not a statistic; use Average, Sum, Minimum, Maximum, SampleCount or for example p99")
	}
	if o.PeriodSeconds < 60 || o.PeriodSeconds%60 != 0 {
		ps.Add(field+".periodSeconds", o.PeriodSeconds, "is not a period; use a multiple of 60")
	}
	if o.Periods < 1 || o.Periods*o.PeriodSeconds > limit {
		ps.Add(field+".periods", o.Periods, "is out of range; periods take a day at most, or seven if each is an hour or longer")
	}
	if o.Points < 1 || o.Points > o.Periods {
		ps.Add(field+".points", o.Points, "is out of range; use 1 to the number of periods, %d", o.Periods)
	}
	if silences := []string{"breaching", "notBreaching", "ignore", "missing"}; !slices.Contains(silences, o.Missing) {
		ps.Add(field+".missing", o.Missing, "is not a way to treat missing data; %s", spec.DidYouMean(o.Missing, silences))
	}
	if o.Description == "" || len(o.Description) > 700 {
		ps.Add(field+".description", nil, "must say, in up to 700 characters, what has happened and what to look at first")
	}
	spec.CheckSeverities(ps, field+".severity", []spec.Severity{o.Severity})
}
