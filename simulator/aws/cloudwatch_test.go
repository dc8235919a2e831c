package aws_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	alarmToken     = "aws:cloudwatch/metricAlarm:MetricAlarm"
	compositeToken = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
	dashboardToken = "aws:cloudwatch/dashboard:Dashboard"
)

// alarmOn is an alarm on one metric, with changes.
func alarmOn(changes inputs) inputs {
	return with(inputs{
		"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 2, "threshold": 80, "period": 300,
		"metricName": "CPUUtilization", "namespace": "AWS/EC2", "statistic": "Average",
	}, changes)
}

// alarmOf is an alarm on a list of queries, with changes.
func alarmOf(changes inputs, queries ...any) inputs {
	return with(inputs{
		"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "threshold": 1, "metricQueries": queries,
	}, changes)
}

func query(id string, changes inputs) inputs {
	return with(inputs{"id": id, "metric": inputs{
		"metricName": "Errors", "namespace": "AWS/Lambda", "period": 60, "stat": "Sum",
	}}, changes)
}

// result is a query whose result the alarm watches.
var result = inputs{"returnData": true}

// band is an expression in a threshold's place.
var band = inputs{"id": "band", "expression": "ANOMALY_DETECTION_BAND(m1)", "returnData": true}

const board = `{"widgets":[{"type":"text","x":0,"y":0,"width":24,"height":2,"properties":{"markdown":"# Platform"}}]}`

func cloudWatchFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: alarmToken, Inputs: func(*world) inputs { return alarmOn(nil) },
			Update: changing(inputs{"threshold": 90}), Replace: changing(inputs{"name": "cpu"}),
		},
		{
			Type: compositeToken,
			Inputs: func(w *world) inputs {
				a := w.Create(alarmToken, "cpu", alarmOn(inputs{"name": "cpu"}))
				return inputs{"alarmName": "platform", "alarmRule": `ALARM("` + a.ID() + `") OR OK(` + a.Text("arn") + ")"}
			},
			Update: changing(inputs{"alarmRule": "ALARM(cpu)"}), Replace: changing(inputs{"alarmName": "all"}),
		},
		{
			Type:   dashboardToken,
			Inputs: func(*world) inputs { return inputs{"dashboardName": "platform", "dashboardBody": board} },
			Update: changing(inputs{"dashboardBody": `{"widgets":[]}`}), Replace: changing(inputs{"dashboardName": "all"}),
		},
		{
			Type: "aws:cloudwatch/metricStream:MetricStream",
			Inputs: func(w *world) inputs {
				return inputs{
					"firehoseArn": "arn:aws:firehose:us-west-2:123456789012:deliverystream/metrics", "outputFormat": "json",
					"roleArn": trusting(w, "stream", "streams.metrics.cloudwatch.amazonaws.com").Text("arn"),
				}
			},
			Update: changing(inputs{"outputFormat": "opentelemetry1.0"}), Replace: changing(inputs{"name": "metrics"}),
		},
	}
}

func cloudWatchCases() []simulatortest.Case {
	try := func(token string, in inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(token, "subject", in)
			return err
		}
	}
	alarm := func(changes inputs) func(*world) error { return try(alarmToken, alarmOn(changes)) }
	queries := func(changes inputs, list ...any) func(*world) error {
		return try(alarmToken, alarmOf(changes, list...))
	}
	composite := func(rule string) func(*world) error {
		return func(w *world) error {
			w.Create(alarmToken, "cpu", alarmOn(inputs{"name": "cpu"}))
			_, err := w.Try(compositeToken, "all", inputs{"alarmName": "all", "alarmRule": rule})
			return err
		}
	}
	unused := func(rule string) func(*world) error {
		return func(w *world) error {
			cpu := w.Create(alarmToken, "cpu", alarmOn(inputs{"name": "cpu"}))
			w.Create(alarmToken, "disk", alarmOn(inputs{"name": "disk"}))
			w.Create(compositeToken, "all", inputs{"alarmName": "all", "alarmRule": rule})
			return w.TryDelete(cpu)
		}
	}
	anomaly := inputs{
		"comparisonOperator": "GreaterThanUpperThreshold", "threshold": nil, "thresholdMetricId": "band",
	}
	const code = "ValidationError"
	return []simulatortest.Case{
		{
			ID: "aws-cloudwatch-action-region", Code: code, Text: "Invalid region us-east-1 specified. Only us-west-2 is supported.",
			Fails:  alarm(inputs{"alarmActions": []any{"arn:aws:sns:us-east-1:123456789012:alarms"}}),
			Passes: alarm(inputs{"alarmActions": []any{"arn:aws:sns:us-west-2:123456789012:alarms", "arn:aws:automate:us-west-2:ec2:stop"}}),
		},
		{
			ID: "aws-cloudwatch-alarm-in-composite", Code: code, Text: "Cannot delete cpu as there are composite alarm(s)",
			Fails: unused(`ALARM("cpu") AND NOT OK(disk)`), Passes: unused("ALARM(disk)"),
		},
		{
			ID: "aws-cloudwatch-composite-alarms-exist", Code: code, Text: "as alarms [disk, net] in the alarm rule do not exist",
			Fails:  composite(`ALARM(cpu) OR OK("disk") OR INSUFFICIENT_DATA(arn:aws:cloudwatch:us-west-2:123456789012:alarm:net)`),
			Passes: composite("ALARM(cpu) OR NOT TRUE"),
		},
		{
			ID: "aws-cloudwatch-datapoints", Code: code, Text: "DatapointsToAlarm must be less than or equal",
			Fails: alarm(inputs{"datapointsToAlarm": 3}), Passes: alarm(inputs{"datapointsToAlarm": 2}),
		},
		{
			ID: "aws-cloudwatch-evaluation-day", Code: code, Text: "more than a day",
			Fails:  alarm(inputs{"evaluationPeriods": 289}),
			Passes: alarm(inputs{"evaluationPeriods": 168, "period": 3600}),
		},
		{
			ID: "aws-cloudwatch-composite-size", Code: code, Text: "as many as 100 underlying alarms, this has 101",
			Fails: composite(alarmsOr(101)), Passes: composite("ALARM(cpu) OR " + strings.Repeat("ALARM(cpu) OR ", 100) + "OK(cpu)"),
		},
		{
			ID: "aws-cloudwatch-metric-needs", Code: code, Text: "an alarm on one metric needs period",
			Fails: alarm(inputs{"period": nil}), Passes: alarm(nil),
		},
		{
			ID: "aws-cloudwatch-one-result", Code: code, Text: "Exactly one element",
			Fails: queries(nil, query("m1", nil), query("m2", nil)), Passes: queries(nil, query("m1", result), query("m2", nil)),
		},
		{
			ID: "aws-cloudwatch-query-ids", Code: code, Text: `"M1" in the metrics list must begin`,
			Fails: queries(nil, query("M1", result)), Passes: queries(nil, query("m1", result)),
		},
		{
			ID: "aws-cloudwatch-query-form", Code: code, Text: "either an expression or a metric",
			Fails:  queries(nil, query("m1", inputs{"returnData": true, "expression": "m2*2"}), query("m2", nil)),
			Passes: queries(nil, inputs{"id": "e1", "returnData": true, "expression": "m2*2"}, query("m2", nil)),
		},
		{
			ID: "aws-cloudwatch-anomaly-threshold", Code: code, Text: "GreaterThanUpperThreshold goes together",
			Fails:  queries(with(anomaly, inputs{"thresholdMetricId": "other"}), query("m1", result), band),
			Passes: queries(anomaly, query("m1", result), band),
		},
		{
			ID: "aws-cloudwatch-dashboard-body", Code: "InvalidParameterInput", Text: "/widgets/0/x: should be a whole number from 0 to 23",
			Fails:  try(dashboardToken, inputs{"dashboardName": "d", "dashboardBody": strings.Replace(board, `"x":0`, `"x":24`, 1)}),
			Passes: try(dashboardToken, inputs{"dashboardName": "d", "dashboardBody": board}),
		},
	}
}

// alarmsOr is a rule about so many alarms.
func alarmsOr(n int) string {
	rule := "ALARM(cpu)"
	for i := range n - 1 {
		rule += fmt.Sprintf(" OR ALARM(cpu-%d)", i)
	}
	return rule
}

func TestWindowsOfExpressions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		period, periods int
		long            bool
	}{{259200, 1, false}, {604800, 1, false}, {86400, 8, true}, {60, 1440, false}, {60, 1441, true}} {
		metric := inputs{"metricName": "Errors", "namespace": "AWS/Lambda", "period": c.period, "stat": "Sum"}
		_, err := newWorld(t).Try(alarmToken, "alarm", alarmOf(inputs{"evaluationPeriods": c.periods}, query("m1", with(result, inputs{"metric": metric}))))
		assert.Equal(t, c.long, err != nil && strings.Contains(err.Error(), "more than a day"), "%+v: %v", c, err)
	}
}

func TestDashboardBodies(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"# Platform":                                                 "it is no JSON object",
		`{"widget":[]}`:                                              "/widgets: should be an array",
		`{"widgets":["text"]}`:                                       "/widgets/0: should be an object",
		`{"widgets":[{"type":"graph"}]}`:                             `"graph" is no type of widget`,
		`{"widgets":[{"type":"metric"}]}`:                            "should have properties",
		`{"widgets":[{"type":"metric","properties":{}}]}`:            "should have metrics",
		`{"widgets":[{"type":"log","properties":{"view":"table"}}]}`: "should have query",
		`{"widgets":[{"type":"text","width":25,"properties":{"markdown":""}}]}`:                  "/width: should be a whole number",
		`{"widgets":[` + strings.TrimSuffix(strings.Repeat(`{"type":"text"},`, 501), ",") + `]}`: "more than 500 items, has 501",
	} {
		_, err := newWorld(t).Try(dashboardToken, "board", inputs{"dashboardName": "board", "dashboardBody": body})
		assert.ErrorContains(t, err, want)
	}
}

func TestQueriesHaveAForm(t *testing.T) {
	t.Parallel()
	_, err := newWorld(t).Try(alarmToken, "alarm", alarmOf(nil, inputs{"id": "m1", "returnData": true}))
	assert.ErrorContains(t, err, `"m1" in the metrics list must have either an expression or a metric`)
}

func TestAlarmPeriods(t *testing.T) {
	t.Parallel()
	for _, period := range []int{10, 20, 30, 60, 3600} {
		_, err := newWorld(t).Try(alarmToken, "alarm", alarmOn(inputs{"period": period}))
		assert.NoError(t, err, period)
	}
	for _, period := range []int{0, 1, 45, 90} {
		_, err := newWorld(t).Try(alarmToken, "alarm", alarmOn(inputs{"period": period}))
		assert.ErrorContains(t, err, "a multiple of 60", period)
	}
}
