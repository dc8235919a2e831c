package monitoring

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
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

// alarmsIn returns the alarms by their names within the component.
func alarmsIn(r componenttest.Recording) map[string]componenttest.Resource {
	alarms := map[string]componenttest.Resource{}
	for _, token := range []string{alarmType, compositeType} {
		for _, a := range r.OfType(token) {
			alarms[strings.TrimPrefix(a.Name, "main-alarm-")] = a
		}
	}
	return alarms
}

// sketch is what matters of an alarm, on a line.
func sketch(r componenttest.Resource) string {
	in := r.Inputs
	if r.Type == compositeType {
		return in["alarmRule"].StringValue() + told(r)
	}
	what := ""
	if in["metricName"].IsString() {
		statistic := in["statistic"]
		if !statistic.IsString() {
			statistic = in["extendedStatistic"]
		}
		what = fmt.Sprintf("%s %s %s %v %v", in["namespace"].StringValue(), in["metricName"].StringValue(), statistic.StringValue(),
			in["dimensions"].Mappable(), in["period"].NumberValue())
	} else {
		for _, query := range in["metricQueries"].ArrayValue() {
			if q := query.ObjectValue(); q["expression"].IsString() {
				what += q["expression"].StringValue()
			} else {
				m := q["metric"].ObjectValue()
				what += fmt.Sprintf("%s=%s %s %v; ", q["id"].StringValue(), m["metricName"].StringValue(), m["stat"].StringValue(),
					m["period"].NumberValue())
			}
		}
	}
	threshold := in["thresholdMetricId"]
	limit := fmt.Sprint(in["threshold"].V)
	if threshold.IsString() {
		limit = threshold.StringValue()
	}
	return fmt.Sprintf("%s %s %s, %v of %v, %s", what, in["comparisonOperator"].StringValue(), limit,
		in["datapointsToAlarm"].V, in["evaluationPeriods"].V, in["treatMissingData"].StringValue()) + told(r)
}

// told says whom an alarm tells, by the severity in the topic's name.
func told(r componenttest.Resource) string {
	text := ""
	for _, key := range []resource.PropertyKey{"alarmActions", "okActions"} {
		if list := r.Inputs[key]; list.IsArray() {
			for _, arn := range list.ArrayValue() {
				text += " -> " + arn.StringValue()[strings.LastIndex(arn.StringValue(), "-")+1:]
			}
		}
	}
	return text
}

const (
	failingMetrics = "targets=HTTPCode_Target_5XX_Count Sum %[1]v; balancer=HTTPCode_ELB_5XX_Count Sum %[1]v; requests=RequestCount Sum %[1]v; " +
		"100 * (FILL(targets, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0)) GreaterThanThreshold %[2]v, %[3]v of %[4]v, notBreaching"
	balancerDims = "map[LoadBalancer:app/main/50dc6c495c0c9188]"
	hostDims     = "map[LoadBalancer:app/main/50dc6c495c0c9188 TargetGroup:targetgroup/main/73e2d6bc24d8a067]"
	groupDims    = "map[AutoScalingGroupName:shop-main]"
	podsDims     = "map[ClusterName:shop-pods]"
	databaseDims = "map[DBInstanceIdentifier:shop-main]"
	both         = " -> %[1]s -> %[1]s"
)

func TestEveryAlarm(t *testing.T) {
	t.Parallel()
	critical, warning := fmt.Sprintf(both, "critical"), fmt.Sprintf(both, "warning")
	failing := func(period, threshold, points, periods any) string {
		return fmt.Sprintf(failingMetrics, period, threshold, points, periods)
	}
	want := map[string]string{
		"errors":              failing(60, 5, 3, 5) + critical,
		"service-down-errors": failing(60, 50, 2, 3),
		"service-down-hosts-main": "AWS/ApplicationELB HealthyHostCount Maximum " + hostDims +
			" 60 LessThanThreshold 1, 2 of 2, breaching",
		"service-down": `(ALARM("holdfast-test-main-service-down-hosts-main")) OR ALARM("holdfast-test-main-service-down-errors")` + critical,
		"latency":      "AWS/ApplicationELB TargetResponseTime p99 " + balancerDims + " 60 GreaterThanThreshold 1, 3 of 5, notBreaching" + warning,
		"latency-anomaly": "usual=TargetResponseTime p90 300; ANOMALY_DETECTION_BAND(usual, 3) GreaterThanUpperThreshold result, 3 of 3, notBreaching" +
			warning,
		"requests-anomaly": "usual=RequestCount Sum 300; ANOMALY_DETECTION_BAND(usual, 3) LessThanLowerThreshold result, 3 of 3, breaching" + warning,
		"hosts-unhealthy-main": "AWS/ApplicationELB UnHealthyHostCount Maximum " + hostDims +
			" 60 GreaterThanThreshold 0, 10 of 10, notBreaching" + warning,
		"hosts-few-main":   "AWS/ApplicationELB HealthyHostCount Minimum " + hostDims + " 60 LessThanThreshold 2, 3 of 5, breaching" + critical,
		"slo-fast-long":    failing(3600, 1.44, 1, 1),
		"slo-fast-short":   failing(300, 1.44, 1, 1),
		"slo-medium-long":  failing(21600, 0.6, 1, 1),
		"slo-medium-short": failing(1800, 0.6, 1, 1),
		"slo-slow-long":    failing(259200, 0.1, 1, 1),
		"slo-slow-short":   failing(21600, 0.1, 1, 1),
		"slo-fast":         `ALARM("holdfast-test-main-slo-fast-long") AND ALARM("holdfast-test-main-slo-fast-short")` + critical,
		"slo-medium":       `ALARM("holdfast-test-main-slo-medium-long") AND ALARM("holdfast-test-main-slo-medium-short")` + critical,
		"slo-slow":         `ALARM("holdfast-test-main-slo-slow-long") AND ALARM("holdfast-test-main-slo-slow-short")` + warning,
		"cpu-main":         "AWS/EC2 CPUUtilization Average " + groupDims + " 300 GreaterThanThreshold 85, 3 of 3, missing" + warning,
		"memory-main":      "CWAgent mem_used_percent Average " + groupDims + " 300 GreaterThanThreshold 90, 3 of 3, missing" + warning,
		"disk-main":        "CWAgent disk_used_percent Maximum " + groupDims + " 300 GreaterThanThreshold 85, 3 of 3, missing" + warning,
		"status-main":      "AWS/EC2 StatusCheckFailed Maximum " + groupDims + " 60 GreaterThanThreshold 0, 10 of 10, notBreaching" + warning,
		"capacity-main": "size=GroupInServiceInstances Average 300; limit=GroupMaxSize Average 300; 100 * size / limit " +
			"GreaterThanThreshold 95, 3 of 3, missing" + warning,
		"nodes-failed-pods":    "ContainerInsights cluster_failed_node_count Maximum " + podsDims + " 60 GreaterThanThreshold 0, 15 of 15, missing" + warning,
		"cpu-pods":             "ContainerInsights node_cpu_utilization Average " + podsDims + " 300 GreaterThanThreshold 85, 3 of 3, missing" + warning,
		"memory-pods":          "ContainerInsights node_memory_utilization Average " + podsDims + " 300 GreaterThanThreshold 90, 3 of 3, missing" + warning,
		"disk-pods":            "ContainerInsights node_filesystem_utilization Maximum " + podsDims + " 300 GreaterThanThreshold 85, 3 of 3, missing" + warning,
		"capacity-pods":        "size=cluster_node_count Average 300; 100 * size / 9 GreaterThanThreshold 95, 3 of 3, missing" + warning,
		"database-cpu-main":    "AWS/RDS CPUUtilization Average " + databaseDims + " 300 GreaterThanThreshold 90, 3 of 3, breaching" + warning,
		"database-memory-main": "AWS/RDS FreeableMemory Minimum " + databaseDims + " 300 LessThanThreshold 2.68435456e+08, 3 of 3, missing" + warning,
		"database-storage-main": "AWS/RDS FreeStorageSpace Minimum " + databaseDims + " 300 LessThanThreshold 1.610612736e+10, 2 of 2, missing" +
			critical,
		"database-connections-main": "AWS/RDS DatabaseConnections Maximum " + databaseDims + " 60 GreaterThanThreshold 80, 3 of 5, missing" + warning,
		"database-lag-main-a": "AWS/RDS ReplicaLag Maximum map[DBInstanceIdentifier:shop-replica-a] 60 GreaterThanThreshold 360, 5 of 5, breaching" +
			warning,
		"database-deadlocks-main": "Holdfast/holdfast-test-main database-deadlocks-main Sum <nil> 300 GreaterThanThreshold 0, 1 of 1, notBreaching" +
			warning,
		"nat-ports-a": "AWS/NATGateway ErrorPortAllocation Sum map[NatGatewayId:nat-0123456789abcdef0] 60 GreaterThanThreshold 0, 3 of 5, notBreaching" +
			critical,
		"backup-failed-main": "AWS/Backup NumberOfBackupJobsFailed Sum map[BackupVaultName:shop] 3600 GreaterThanThreshold 0, 1 of 1, notBreaching" +
			warning,
		"backup-none-main": "AWS/Backup NumberOfBackupJobsCompleted Sum map[BackupVaultName:shop] 86400 LessThanThreshold 1, 2 of 2, breaching" + warning,
	}
	for _, n := range []string{"001", "002"} {
		dims := "map[CacheClusterId:shop-" + n + "]"
		want["cache-cpu-main-"+n] = "AWS/ElastiCache EngineCPUUtilization Average " + dims + " 60 GreaterThanThreshold 90, 5 of 5, breaching" + warning
		want["cache-memory-main-"+n] = "AWS/ElastiCache DatabaseMemoryUsagePercentage Average " + dims +
			" 60 GreaterThanThreshold 85, 5 of 5, missing" + warning
		want["cache-evictions-main-"+n] = "AWS/ElastiCache Evictions Sum " + dims + " 300 GreaterThanThreshold 0, 3 of 3, notBreaching" + warning
		want["cache-lag-main-"+n] = "AWS/ElastiCache ReplicationLag Maximum " + dims + " 60 GreaterThanThreshold 10, 5 of 5, notBreaching" + warning
	}
	got := map[string]string{}
	for name, a := range alarmsIn(watch(t, targets(spec.Monitoring{}))) {
		got[name] = sketch(a)
		assert.Equal(t, "holdfast-test-main-"+name, cmpName(a))
		description := a.Inputs["alarmDescription"].StringValue()
		assert.Contains(t, description, "Severity: ", name)
		assert.LessOrEqual(t, len(description), 1024, name)
	}
	assert.Equal(t, want, got)
}

// connected is a Network Load Balancer to watch.
func connected(m spec.Monitoring) *Args {
	return &Args{Monitoring: m, LoadBalancer: &LoadBalancer{
		TCP: true, MetricName: pulumi.String("net/main/50dc6c495c0c9188"),
		TargetGroupMetricNames: pulumi.StringMap{"main": pulumi.String("targetgroup/main/73e2d6bc24d8a067")},
	}}
}

// A Network Load Balancer has metrics of its own, and none of requests.
func TestConnections(t *testing.T) {
	t.Parallel()
	critical, warning := fmt.Sprintf(both, "critical"), fmt.Sprintf(both, "warning")
	const hosts = "map[LoadBalancer:net/main/50dc6c495c0c9188 TargetGroup:targetgroup/main/73e2d6bc24d8a067]"
	want := map[string]string{
		"errors": "resets=TCP_Target_Reset_Count Sum 60; flows=NewFlowCount Sum 60; 100 * FILL(resets, 0) / FILL(flows, 0) " +
			"GreaterThanThreshold 25, 3 of 5, notBreaching" + critical,
		"tls": "errors=ClientTLSNegotiationErrorCount Sum 60; flows=NewFlowCount Sum 60; 100 * FILL(errors, 0) / FILL(flows, 0) " +
			"GreaterThanThreshold 50, 5 of 5, notBreaching" + critical,
		"balancer-ports": "AWS/NetworkELB PortAllocationErrorCount Sum map[LoadBalancer:net/main/50dc6c495c0c9188] " +
			"60 GreaterThanThreshold 0, 3 of 5, notBreaching" + critical,
		"requests-anomaly": "usual=NewFlowCount Sum 300; ANOMALY_DETECTION_BAND(usual, 3) LessThanLowerThreshold result, 3 of 3, breaching" + warning,
		"hosts-unhealthy-main": "AWS/NetworkELB UnHealthyHostCount Minimum " + hosts +
			" 60 GreaterThanThreshold 0, 10 of 10, notBreaching" + warning,
		"hosts-few-main":          "AWS/NetworkELB HealthyHostCount Maximum " + hosts + " 60 LessThanThreshold 2, 3 of 5, breaching" + critical,
		"service-down-hosts-main": "AWS/NetworkELB HealthyHostCount Maximum " + hosts + " 60 LessThanThreshold 1, 2 of 2, breaching",
		"service-down":            `ALARM("holdfast-test-main-service-down-hosts-main")` + critical,
	}
	got := map[string]string{}
	rollback := make(chan []string, 1)
	r := watch(t, connected(spec.Monitoring{}), func(m *Monitoring) {
		m.RollbackAlarmNames.ApplyT(func(names []string) int { rollback <- names; return 0 })
	})
	for name, a := range alarmsIn(r) {
		got[name] = sketch(a)
	}
	assert.Equal(t, want, got)
	assert.Equal(t, []string{"holdfast-test-main-errors"}, <-rollback)
	for _, w := range boardOf(t, r).Widgets {
		assert.NotContains(t, fmt.Sprint(w.Properties.Metrics), "ApplicationELB", w.Properties.Title)
	}
}

// cmpName is the name of an alarm in the account.
func cmpName(r componenttest.Resource) string {
	if r.Type == compositeType {
		return r.Inputs["alarmName"].StringValue()
	}
	return r.Inputs["name"].StringValue()
}

func TestChanges(t *testing.T) {
	t.Parallel()
	ten, five := 10.0, 5.0
	alarms := alarmsIn(watch(t, targets(spec.Monitoring{
		RunbookURL: "https://wiki.example.com/runbook",
		Objective:  spec.Objective{AvailabilityPercent: 99, LatencyMilliseconds: 250},
		Alarms: map[string]spec.AlarmChange{
			"errors": {Threshold: &ten}, "requests-anomaly": {Threshold: &five}, "latency": {Severity: spec.Critical},
			"slo-slow": {Severity: spec.Critical}, "cache-evictions": {Disabled: true}, "cache-cpu-main-002": {Disabled: true},
			"service-down": {Disabled: true},
		},
	})))
	assert.Contains(t, sketch(alarms["errors"]), "GreaterThanThreshold 10,")
	assert.Contains(t, sketch(alarms["requests-anomaly"]), "ANOMALY_DETECTION_BAND(usual, 5)")
	assert.Contains(t, sketch(alarms["latency"]), "GreaterThanThreshold 0.25, 3 of 5, notBreaching -> critical")
	assert.Equal(t, "ignore", alarms["latency"].Inputs["evaluateLowSampleCountPercentiles"].StringValue())
	assert.Contains(t, sketch(alarms["slo-slow"]), "-> critical")
	assert.Contains(t, sketch(alarms["slo-fast-long"]), "GreaterThanThreshold 14.4,", "14.4 times 1 %")
	assert.Contains(t, alarms["latency"].Inputs["alarmDescription"].StringValue(),
		"\nSeverity: critical.\nRunbook: https://wiki.example.com/runbook#latency")
	for _, gone := range []string{
		"cache-evictions-main-001", "cache-evictions-main-002", "cache-cpu-main-002", "service-down", "service-down-errors", "service-down-hosts-main",
	} {
		assert.NotContains(t, alarms, gone)
	}
	assert.Contains(t, alarms, "cache-cpu-main-001")
}

func TestOwnAlarms(t *testing.T) {
	t.Parallel()
	args := targets(spec.Monitoring{})
	args.OwnAlarms = map[string]OwnAlarm{
		"queue": {Namespace: "AWS/SQS", Metric: "ApproximateAgeOfOldestMessage", Threshold: 600, Description: "Workers do not keep up.",
			Dimensions: pulumi.StringMap{"QueueName": pulumi.String("orders")}},
		"orders": {Namespace: "Shop", Metric: "Orders", Statistic: "p10", Below: true, Threshold: 1, PeriodSeconds: 3600, Periods: 24, Points: 2,
			Missing: silenceIsBad, Severity: spec.Critical, Description: "Nobody buys."},
	}
	alarms := alarmsIn(watch(t, args))
	assert.Equal(t, "AWS/SQS ApproximateAgeOfOldestMessage Average map[QueueName:orders] 300 GreaterThanThreshold 600, 3 of 3, missing"+
		" -> warning -> warning", sketch(alarms["queue"]))
	assert.Equal(t, "Shop Orders p10 <nil> 3600 LessThanThreshold 1, 2 of 24, breaching -> critical -> critical", sketch(alarms["orders"]))
}

// Composite alarms come after their parts, and so go before them: CloudWatch refuses both the other way round.
func TestCompositesComeLast(t *testing.T) {
	t.Parallel()
	r := watch(t, targets(spec.Monitoring{}))
	alarms := alarmsIn(r)
	for _, composite := range r.OfType(compositeType) {
		rule := composite.Inputs["alarmRule"].StringValue()
		needs := composite.Request.GetDependencies()
		for name, part := range alarms {
			if strings.Contains(rule, `"holdfast-test-main-`+name+`"`) {
				assert.Contains(t, needs, string(part.URN), composite.Name)
			}
		}
		assert.GreaterOrEqual(t, len(needs), 4, "two parts and two topics' policies")
	}
}

// With several backends, the service is down when none of them has a healthy target.
func TestServiceDownWithTwoBackends(t *testing.T) {
	t.Parallel()
	args := targets(spec.Monitoring{})
	args.LoadBalancer.Backends = []string{"main", "green"}
	assert.Equal(t, `(ALARM("holdfast-test-main-service-down-hosts-green") AND ALARM("holdfast-test-main-service-down-hosts-main"))`+
		` OR ALARM("holdfast-test-main-service-down-errors")`,
		alarmsIn(watch(t, args))["service-down"].Inputs["alarmRule"].StringValue())
}

func TestMissingTargets(t *testing.T) {
	t.Parallel()
	backend, node := targets(spec.Monitoring{}), targets(spec.Monitoring{})
	backend.LoadBalancer.Backends = []string{"blue"}
	node.Caches["main"] = Cache{MemberIDs: pulumi.ToStringArray([]string{"shop-001"})}
	for want, args := range map[string]*Args{
		`there is no target group for "blue"`:        backend,
		`there is no node 2 among ["shop-001"]`:      node,
		"must begin with https:// (it is secret and": {Webhooks: map[string]Webhook{"x": {URL: pulumi.String("http://token@example.com")}}},
	} {
		_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			_, err := create(ctx, "main", args)
			return err
		})
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "token")
	}
}

// Everything that alarms and the dashboard ask for is in the catalogue, with its dimensions; the rest is counted by the
// component itself.
func TestMetricsAreInTheCatalogue(t *testing.T) {
	t.Parallel()
	known, used := map[string]Metric{}, map[string]bool{}
	for _, m := range Catalogue() {
		id := m.Namespace + " " + m.Name
		assert.NotContains(t, known, id, "listed once")
		known[id] = m
		assert.NotEmpty(t, m.Unit, id)
		assert.NotEmpty(t, m.Statistic, id)
		assert.True(t, strings.HasPrefix(m.Source, "https://docs.aws.amazon.com/"), id)
		assert.Equal(t, m.Namespace == "CWAgent" || m.Namespace == "AWS/AutoScaling" || m.Namespace == "ContainerInsights", m.Needs != "", id)
	}
	check := func(where, namespace, name string, dimensions []string) {
		id := namespace + " " + name
		used[id] = true
		if strings.HasPrefix(namespace, "Holdfast/") {
			return
		}
		if assert.Contains(t, known, id, where) {
			assert.ElementsMatch(t, known[id].Dimensions, dimensions, "%s: dimensions of %s", where, id)
		}
	}
	for _, args := range []*Args{targets(spec.Monitoring{}), connected(spec.Monitoring{})} {
		checkMetrics(t, watch(t, args), check)
	}
	for id := range known {
		assert.True(t, used[id], "%s is in the catalogue and nothing asks for it", id)
	}
}

// checkMetrics hands every metric that alarms and the dashboard ask for to check.
func checkMetrics(t *testing.T, r componenttest.Recording, check func(where, namespace, name string, dimensions []string)) {
	for name, a := range alarmsIn(r) {
		if metric := a.Inputs["metricName"]; metric.IsString() {
			check(name, a.Inputs["namespace"].StringValue(), metric.StringValue(), keysOf(a.Inputs["dimensions"]))
		}
		if a.Inputs["metricQueries"].IsArray() {
			for _, query := range a.Inputs["metricQueries"].ArrayValue() {
				if m := query.ObjectValue()["metric"]; m.IsObject() {
					o := m.ObjectValue()
					check(name, o["namespace"].StringValue(), o["metricName"].StringValue(), keysOf(o["dimensions"]))
				}
			}
		}
	}
	for _, w := range boardOf(t, r).Widgets {
		for _, series := range w.Properties.Metrics {
			if words := wordsOf(series); len(words) > 0 {
				var dimensions []string
				for i := 2; i < len(words); i += 2 {
					dimensions = append(dimensions, words[i])
				}
				check(w.Properties.Title, words[0], words[1], dimensions)
			}
		}
	}
}

func keysOf(object resource.PropertyValue) []string {
	if !object.IsObject() {
		return nil
	}
	var keys []string
	for key := range object.ObjectValue() {
		keys = append(keys, string(key))
	}
	return keys
}

// No other file of the component names a metric or a namespace of AWS's.
func TestOnlyTheCatalogueNamesMetrics(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, file := range files {
		if name := file.Name(); strings.HasSuffix(name, "_test.go") || name == "catalogue.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(node ast.Node) bool {
			literal, ok := node.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text := strings.Trim(literal.Value, "`\"")
			named := strings.HasPrefix(text, "AWS/") || text == "CWAgent" || text == "ContainerInsights" ||
				slices.ContainsFunc(Catalogue(), func(m Metric) bool { return m.Name == text })
			assert.False(t, named, "%s names %s", file.Name(), text)
			return true
		})
	}
}
