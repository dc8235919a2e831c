package aws

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What CloudWatch demands of alarms beyond their inputs' forms. Sources: the CloudWatch API's PutMetricAlarm,
// PutCompositeAlarm and DeleteAlarms; terraform-provider-aws, internal/service/cloudwatch/metric_alarm.go.

// alarmPeriod allows some short periods, in seconds, and whole minutes.
func alarmPeriod(short ...float64) simulator.Rule {
	return func(value resource.PropertyValue) string {
		if !value.IsNumber() {
			return ""
		}
		seconds := value.NumberValue()
		if slices.Contains(short, seconds) || seconds > 0 && int(seconds)%60 == 0 {
			return ""
		}
		return fmt.Sprintf("expected one of %v or a multiple of 60, got %v", short, seconds)
	}
}

func metricAlarmConstraints() []simulator.Constraint {
	at := func(id, text string, find func(*simulator.Call, func(string, ...any))) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: id, Source: putMetricAlarm}, Stage: simulator.AtCheck, Error: "ValidationError: " + text,
			Find: find,
		}
	}
	return []simulator.Constraint{
		actionRegion, unusedAlarm,
		at("aws-cloudwatch-datapoints", "DatapointsToAlarm must be less than or equal to EvaluationPeriods", manyDatapoints),
		at("aws-cloudwatch-evaluation-day",
			"Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), unless Period is an "+
				"hour or more: then across a week, got %v seconds", longWindow),
		at("aws-cloudwatch-metric-needs", "an alarm on one metric needs %s", incompleteMetric),
		at("aws-cloudwatch-one-result", "Exactly one element of the metrics list should return data.", otherThanOneResult),
		at("aws-cloudwatch-query-ids", "the id %q in the metrics list %s", wrongQueryIDs),
		at("aws-cloudwatch-query-form", "%q in the metrics list must have either an expression or a metric", wrongQueries),
		at("aws-cloudwatch-anomaly-threshold",
			"ComparisonOperator %s goes together with the ThresholdMetricId of an element of the metrics list", wrongBand),
	}
}

// actionRegion: alarms act in their own region only.
var actionRegion = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudwatch-action-region", Source: putMetricAlarm},
	Stage:  simulator.AtCheck,
	Error:  "ValidationError: Invalid region %s specified. Only %s is supported.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, list := range alarmActions {
			c.Each(list+"[*]", func(path, arn string) {
				parts := strings.SplitN(arn, ":", 6)
				if len(parts) == 6 && parts[3] != "" && c.Region != "" && parts[3] != c.Region {
					broken(path, parts[3], c.Region)
				}
			})
		}
	},
}

// unusedAlarm: composite alarms hold the alarms that their rules name.
var unusedAlarm = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudwatch-alarm-in-composite", Source: deleteAlarms},
	Stage:  simulator.AtDelete,
	Error:  "ValidationError: Cannot delete %s as there are composite alarm(s) depending on it.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, composite := range c.Others(c.All(compositeAlarmKind)) {
			if slices.Contains(alarmsIn(composite.Text("alarmRule")), c.Old.ID) {
				broken("", c.Old.ID)
				return
			}
		}
	},
}

var alarmState = regexp.MustCompile(`\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^()"]+?))\s*\)`)

// alarmsIn returns the names of the alarms that a rule is about, which it may give by ARN.
func alarmsIn(rule string) []string {
	var names []string
	for _, match := range alarmState.FindAllStringSubmatch(rule, -1) {
		name := match[1] + match[2]
		if _, named, isARN := strings.Cut(name, ":alarm:"); isARN {
			name = named
		}
		names = append(names, name)
	}
	return names
}

func findMissingAlarms(c *simulator.Call, broken func(path string, args ...any)) {
	var missing []string
	for _, name := range alarmsIn(c.Text("alarmRule")) {
		if c.Find(alarmKind, name) == nil && c.Find(compositeAlarmKind, name) == nil && !slices.Contains(missing, name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		broken("alarmRule", strings.Join(missing, ", "))
	}
}

func manyDatapoints(c *simulator.Call, broken func(path string, args ...any)) {
	points, given := c.Number("datapointsToAlarm")
	if periods, known := c.Number("evaluationPeriods"); given && known && points > periods {
		broken("datapointsToAlarm")
	}
}

func longWindow(c *simulator.Call, broken func(path string, args ...any)) {
	const day, week, hour = 86400, 604800, 3600
	periods, _ := c.Number("evaluationPeriods")
	period, _ := c.Number("period")
	c.Objects("metricQueries[*].metric", func(_ string, metric resource.PropertyMap) {
		if metric["period"].IsNumber() {
			period = max(period, metric["period"].NumberValue())
		}
	})
	if window := periods * period; window > week || window > day && period < hour {
		broken("evaluationPeriods", window)
	}
}

// maxPartsOfComposite is how many alarms one rule may be about.
const maxPartsOfComposite = 100

func manyParts(c *simulator.Call, broken func(path string, args ...any)) {
	names := alarmsIn(c.Text("alarmRule"))
	slices.Sort(names)
	if parts := len(slices.Compact(names)); parts > maxPartsOfComposite {
		broken("alarmRule", parts)
	}
}

// incompleteMetric finds what an alarm on one metric lacks.
func incompleteMetric(c *simulator.Call, broken func(path string, args ...any)) {
	if c.Given("metricQueries") {
		return
	}
	for _, name := range []string{"metricName", "namespace", "period"} {
		if !c.Given(name) {
			broken(name, name)
		}
	}
	if !c.Given("statistic") && !c.Given("extendedStatistic") {
		broken("statistic", "statistic or extendedStatistic")
	}
}

// otherThanOneResult finds lists of queries of which not exactly one is what the alarm watches. A band that takes the
// threshold's place is returned beside it.
func otherThanOneResult(c *simulator.Call, broken func(path string, args ...any)) {
	if !c.Given("metricQueries") || !c.Known("metricQueries") || c.Given("thresholdMetricId") {
		return
	}
	results := 0
	c.Objects("metricQueries[*]", func(_ string, query resource.PropertyMap) {
		if returned := query["returnData"]; returned.IsBool() && returned.BoolValue() {
			results++
		}
	})
	if results != 1 {
		broken("metricQueries")
	}
}

var queryID = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`)

func wrongQueryIDs(c *simulator.Call, broken func(path string, args ...any)) {
	seen := map[string]bool{}
	c.Each("metricQueries[*].id", func(path, id string) {
		switch {
		case !queryID.MatchString(id):
			broken(path, id, "must begin with a lower-case letter and hold letters, digits and _ only")
		case seen[id]:
			broken(path, id, "is not unique")
		}
		seen[id] = true
	})
}

func wrongQueries(c *simulator.Call, broken func(path string, args ...any)) {
	c.Objects("metricQueries[*]", func(path string, query resource.PropertyMap) {
		_, metric := query["metric"]
		expression := query["expression"].IsComputed() || stringOf(query["expression"]) != ""
		if metric == expression {
			broken(path, stringOf(query["id"]))
		}
	})
}

// wrongBand finds alarms on an anomaly that name no band, or a band that is not there, and others that name one.
func wrongBand(c *simulator.Call, broken func(path string, args ...any)) {
	operator := c.Text("comparisonOperator")
	band := strings.Contains(operator, "LowerThreshold") || strings.Contains(operator, "UpperThreshold")
	id := c.Text("thresholdMetricId")
	switch {
	case operator == "" || !c.Known("thresholdMetricId") || !c.Known("metricQueries"):
	case band != c.Given("thresholdMetricId"), band && !slices.Contains(c.Texts("metricQueries[*].id"), id):
		broken("thresholdMetricId", operator)
	}
}
