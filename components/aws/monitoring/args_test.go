package monitoring

import (
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

func TestBadArguments(t *testing.T) {
	t.Parallel()
	id := pulumi.String("x")
	own := func(change func(*OwnAlarm)) Args {
		o := OwnAlarm{Namespace: "Shop", Metric: "Orders", Description: "Nobody buys."}
		change(&o)
		return Args{OwnAlarms: map[string]OwnAlarm{"orders": o}}
	}
	many := pulumi.StringMap{}
	for i := range 31 {
		many[strings.Repeat("d", i+1)] = id
	}
	for name, c := range map[string]struct {
		args Args
		want string
	}{
		"load balancer": {Args{LoadBalancer: &LoadBalancer{Backends: []string{"a", "B", "a"}, MinHealthyHosts: -1}},
			"loadBalancer.minHealthyHosts: -1 is out of range; use 1 or more\nloadBalancer.metricName: is required\nloadBalancer.targetGroupMetricNames: is required\n" +
				"loadBalancer.backends.B: is not a name; use up to 40 lower-case letters, digits and hyphens between them\n" +
				`loadBalancer.backends: "a" is listed twice; list each backend once`},
		"objective of connections": {*connected(spec.Monitoring{Objective: spec.Objective{LatencyMilliseconds: 100}}),
			"objective: is one of requests, of which a load balancer of connections knows nothing; remove it"},
		"kubernetes": {Args{Kubernetes: map[string]Kubernetes{"main": {MaxNodes: -1}}},
			"kubernetes.main.clusterName: is required\nkubernetes.main.maxNodes: -1 is out of range; use 0 or more"},
		"two of a name": {Args{Clusters: map[string]Cluster{"main": {GroupName: id}}, Kubernetes: map[string]Kubernetes{"main": {ClusterName: id}}},
			"there would be two alarms called cpu-main; rename a target or an alarm of your own\n" +
				"there would be two alarms called memory-main; rename a target or an alarm of your own\n" +
				"there would be two alarms called disk-main; rename a target or an alarm of your own"},
		"cluster": {Args{Clusters: map[string]Cluster{"main": {}}}, "clusters.main.groupName: is required"},
		"database": {Args{Databases: map[string]Database{"main": {StorageGiB: -1, MaxConnections: -1, Replicas: map[string]pulumi.StringInput{"a": nil}}}},
			"databases.main.identifier: is required\ndatabases.main.replicas.a: is required\n" +
				"databases.main.storageGiB: -1 is out of range; use 1 or more\ndatabases.main.maxConnections: -1 is out of range; use 1 or more"},
		"cache": {Args{Caches: map[string]Cache{"main": {Members: 91}}},
			"caches.main.memberIds: is required\ncaches.main.members: 91 is out of range; use 1 to 90"},
		"NAT": {Args{NATGatewayIDs: map[string]pulumi.StringInput{"a_": nil}},
			"natGatewayIds.a_: is not a name; use up to 40 lower-case letters, digits and hyphens between them\nnatGatewayIds.a_: is required"},
		"vault":      {Args{VaultNames: map[string]pulumi.StringInput{"main": nil}}, "vaultNames.main: is required"},
		"own metric": {own(func(o *OwnAlarm) { o.Metric = "" }), "ownAlarms.orders: names no metric; set namespace and metric"},
		"own dimensions": {own(func(o *OwnAlarm) { o.Dimensions = many }),
			"ownAlarms.orders.dimensions: 31 are more than a metric has; use at most 30"},
		"own statistic": {own(func(o *OwnAlarm) { o.Statistic = "Mean" }),
			`ownAlarms.orders.statistic: "Mean" is not a statistic; use Average, Sum, Minimum, Maximum, SampleCount or for example p99`},
		"own period": {own(func(o *OwnAlarm) { o.PeriodSeconds = 90 }), "ownAlarms.orders.periodSeconds: 90 is not a period; use a multiple of 60"},
		"own day": {own(func(o *OwnAlarm) { o.Periods = 289 }),
			"ownAlarms.orders.periods: 289 is out of range; periods take a day at most, or seven if each is an hour or longer"},
		"own week": {own(func(o *OwnAlarm) { o.PeriodSeconds, o.Periods = 3600, 169 }),
			"ownAlarms.orders.periods: 169 is out of range; periods take a day at most, or seven if each is an hour or longer"},
		"own points": {own(func(o *OwnAlarm) { o.Points = 4 }), "ownAlarms.orders.points: 4 is out of range; use 1 to the number of periods, 3"},
		"own silence": {own(func(o *OwnAlarm) { o.Missing = "breaking" }),
			`ownAlarms.orders.missing: "breaking" is not a way to treat missing data; did you mean breaching? (use breaching, ignore, missing or notBreaching)`},
		"own description": {own(func(o *OwnAlarm) { o.Description = "" }),
			"ownAlarms.orders.description: must say, in up to 700 characters, what has happened and what to look at first"},
		"own severity": {own(func(o *OwnAlarm) { o.Severity = "high" }), `ownAlarms.orders.severity: "high" is not a severity; use critical or warning`},
		"webhook": {Args{Webhooks: map[string]Webhook{"x": {Severities: []spec.Severity{"warn"}}}},
			"webhooks.x.url: is required\nwebhooks.x.severities: \"warn\" is not a severity; use critical or warning"},
		"Slack": {Args{SlackChannels: map[string]SlackChannel{"a": {"T1", "C1", nil}, "b": {"T1", "C1", nil}, "c": {"team", "#ops", nil}}},
			"slackChannels.b.channelId: \"C1\" is the channel of a; AWS lets a channel be configured once\n" +
				"slackChannels.c.workspaceId: \"team\" is not the id of a workspace; use for example T07EA123LEP\n" +
				`slackChannels.c.channelId: "#ops" is not the id of a channel; use for example C07EZ1ABC23`},
		"topics": {Args{TopicARNs: map[spec.Severity]pulumi.StringInput{spec.Critical: id}, Webhooks: map[string]Webhook{"x": {URL: id}}},
			"topicArns.warning: is required when topics are given\n" +
				"topicArns: contradicts emails, webhooks and slackChannels: say who hears of alarms where the topics are made"},
		"retention": {Args{Monitoring: spec.Monitoring{Logs: map[string]spec.ApplicationLog{"shop": {RetentionDays: 31}}}},
			"logs.shop.retentionDays: 31 is not a period that CloudWatch Logs offers; the next longer one is 60 days"},
		"tag": {Args{Monitoring: spec.Monitoring{Tags: map[string]string{"aws:x": ""}}},
			`tags.aws:x: "aws:x" is reserved; use a key that does not start with aws:`},
		"same name": {Args{Clusters: map[string]Cluster{"main": {id}}, OwnAlarms: map[string]OwnAlarm{
			"cpu-main": {Namespace: "Shop", Metric: "CPU", Description: "Busy."}}},
			"there would be two alarms called cpu-main; rename a target or an alarm of your own"},
		"derived": {Args{LoadBalancer: targets(spec.Monitoring{}).LoadBalancer, Monitoring: spec.Monitoring{Alarms: map[string]spec.AlarmChange{
			"slo-fast": {Threshold: new(float64)}, "service-down": {Threshold: new(float64)}, "hosts-few": {Threshold: new(float64)}}}},
			"alarms.service-down.threshold: cannot be set: the alarm follows from others, or from the objective\n" +
				"alarms.slo-fast.threshold: cannot be set: the alarm follows from others, or from the objective"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.EqualError(t, c.args.Validate(), c.want)
			r, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
				_, err := New(ctx, "main", &c.args)
				return err
			})
			require.ErrorContains(t, err, "monitoring \"main\" is not valid:\n")
			assert.Empty(t, r.Resources, "nothing is registered")
		})
	}
	typo := targets(spec.Monitoring{Alarms: map[string]spec.AlarmChange{"cpu-mian": {}}})
	require.ErrorContains(t, typo.Validate(), "alarms.cpu-mian: there is no such alarm; did you mean cpu-main?")
}

// Changeable tells whose a change is: every instance's, one's alone, or nobody's.
func TestChangeable(t *testing.T) {
	t.Parallel()
	whole := targets(spec.Monitoring{})
	front, rest := &Args{LoadBalancer: whole.LoadBalancer}, *whole
	rest.LoadBalancer = nil
	for _, part := range []*Args{whole, front, &rest} {
		names := part.Changeable()
		assert.Subset(t, names, spec.AlarmKinds())
		assert.IsIncreasing(t, names)
		assert.NotContains(t, names, "service-down-errors", "it follows from others")
		for _, name := range names {
			part.Alarms = map[string]spec.AlarmChange{name: {}}
			assert.NoError(t, part.Validate())
		}
	}
	assert.Contains(t, front.Changeable(), "hosts-few-main")
	assert.NotContains(t, front.Changeable(), "cpu-main")
	assert.Contains(t, rest.Changeable(), "cpu-main")
	assert.NotContains(t, rest.Changeable(), "hosts-few-main")
	assert.ElementsMatch(t, spec.AlarmKinds(), (&Args{LoadBalancer: &LoadBalancer{}}).Changeable(), "of what is not valid, the kinds alone")
}

// Adding a target of any kind, before or after another, changes nothing about the others but the dashboard, which is
// changed in place.
func TestGrowthReplacesNothing(t *testing.T) {
	t.Parallel()
	before := watch(t, targets(spec.Monitoring{})).ByURN()
	grown := targets(spec.Monitoring{})
	for _, name := range []string{"a", "z"} {
		grown.Clusters[name] = Cluster{GroupName: pulumi.String("shop-" + name)}
		grown.Databases[name] = Database{Identifier: pulumi.String("shop-" + name)}
		grown.Databases["main"].Replicas[name+"0"] = pulumi.String("replica-" + name)
		grown.Caches[name] = Cache{MemberIDs: pulumi.ToStringArray([]string{"c-001", "c-002"})}
		grown.NATGatewayIDs[name+"1"] = pulumi.String("nat-" + name)
		grown.VaultNames[name] = pulumi.String("vault-" + name)
	}
	grown.Caches["main"] = Cache{MemberIDs: pulumi.ToStringArray([]string{"shop-003", "shop-002", "shop-001"}), Members: 3}
	grown.LoadBalancer.Backends = []string{"green", "main"}
	grown.OwnAlarms = map[string]OwnAlarm{"orders": {Namespace: "Shop", Metric: "Orders", Description: "Nobody buys."}}
	after := watch(t, grown).ByURN()
	for urn, old := range before {
		now, ok := after[urn]
		if !assert.True(t, ok, "%s is gone", urn) || old.Type == dashboardType {
			continue
		}
		if old.Name == "main-alarm-service-down" { // it now asks about both backends, changed in place
			now.Inputs = maps.Clone(now.Inputs)
			now.Inputs["alarmRule"] = old.Inputs["alarmRule"]
		}
		assert.Equal(t, old.Inputs, now.Inputs, "%s changed", urn)
	}
	assert.Greater(t, len(after), len(before)+30)
	name := func(r map[resource.URN]componenttest.Resource) string {
		for _, res := range r {
			if res.Type == dashboardType {
				return text(res, "dashboardName")
			}
		}
		return ""
	}
	assert.Equal(t, name(before), name(after))
}

// Identities that are not known yet, as in a preview of a new stack, change nothing about which alarms there are.
func TestPreview(t *testing.T) {
	t.Parallel()
	program := func(ctx *pulumi.Context) error {
		world, err := componenttest.NewWorld(ctx)
		if err != nil {
			return err
		}
		topic, err := world.Add(topicType, "unknown", pulumi.Map{"name": pulumi.String("x")})
		if err != nil {
			return err
		}
		args := targets(spec.Monitoring{})
		args.LoadBalancer.MetricName = topic.ARN
		args.LoadBalancer.TargetGroupMetricNames = pulumi.StringMap{"main": topic.ARN}.ToStringMapOutput()
		args.Caches["main"] = Cache{MemberIDs: pulumi.StringArray{topic.ARN, pulumi.Sprintf("%s-2", topic.ARN)}}
		args.Databases = nil
		_, err = New(ctx, "main", args)
		return err
	}
	applied, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), program)
	require.NoError(t, err)
	preview, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), program, componenttest.Preview)
	require.NoError(t, err)
	assert.Equal(t, applied.URNs(), preview.URNs())
	assert.Equal(t, "holdfast-test-main-errors", text(named(t, preview, alarmType, "main-alarm-errors"), "name"))
}

// full is everything that the component can make.
func full() *Args {
	args := targets(spec.Monitoring{
		Emails: map[string]spec.Email{"ops": {Address: "ops@example.com"}},
		Logs:   map[string]spec.ApplicationLog{"shop": {Counts: map[string]spec.LogCount{"errors": {Text: "ERROR"}}}},
	})
	args.Webhooks = map[string]Webhook{"pagerduty": {URL: pulumi.String("https://events.example.com/token")}}
	args.SlackChannels = map[string]SlackChannel{"ops": {WorkspaceID: "T1", ChannelID: "C1"}}
	return args
}

// Every output has its field's name, and none is forgotten.
func TestOutputs(t *testing.T) {
	t.Parallel()
	watch(t, full(), func(m *Monitoring) {
		componenttest.Outputs(t, m, m.outputs())
	})
}

func TestFailedLookUpAndName(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", nil)
		return err
	})
	require.ErrorContains(t, err, `monitoring "main": looking up the account`)
	_, err = componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		_, err := New(ctx, "", nil)
		return err
	})
	require.ErrorContains(t, err, "name")
}

// The kinds that package spec lists are those that there are.
func TestKinds(t *testing.T) {
	t.Parallel()
	var kinds []string
	for _, given := range []*Args{full(), connected(spec.Monitoring{})} {
		args := given.withDefaults()
		for _, a := range args.everyAlarm() {
			kinds = append(kinds, a.kind)
		}
		for _, c := range args.composites() {
			kinds = append(kinds, c.kind)
		}
	}
	assert.ElementsMatch(t, spec.AlarmKinds(), slices.Compact(slices.Sorted(slices.Values(kinds))))
}
