package loadbalancer

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// Expressions of CloudWatch's metric math, each in percent. A request whose connection to a machine fails is answered by
// the load balancer itself, whose answers are counted for no backend; one that no machine could be chosen for is no
// request (ELB user guide, "CloudWatch metrics for your Application Load Balancer").
const (
	ownFailing = "100 * (FILL(answers, 0) + FILL(connections, 0)) / requests"
	unhealthy  = "100 * FILL(bad, 0) / (FILL(good, 0) + FILL(bad, 0))"
	allFailing = "100 * (FILL(answers, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))"
	anyFailed  = "FILL(failed, 0) + FILL(late, 0) + FILL(lost, 0)"
)

const (
	balancerSpace = "AWS/ApplicationELB"
	percentTooBad = 50 // of a candidate's machines: one that fails is replaced

	// What periods without data mean: that nothing was asked for, or that there is nothing to ask.
	silenceIsGood, silenceIsBad = "notBreaching", "breaching"
)

// watch is an alarm: on the result of an expression of sums and counts, or on one percentile.
type watch struct {
	what, means string
	expression  string
	metrics     []watched
	threshold   float64 // the alarm goes off above
	points      int     // of three minutes that must be above
	silence     string
}

// watched is a metric, by its id in the expression.
type watched struct {
	id, space, name, statistic string
	dimensions                 pulumi.StringMap
}

// rollbackWatches are the alarms that turn a candidate's traffic back: on its own requests, however few of all they are,
// on its machines, and on all requests.
func (b *builder) rollbackWatches(candidate string) []watch {
	limits := b.args.Backends[candidate].Rollback
	all := pulumi.StringMap{"LoadBalancer": b.balancer.ArnSuffix}
	own := pulumi.StringMap{"LoadBalancer": b.balancer.ArnSuffix, "TargetGroup": b.groups[candidate].ArnSuffix}
	return []watch{
		{"errors", "Too many of its requests fail.", ownFailing, []watched{
			{"answers", balancerSpace, "HTTPCode_Target_5XX_Count", "Sum", own},
			{"connections", balancerSpace, "TargetConnectionErrorCount", "Sum", own},
			{"requests", balancerSpace, "RequestCount", "Sum", own},
		}, limits.ErrorPercent, 2, silenceIsGood},
		{"latency", "One of a hundred of its requests takes too long.", "", []watched{
			{"", balancerSpace, "TargetResponseTime", "p99", own},
		}, float64(limits.LatencyMilliseconds) / 1000, 3, silenceIsGood},
		{"machines", "Most of its machines are not healthy, or it has none.", unhealthy, []watched{
			{"good", balancerSpace, "HealthyHostCount", "Minimum", own}, {"bad", balancerSpace, "UnHealthyHostCount", "Maximum", own},
		}, percentTooBad, 2, silenceIsBad},
		{"total", "Too many of all requests fail.", allFailing, []watched{
			{"answers", balancerSpace, "HTTPCode_Target_5XX_Count", "Sum", all},
			{"balancer", balancerSpace, "HTTPCode_ELB_5XX_Count", "Sum", all},
			{"requests", balancerSpace, "RequestCount", "Sum", all},
		}, limits.ErrorPercent, 2, silenceIsGood},
	}
}

// createRollbackAlarms makes the alarms that turn the traffic back. They tell nobody: before a candidate has traffic they
// may go off as they please, and what is done about them the state machine tells.
func (b *builder) createRollbackAlarms(r *rollback) error {
	for _, w := range b.rollbackWatches(r.candidate) {
		alarm, err := b.createAlarm(r, w, nil)
		if err != nil {
			return err
		}
		r.alarms = append(r.alarms, alarm)
	}
	return nil
}

// watchMachine tells of runs of the state machine that fail, and of events that never start one. Without a topic nobody
// would hear of it.
func (b *builder) watchMachine(r *rollback) error {
	if b.args.TopicARN == nil {
		return nil
	}
	machine := pulumi.StringMap{"StateMachineArn": r.machine.Arn}
	_, err := b.createAlarm(r, watch{
		"failed", "Its traffic could not be turned back. Set its weight to 0, then look at the executions of the state machine.",
		anyFailed, []watched{
			{"failed", "AWS/States", "ExecutionsFailed", "Sum", machine}, {"late", "AWS/States", "ExecutionsTimedOut", "Sum", machine},
			{"lost", "AWS/Events", "FailedInvocations", "Sum", pulumi.StringMap{"RuleName": r.rule.Name}},
		}, 0, 1, silenceIsGood,
	}, pulumi.Array{b.args.TopicARN})
	return err
}

func (b *builder) createAlarm(r *rollback, w watch, actions pulumi.Array) (*cloudwatch.MetricAlarm, error) {
	args := &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String(naming.AWSAlarm.Name(b.FullName(r.part(w.what)...)...)),
		AlarmDescription:   pulumi.String(fmt.Sprintf("Release of %s: %s", r.candidate, w.means)),
		ComparisonOperator: pulumi.String("GreaterThanThreshold"),
		Threshold:          pulumi.Float64(w.threshold),
		EvaluationPeriods:  pulumi.Int(3),
		DatapointsToAlarm:  pulumi.Int(w.points),
		TreatMissingData:   pulumi.String(w.silence),
		Tags:               b.TagInput(r.part(w.what)...),
	}
	if actions != nil {
		args.AlarmActions, args.OkActions = actions, actions
	}
	if w.expression == "" {
		one := w.metrics[0]
		args.Namespace, args.MetricName, args.Dimensions = pulumi.String(one.space), pulumi.String(one.name), one.dimensions
		args.ExtendedStatistic, args.Period = pulumi.String(one.statistic), pulumi.Int(60)
		args.EvaluateLowSampleCountPercentiles = pulumi.String("ignore") // a percentile of a handful of requests is one request
	} else {
		args.MetricQueries = w.queries()
	}
	return cloudwatch.NewMetricAlarm(b.Ctx, b.Child(r.part(w.what)...), args, b.Options()...)
}

// queries are the metrics by the minute, and the expression of them that the alarm compares.
func (w watch) queries() cloudwatch.MetricAlarmMetricQueryArray {
	queries := cloudwatch.MetricAlarmMetricQueryArray{&cloudwatch.MetricAlarmMetricQueryArgs{
		Id: pulumi.String("result"), Expression: pulumi.String(w.expression), Label: pulumi.String(w.what), ReturnData: pulumi.Bool(true),
	}}
	for _, m := range w.metrics {
		queries = append(queries, &cloudwatch.MetricAlarmMetricQueryArgs{
			Id: pulumi.String(m.id), ReturnData: pulumi.Bool(false),
			Metric: &cloudwatch.MetricAlarmMetricQueryMetricArgs{
				Namespace: pulumi.String(m.space), MetricName: pulumi.String(m.name), Dimensions: m.dimensions,
				Stat: pulumi.String(m.statistic), Period: pulumi.Int(60),
			},
		})
	}
	return queries
}
