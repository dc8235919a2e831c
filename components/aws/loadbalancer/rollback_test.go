package loadbalancer

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// canary is a release of which one request in ten goes to green.
func canary() spec.LoadBalancer {
	return spec.LoadBalancer{Backends: map[string]spec.Backend{
		"blue": {Weight: pulumi.IntRef(90)}, "green": {Weight: pulumi.IntRef(10), Rollback: spec.Rollback{To: "blue"}},
	}}
}

// written is a state machine as it is written down.
type written struct {
	QueryLanguage, StartAt string
	TimeoutSeconds         int
	States                 map[string]struct {
		Type, Resource, Next, Default string
		Arguments                     map[string]any
		Assign                        map[string]string
		Retry                         []struct{ ErrorEquals []string }
		Choices                       []struct{ Condition, Next string }
	}
}

// way returns the names of the states on the way from the first to the last, if every condition holds.
func (w written) way(t require.TestingT) []string {
	way := []string{w.StartAt}
	for {
		state, ok := w.States[way[len(way)-1]]
		require.True(t, ok, "%v", way)
		next := state.Next
		if len(state.Choices) > 0 {
			next = state.Choices[0].Next
		}
		if next == "" {
			return way
		}
		way = append(way, next)
	}
}

func machineOf(t require.TestingT, r componenttest.Recording, name string) (m written) {
	machine, ok := r.Named(machineType, name)
	require.True(t, ok)
	require.NoError(t, json.Unmarshal([]byte(text(machine, "definition")), &m))
	return m
}

// shared returns the weights in the actions of a state, by backend.
func shared(r componenttest.Recording, actions any) map[string]float64 {
	weights := map[string]float64{}
	for _, v := range actions.([]any)[0].(map[string]any)["ForwardConfig"].(map[string]any)["TargetGroups"].([]any) {
		group := v.(map[string]any)
		weights[backendOf(r, resource.NewProperty(group["TargetGroupArn"].(string)))] = group["Weight"].(float64)
	}
	return weights
}

// rollbacksOf follows every alarm that starts a state machine to the backend that gets the traffic.
func rollbacksOf(t require.TestingT, r componenttest.Recording) map[string]string {
	rollbacks := map[string]string{}
	for _, start := range r.OfType(startType) {
		rule, ok := r.Named(ruleType, start.Name)
		require.True(t, ok)
		for _, alarm := range r.OfType(alarmType) {
			if !strings.Contains(text(rule, "eventPattern"), ":alarm:"+text(alarm, "name")+`"`) || !alarm.Inputs["dimensions"].IsObject() {
				continue
			}
			suffix := alarm.Inputs["dimensions"].ObjectValue()["TargetGroup"].StringValue()
			for to, weight := range shared(r, machineOf(t, r, start.Name).States["TurnBack"].Arguments["DefaultActions"]) {
				if weight > 0 {
					rollbacks[backendOf(r, resource.NewProperty("arn:"+suffix))] = to
				}
			}
		}
	}
	return rollbacks
}

func TestRollback(t *testing.T) {
	t.Parallel()
	r := run(t, Args{
		LoadBalancer: canary(), TopicARN: pulumi.String("arn:aws:sns:us-east-1:123456789012:critical"),
		TopicKeyARN: pulumi.String("arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000000"),
	})
	m := machineOf(t, r, "main-rollback-green")
	assert.Equal(t, "JSONata", m.QueryLanguage)
	assert.Positive(t, m.TimeoutSeconds)
	assert.Equal(t, []string{
		"FindAlarms", "IsAnyOff", "FindShares", "HasTraffic", "FindMachines", "CanGoBack", "TurnBack", "Tell", "Done",
	}, m.way(t))
	const sdk = "arn:aws:states:::aws-sdk:"
	for name, resource := range map[string]string{
		"FindAlarms": "cloudwatch:describeAlarms", "FindShares": "elasticloadbalancingv2:describeListeners",
		"FindMachines": "elasticloadbalancingv2:describeTargetHealth", "TurnBack": "elasticloadbalancingv2:modifyListener", "Tell": "sns:publish",
	} {
		assert.Equal(t, sdk+resource, m.States[name].Resource)
		require.Len(t, m.States[name].Retry, 1, name)
		assert.Equal(t, []string{"States.ALL"}, m.States[name].Retry[0].ErrorEquals)
	}
	assert.Equal(t, []string{"Nothing", "Nothing", "NothingToGoBackTo"},
		[]string{m.States["IsAnyOff"].Default, m.States["HasTraffic"].Default, m.States["CanGoBack"].Default})
	assert.Equal(t, []string{"Succeed", "Fail"}, []string{m.States["Nothing"].Type, m.States["NothingToGoBackTo"].Type})
	listener := named(t, r, listenerType, "main-listener")
	blue, green := named(t, r, targetType, "main-backend-blue"), named(t, r, targetType, "main-backend-green")
	arns := map[string]string{}
	for _, v := range listener.Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue()["targetGroups"].ArrayValue() {
		arns[backendOf(r, v.ObjectValue()["arn"])] = v.ObjectValue()["arn"].StringValue()
	}
	require.NotEqual(t, text(blue, "name"), text(green, "name"))
	assert.Equal(t, map[string]any{"TargetGroupArn": arns["blue"]}, m.States["FindMachines"].Arguments)
	assert.Equal(t, "{% $count($shares[TargetGroupArn = '"+arns["green"]+"' and Weight > 0]) > 0 and $count($shares[TargetGroupArn = '"+
		arns["blue"]+"']) > 0 %}", m.States["HasTraffic"].Choices[0].Condition)
	back := m.States["TurnBack"].Arguments
	assert.Equal(t, map[string]float64{"blue": 999, "green": 0}, shared(r, back["DefaultActions"]))
	forward := back["DefaultActions"].([]any)[0].(map[string]any)
	assert.Equal(t, "forward", forward["Type"])
	assert.Equal(t, map[string]any{"Enabled": false, "DurationSeconds": 3600.0}, forward["ForwardConfig"].(map[string]any)["TargetGroupStickinessConfig"])
	assert.Contains(t, m.States["Tell"].Arguments["Message"], "$join($alarms, ', ')")
	assert.LessOrEqual(t, len(m.States["Tell"].Arguments["Subject"].(string)), 100, "SNS API, Publish, Subject")

	machine := named(t, r, machineType, "main-rollback-green")
	log := machine.Inputs["loggingConfiguration"].ObjectValue()
	assert.Regexp(t, `:log-group:/aws/vendedlogs/states/holdfast-test-main-rollback-green:\*$`, log["logDestination"].StringValue())
	assert.Equal(t, "ERROR", log["level"].StringValue())
	assert.True(t, dependsOn(machine, "rolePolicy:RolePolicy::main-rollback-green"), "it cannot log without its permissions")
}

// The machine may change this listener and nothing else; only Step Functions may be it, and only EventBridge may start it.
func TestRollbackMayLittle(t *testing.T) {
	t.Parallel()
	const topic, key = "arn:aws:sns:us-east-1:123456789012:critical", "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000000"
	r := run(t, Args{LoadBalancer: canary(), TopicARN: pulumi.String(topic), TopicKeyARN: pulumi.String(key)})
	type document struct {
		Statement []struct {
			Action, Resource []string
			Principal        map[string]string
			Condition        map[string]map[string]string
		}
	}
	read := func(token, name string, property resource.PropertyKey) (d document) {
		require.NoError(t, json.Unmarshal([]byte(text(named(t, r, token, name), property)), &d))
		return d
	}
	changes := map[string][]string{}
	for _, s := range read(grantType, "main-rollback-green", "policy").Statement {
		for _, action := range s.Action {
			changes[action] = s.Resource
			assert.NotContains(t, strings.TrimSuffix(action, "GenerateDataKey*"), "*")
		}
	}
	require.Len(t, changes["elasticloadbalancing:ModifyListener"], 1)
	assert.Regexp(t, `^arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/[^*]+$`, changes["elasticloadbalancing:ModifyListener"][0])
	assert.NotContains(t, changes, "elasticloadbalancing:ModifyRule")
	assert.Equal(t, []string{topic}, changes["sns:Publish"])
	assert.Equal(t, []string{key}, changes["kms:Decrypt"])
	for action, resources := range changes {
		if slices.Contains(resources, "*") {
			assert.Regexp(t, `^(elasticloadbalancing:Describe|logs:)`, action, "whatever it is, on everything")
		}
	}
	for name, want := range map[string]string{
		"main-rollback-green":       "states arn:aws:states:us-east-1:123456789012:stateMachine:*",
		"main-rollback-green-start": "events arn:aws:events:us-east-1:123456789012:rule/holdfast-test-main-rollback-green",
	} {
		trust := read(roleType, name, "assumeRolePolicy").Statement
		require.Len(t, trust, 1)
		assert.Equal(t, want, strings.TrimSuffix(trust[0].Principal["Service"], ".amazonaws.com")+" "+trust[0].Condition["ArnLike"]["aws:SourceArn"])
		assert.Equal(t, "123456789012", trust[0].Condition["StringEquals"]["aws:SourceAccount"])
	}
	start := read(grantType, "main-rollback-green-start", "policy").Statement
	assert.Equal(t, []string{"arn:aws:states:us-east-1:123456789012:stateMachine:holdfast-test-main-rollback-green"}, start[0].Resource)
	assert.Equal(t, []string{"states:StartExecution"}, start[0].Action)
}

// matches says whether an event pattern matches an event, for patterns of plain values: every list has one of the values.
func matches(pattern, event any) bool {
	switch p := pattern.(type) {
	case map[string]any:
		e, ok := event.(map[string]any)
		return ok && !slices.ContainsFunc(slices.Collect(maps.Keys(p)), func(key string) bool { return !matches(p[key], e[key]) })
	case []any:
		values, ok := event.([]any)
		if !ok {
			values = []any{event}
		}
		return slices.ContainsFunc(values, func(value any) bool { return slices.Contains(p, value) })
	}
	return false
}

func TestRollbackStarts(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: canary()})
	rule := named(t, r, ruleType, "main-rollback-green")
	assert.Equal(t, "rate(1 minute)", text(rule, "scheduleExpression"), "for alarms that went off before")
	start := named(t, r, startType, "main-rollback-green")
	assert.Equal(t, "arn:aws:states:us-east-1:123456789012:stateMachine:holdfast-test-main-rollback-green", text(start, "arn"))
	assert.Equal(t, map[string]any{"maximumEventAgeInSeconds": 60.0, "maximumRetryAttempts": 10.0}, start.Inputs["retryPolicy"].ObjectValue().Mappable())

	var pattern any
	require.NoError(t, json.Unmarshal([]byte(text(rule, "eventPattern")), &pattern))
	// The sample of the CloudWatch guide, "Alarm events and EventBridge", shortened.
	event := func(alarm, state string) (e any) {
		require.NoError(t, json.Unmarshal(fmt.Appendf(nil, `{
			"version": "0", "id": "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92", "detail-type": "CloudWatch Alarm State Change",
			"source": "aws.cloudwatch", "account": "123456789012", "time": "2019-10-02T17:04:40Z", "region": "us-east-1",
			"resources": ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:%s"],
			"detail": {"alarmName": "%s", "previousState": {"value": "OK"}, "state": {"reason": "Threshold Crossed", "value": "%s"}}
		}`, alarm, alarm, state), &e))
		return e
	}
	for _, what := range []string{"errors", "latency", "machines", "total"} {
		alarm := "holdfast-test-main-rollback-green-" + what
		assert.True(t, matches(pattern, event(alarm, "ALARM")), what)
		assert.False(t, matches(pattern, event(alarm, "OK")), what)
	}
	assert.False(t, matches(pattern, event("holdfast-test-main-errors", "ALARM")), "of another's alarms")
}

func TestRollbackAlarms(t *testing.T) {
	t.Parallel()
	l := canary()
	candidate := l.Backends["green"]
	candidate.Rollback.ErrorPercent, candidate.Rollback.LatencyMilliseconds = 0.5, 250
	l.Backends["green"] = candidate
	r := run(t, Args{LoadBalancer: l})
	suffix := map[string]string{}
	latency := named(t, r, alarmType, "main-rollback-green-latency")
	for key, value := range latency.Inputs["dimensions"].ObjectValue() {
		suffix[string(key)] = value.StringValue()
	}
	assert.Equal(t, "green", backendOf(r, resource.NewProperty("arn:"+suffix["TargetGroup"])), "of its own requests alone")
	assert.Equal(t, []any{0.25, "p99", "ignore", "notBreaching"}, []any{
		latency.Inputs["threshold"].V, latency.Inputs["extendedStatistic"].V, latency.Inputs["evaluateLowSampleCountPercentiles"].V, latency.Inputs["treatMissingData"].V,
	})
	for what, want := range map[string]struct {
		threshold float64
		silence   string
		own       bool
		metrics   []string
	}{
		"errors":   {0.5, "notBreaching", true, []string{"HTTPCode_Target_5XX_Count", "TargetConnectionErrorCount", "RequestCount"}},
		"machines": {50, "breaching", true, []string{"HealthyHostCount", "UnHealthyHostCount"}},
		"total":    {0.5, "notBreaching", false, []string{"HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "RequestCount"}},
	} {
		alarm := named(t, r, alarmType, "main-rollback-green-"+what)
		assert.Equal(t, []any{want.threshold, want.silence}, []any{alarm.Inputs["threshold"].V, alarm.Inputs["treatMissingData"].V})
		assert.NotContains(t, alarm.Inputs, resource.PropertyKey("alarmActions"), "before a release it would cry wolf")
		var metrics []string
		queries := alarm.Inputs["metricQueries"].ArrayValue()
		expression := queries[0].ObjectValue()["expression"].StringValue()
		for _, v := range queries[1:] {
			metric := v.ObjectValue()["metric"].ObjectValue()
			metrics = append(metrics, metric["metricName"].StringValue())
			assert.Contains(t, expression, v.ObjectValue()["id"].StringValue())
			dimensions := metric["dimensions"].ObjectValue()
			assert.Equal(t, suffix["LoadBalancer"], dimensions["LoadBalancer"].StringValue())
			assert.Equal(t, want.own, dimensions.HasValue("TargetGroup") && dimensions["TargetGroup"].StringValue() == suffix["TargetGroup"])
		}
		assert.Equal(t, want.metrics, metrics)
	}
	assert.Len(t, r.OfType(alarmType), 4, "without a topic nobody can be told of a failure")

	r = run(t, Args{LoadBalancer: l, TopicARN: pulumi.String("arn:aws:sns:us-east-1:123456789012:critical")})
	failed := named(t, r, alarmType, "main-rollback-green-failed")
	assert.Equal(t, []any{"arn:aws:sns:us-east-1:123456789012:critical"}, failed.Inputs["alarmActions"].Mappable())
	assert.Equal(t, []any{0.0, 1.0}, []any{failed.Inputs["threshold"].V, failed.Inputs["datapointsToAlarm"].V}, "at the first failure")
}

// Routes that share traffic between the two go back too; one to the candidate alone stays.
func TestRollbackOfRoutes(t *testing.T) {
	t.Parallel()
	l := canary()
	l.Routes = map[string]spec.Route{
		"api":     {Priority: 1, Paths: []string{"/api/*"}, Backends: map[string]int{"blue": 50, "green": 50}},
		"preview": {Priority: 2, Hosts: []string{"preview.example.com"}, Backends: map[string]int{"green": 1}},
		"shop":    {Priority: 3, Paths: []string{"/shop/*"}, Backends: map[string]int{"blue": 1, "green": 0}},
	}
	r := run(t, Args{LoadBalancer: l})
	m := machineOf(t, r, "main-rollback-green")
	assert.Equal(t, []string{
		"FindAlarms", "IsAnyOff", "FindShares", "FindRoutes", "HasTraffic", "FindMachines", "CanGoBack", "TurnBack", "TurnBack-api", "TurnBack-shop", "Done",
	}, m.way(t))
	assert.Contains(t, m.States["HasTraffic"].Choices[0].Condition, "$append($shares, $routes)[TargetGroupArn = ")
	for _, route := range []string{"api", "shop"} {
		state := m.States["TurnBack-"+route]
		assert.Equal(t, "arn:aws:states:::aws-sdk:elasticloadbalancingv2:modifyRule", state.Resource)
		assert.Equal(t, map[string]float64{"blue": 999, "green": 0}, shared(r, state.Arguments["Actions"]))
		assert.Regexp(t, `^arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/`, state.Arguments["RuleArn"])
		assert.Contains(t, m.States["FindRoutes"].Arguments["RuleArns"], state.Arguments["RuleArn"])
		assert.Contains(t, text(named(t, r, grantType, "main-rollback-green"), "policy"), state.Arguments["RuleArn"])
	}
	assert.Len(t, m.States["FindRoutes"].Arguments["RuleArns"], 2)
}

// A preview of a load balancer that is still to be made knows no ARN.
func TestRollbackPreview(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		_, err := create(ctx, "main", Args{LoadBalancer: canary()})
		return err
	}, componenttest.Preview)
	require.NoError(t, err)
	assert.Len(t, r.OfType(machineType), 1)
}
