package aws

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/cloudwatch/{metric_alarm,composite_alarm,metric_stream}.go; the
// CloudWatch API's PutMetricAlarm, PutCompositeAlarm and DeleteAlarms; CloudWatch guide, "Create a composite alarm".

var alarmKind = &simulator.Kind{
	Noun:     "CloudWatch Metric Alarm",
	ID:       func(c *simulator.Call) string { return c.Text("name") },
	ARN:      "arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
	NotFound: "ResourceNotFound: alarm %s does not exist",
}

var compositeAlarmKind = &simulator.Kind{
	Noun: "CloudWatch Composite Alarm",
	ID:   func(c *simulator.Call) string { return c.Text("alarmName") },
	ARN:  "arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
}

var metricStreamKind = &simulator.Kind{
	Noun: "CloudWatch Metric Stream",
	ID:   nameOrPrefix,
	ARN:  "arn:{partition}:cloudwatch:{region}:{account}:metric-stream/{id}",
}

const (
	putMetricAlarm    = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
	putCompositeAlarm = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"
	deleteAlarms      = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html"
)

// alarmActions are the inputs that list what an alarm does.
var alarmActions = []string{"alarmActions", "insufficientDataActions", "okActions"}

func cloudWatchTypes() []*simulator.Type {
	const statistics = `^((p|(tm)|(wm)|(tc)|(ts))((\d{1,2}(\.\d{1,2})?)|(100))|(IQM)|` +
		`(((TM)|(WM)|(PR)|(TC)|(TS)))\((\d+(\.\d+)?%?)?:(\d+(\.\d+)?%?)?\))$`
	return []*simulator.Type{
		{
			Token:     "aws:cloudwatch/metricAlarm:MetricAlarm",
			Kind:      alarmKind,
			Defaults:  map[string]any{"actionsEnabled": true, "treatMissingData": "missing"},
			Immutable: []string{"name"},
			Sets:      append([]string{"metricQueries"}, alarmActions...),
			Rules: map[string]simulator.Rule{
				"alarmActions[*]": validARN, "insufficientDataActions[*]": validARN, "okActions[*]": validARN,
				"comparisonOperator": simulator.OneOf("GreaterThanOrEqualToThreshold", "GreaterThanThreshold",
					"LessThanThreshold", "LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold",
					"LessThanLowerThreshold", "GreaterThanUpperThreshold"),
				"evaluateLowSampleCountPercentiles": simulator.OneOf("evaluate", "ignore"),
				"extendedStatistic":                 simulator.Matches(statistics, "p99.9, tm90, IQM, TM(5%:95%) and the like are"),
				"name":                              simulator.Length(1, 255),
				"period":                            alarmPeriod(10, 20, 30),
				"metricQueries[*].period":           alarmPeriod(1, 5, 10, 20, 30),
				"metricQueries[*].metric.period":    alarmPeriod(1, 5, 10, 20, 30),
				"statistic":                         simulator.OneOf("SampleCount", "Average", "Sum", "Minimum", "Maximum"),
				"treatMissingData":                  simulator.OneOf("breaching", "notBreaching", "ignore", "missing"),
			},
			AtMostOne: [][]string{
				{"metricName", "metricQueries"}, {"namespace", "metricQueries"}, {"period", "metricQueries"},
				{"dimensions", "metricQueries"}, {"statistic", "extendedStatistic", "metricQueries"},
				{"threshold", "thresholdMetricId"},
			},
			Constraints: metricAlarmConstraints(),
			API:         []string{"monitoring:PutMetricAlarm"},
			Parameters: map[string]string{
				"name": "AlarmName", "metricQueries": "Metrics", "metricQueries[*].metric": "Metrics.MetricStat",
				"evaluateLowSampleCountPercentiles": "EvaluateLowSampleCountPercentile",
			},
			Compute: func(c *simulator.Call) { c.SetNew("evaluateLowSampleCountPercentiles", "") },
		},
		{
			Token:     "aws:cloudwatch/compositeAlarm:CompositeAlarm",
			Kind:      compositeAlarmKind,
			Defaults:  map[string]any{"actionsEnabled": true},
			AutoName:  &simulator.AutoName{Property: "alarmName", MaxLength: 255, Separator: "-"},
			Immutable: []string{"actionsEnabled", "alarmName"},
			Sets:      alarmActions,
			Rules: map[string]simulator.Rule{
				"alarmActions[*]": validARN, "insufficientDataActions[*]": validARN, "okActions[*]": validARN,
				"alarmName": simulator.Length(1, 255), "alarmRule": simulator.Length(1, 10240),
			},
			Constraints: []simulator.Constraint{actionRegion, unusedAlarm, {
				Origin: simulator.Origin{ID: "aws-cloudwatch-composite-alarms-exist", Source: putCompositeAlarm},
				Stage:  simulator.AtApply,
				Error:  "ValidationError: Could not save the composite alarm as alarms [%s] in the alarm rule do not exist",
				Find:   findMissingAlarms,
			}, {
				Origin: simulator.Origin{ID: "aws-cloudwatch-composite-size", Source: putCompositeAlarm},
				Stage:  simulator.AtCheck,
				Error:  "ValidationError: the rule of a composite alarm can include as many as 100 underlying alarms, this has %d",
				Find:   manyParts,
			}},
			API: []string{"monitoring:PutCompositeAlarm"},
			Parameters: map[string]string{
				"actionsSuppressor.alarm":           "ActionsSuppressor",
				"actionsSuppressor.extensionPeriod": "ActionsSuppressorExtensionPeriod",
				"actionsSuppressor.waitPeriod":      "ActionsSuppressorWaitPeriod",
			},
		},
		{
			Token:     "aws:cloudwatch/metricStream:MetricStream",
			Kind:      metricStreamKind,
			Immutable: []string{"name", "namePrefix"},
			Sets:      []string{"excludeFilters", "includeFilters", "statisticsConfigurations"},
			Rules: map[string]simulator.Rule{
				"firehoseArn": validARN, "roleArn": validARN, "name": simulator.Length(1, 255),
				"outputFormat": simulator.OneOf("json", "opentelemetry0.7", "opentelemetry1.0"),
			},
			AtMostOne:  [][]string{{"name", "namePrefix"}, {"includeFilters", "excludeFilters"}},
			References: []simulator.Reference{toRole("roleArn", "InvalidParameterValue: the role %s does not exist")},
			API:        []string{"monitoring:PutMetricStream"},
			Compute: func(c *simulator.Call) {
				c.SetNew("name", c.ID)
				c.SetNew("namePrefix", "")
				c.Set("state", "running")
				made := c.Now().UTC().Format("2006-01-02T15:04:05Z")
				c.SetNew("creationDate", made)
				c.Set("lastUpdateDate", made)
			},
		},
	}
}
