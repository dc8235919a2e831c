package aws

import (
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
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// whole is a platform with every part, each with its defaults.
func whole() platform.Spec {
	return platform.Spec{
		Cloud: "aws", Zone: "shop.example.com", Network: spec.Network{ZoneNames: []string{"us-east-1a", "us-east-1b", "us-east-1c"}},
		LoadBalancer: &spec.LoadBalancer{Domain: "shop.example.com"}, Cluster: &spec.Cluster{}, Database: &spec.Database{}, Cache: &spec.Cache{},
		Kubernetes: &spec.Kubernetes{}, Backup: &spec.Backup{}, Baseline: &spec.Baseline{},
		Monitoring: &spec.Monitoring{Emails: map[string]spec.Email{"ops": {Address: "ops@example.com"}}},
		Recovery:   &platform.Recovery{Region: "us-west-2", Standby: 2, DatabaseReplica: true}, DatabasePassword: "correct-horse-battery", Objectives: platform.Objectives{Availability: 99.8},
	}
}

// deploy deploys a platform to a simulated AWS, where Check must accept it, and returns what it registered and exported.
func deploy(t *testing.T, s platform.Spec) (r componenttest.Recording, exports map[string]pulumi.Input) {
	t.Helper()
	return deployIn(t, "us-east-1", s)
}

// deployIn deploys to a region.
func deployIn(t *testing.T, region string, s platform.Spec) (r componenttest.Recording, exports map[string]pulumi.Input) {
	t.Helper()
	require.NoError(t, Check(s, map[string]string{"aws:region": region}))
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, region), func(ctx *pulumi.Context) error {
		err := Deploy(ctx, s)
		exports = ctx.GetCurrentExportMap()
		return err
	})
	require.NoError(t, err)
	assertJudged(t, s, r)
	return r, exports
}

// assertJudged: Check has judged every component that was made, and no other.
func assertJudged(t *testing.T, s platform.Spec, r componenttest.Recording) {
	t.Helper()
	var judged, made []string
	for _, c := range newPlan("holdfast", "test", s).components() {
		judged = append(judged, "holdfast:aws:"+c.kind+" "+c.name)
	}
	for _, res := range r.Resources {
		if strings.HasPrefix(res.Type, "holdfast:aws:") {
			made = append(made, res.Type+" "+res.Name)
		}
	}
	assert.ElementsMatch(t, made, judged)
}

func TestWholePlatform(t *testing.T) {
	t.Parallel()
	r, exports := deploy(t, whole())
	for _, component := range []string{"Network", "LoadBalancer", "Cluster", "Cache", "Baseline"} {
		assert.Len(t, r.OfType("holdfast:aws:"+component), 2, "%s, one in each region", component)
	}
	for _, component := range []string{"Database", "Kubernetes", "Backup"} {
		assert.Len(t, r.OfType("holdfast:aws:"+component), 1, component)
	}
	assert.Len(t, r.OfType("holdfast:aws:Monitoring"), 5, "topics, before and behind the clusters, in the second region, and between the two")
	assert.ElementsMatch(t, []string{
		"zones", "vpcId", "vpcCidr", "publicSubnetIds", "privateSubnetIds", "dataSubnetIds", "natPublicIps", "flowLogGroupName",
		"trailArn", "trailBucketName", "trailLogGroupName", "trailKeyArn", "detectorId", "analyzerArn", "ciRoleArn", "securityTopicArn",
		"zoneId", "nameServers", "url", "loadBalancerDnsName", "alarmTopicArns", "clusterNames",
		"kubernetesClusterName", "kubeconfig", "databaseIdentifier", "databaseEndpoint", "databaseSecurityGroupId",
		"databaseKeyArn", "databaseReplicaArn", "databaseSecretArn", "databaseTopicArn", "cacheId", "cacheEndpoint", "cacheKeyArn", "backupVaultName",
		"backupKeyArn", "backupRestoreRoleArn", "dashboardUrl", "recoveryRegion", "recoveryVpcId", "recoveryDataSubnetIds", "recoveryLoadBalancerDnsName", "recoveryClusterName", "availability",
		"availabilityArithmetic", "rpoMinutes", "copyRpoMinutes", "rtoMinutes",
	}, slices.Collect(maps.Keys(exports)))
	assert.Contains(t, string(exports["availabilityArithmetic"].(pulumi.String)), "99.95 % (RDS, Multi-AZ)")

	// The two regions have each their own.
	for _, balancer := range r.OfType("aws:lb/loadBalancer:LoadBalancer") {
		there := strings.Contains(string(balancer.URN), "::recovery")
		assert.Equal(t, there, strings.Contains(balancer.Request.GetProvider(), "::recovery::"), balancer.URN)
	}
	// What the machines need to know, and may.
	parameter, ok := r.Named("aws:ssm/parameter:Parameter", "main-database/endpoint")
	require.True(t, ok)
	assert.Equal(t, "/holdfast/test/database/endpoint", parameter.Inputs["name"].StringValue())
	grant, ok := r.Named("aws:iam/rolePolicy:RolePolicy", "blue-data")
	require.True(t, ok)
	for _, action := range []string{"secretsmanager:GetSecretValue", "kms:Decrypt", "ssm:GetParameter"} {
		assert.Contains(t, grant.Inputs["policy"].StringValue(), action)
	}
	assert.NotContains(t, grant.Inputs["policy"].StringValue(), `"*"`)
	// Who hears of alarms hears of everything.
	heard := map[string]bool{}
	for _, subscription := range r.OfType("aws:sns/topicSubscription:TopicSubscription") {
		assert.Equal(t, "ops@example.com", subscription.Inputs["endpoint"].StringValue())
		heard[subscription.Parent.QualifiedType().Name().String()+" "+subscription.Parent.Name()] = true
	}
	assert.Equal(t, map[string]bool{"Monitoring topics": true, "Monitoring recovery": true, "Backup main": true, "Baseline main": true, "Baseline recovery": true, "Database main": true}, heard)
	// The vault finds what it is to save.
	instance := r.OfType("aws:rds/instance:Instance")[0]
	assert.Equal(t, "database", instance.Inputs["tags"].ObjectValue()[spec.BackupTagKey].StringValue())
	for _, template := range r.OfType("aws:ec2/launchTemplate:LaunchTemplate") {
		for _, specification := range template.Inputs["tagSpecifications"].ArrayValue() {
			assert.NotContains(t, specification.ObjectValue()["tags"].ObjectValue(), resource.PropertyKey(spec.BackupTagKey), "machines come and go")
		}
	}
}

// A change to an alarm reaches the instance that has the alarm, in whichever region, and no other alarm.
func TestChangesToAlarms(t *testing.T) {
	t.Parallel()
	alarms := func(changes map[string]spec.AlarmChange) (names []string) {
		s := whole()
		s.Monitoring.Alarms = changes
		r, _ := deploy(t, s)
		for _, a := range r.OfType("aws:cloudwatch/metricAlarm:MetricAlarm") {
			names = append(names, a.Name)
		}
		return names
	}
	off := spec.AlarmChange{Disabled: true}
	all := alarms(nil)
	left := alarms(map[string]spec.AlarmChange{"hosts-few-blue": off, "cpu-blue": off, "cpu-main": off, "latency": off})
	assert.Subset(t, all, left)
	gone := slices.DeleteFunc(all, func(name string) bool { return slices.Contains(left, name) })
	assert.ElementsMatch(t, []string{
		"front-alarm-hosts-few-blue", "front-alarm-latency", "main-alarm-cpu-blue", "recovery-alarm-cpu-main", "recovery-alarm-latency",
	}, gone)
}

// A load balancer of connections is watched by its own metrics: those of requests would never be reported, and alarms on
// them go off for good.
func TestConnections(t *testing.T) {
	t.Parallel()
	s := platform.Spec{
		Cloud: "aws", Network: spec.Network{ZoneNames: []string{"us-east-1a", "us-east-1b", "us-east-1c"}},
		LoadBalancer: &spec.LoadBalancer{TCP: true, Unencrypted: true, Firewall: spec.Firewall{Disabled: true}},
		Cluster:      &spec.Cluster{}, Monitoring: &spec.Monitoring{},
	}
	r, _ := deploy(t, s)
	watched := 0
	for _, a := range r.OfType("aws:cloudwatch/metricAlarm:MetricAlarm") {
		text := fmt.Sprint(a.Inputs.Mappable())
		assert.NotContains(t, text, "AWS/ApplicationELB", a.Name)
		if strings.Contains(text, "AWS/NetworkELB") {
			watched++
			assert.Contains(t, text, "net/", a.Name)
		}
	}
	assert.Equal(t, 7, watched)
	group, ok := r.Named("aws:autoscaling/group:Group", "blue-machines")
	require.True(t, ok)
	assert.Contains(t, group.Inputs["instanceRefresh"].String(), "front-errors", "a rollout turns back on an alarm that there is")
	for _, board := range r.OfType("aws:cloudwatch/dashboard:Dashboard") {
		assert.NotContains(t, board.Inputs["dashboardBody"].StringValue(), "ApplicationELB")
	}
}

// A platform of Kubernetes alone is watched: its nodes, by what runs on them.
func TestKubernetesIsWatched(t *testing.T) {
	t.Parallel()
	s := platform.Spec{
		Cloud: "aws", Network: spec.Network{ZoneNames: []string{"us-east-1a", "us-east-1b", "us-east-1c"}},
		Kubernetes: &spec.Kubernetes{}, Monitoring: &spec.Monitoring{},
	}
	r, _ := deploy(t, s)
	cluster := r.OfType("aws:eks/cluster:Cluster")[0].Inputs["name"].StringValue()
	failed, ok := r.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "main-alarm-nodes-failed-kubernetes")
	require.True(t, ok)
	assert.Equal(t, cluster, failed.Inputs["dimensions"].ObjectValue()["ClusterName"].StringValue())
	capacity, ok := r.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "main-alarm-capacity-kubernetes")
	require.True(t, ok)
	assert.Contains(t, capacity.Inputs["metricQueries"].String(), "100 * size / 9")
	assert.Len(t, r.OfType("aws:eks/nodeGroup:NodeGroup"), 3, "one in each zone")

	s.Kubernetes.Pools = map[string]spec.NodePool{"main": {Min: 4, Max: 4}}
	r, _ = deploy(t, s)
	_, ok = r.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "main-alarm-capacity-kubernetes")
	assert.False(t, ok, "what cannot grow has no limit to reach")
}

// Every part can be had without the others. It leaves the network as it is, and shows no password.
func TestPartsStandAlone(t *testing.T) {
	t.Parallel()
	parts := map[string]func(s *platform.Spec){
		"cluster":    func(s *platform.Spec) { s.Cluster = &spec.Cluster{} },
		"database":   func(s *platform.Spec) { s.Database = &spec.Database{} },
		"cache":      func(s *platform.Spec) { s.Cache = &spec.Cache{} },
		"kubernetes": func(s *platform.Spec) { s.Kubernetes = &spec.Kubernetes{} },
		"backup":     func(s *platform.Spec) { s.Backup = &spec.Backup{} },
		"baseline":   func(s *platform.Spec) { s.Baseline = &spec.Baseline{} },
		"balancer": func(s *platform.Spec) {
			s.Cluster, s.LoadBalancer, s.Monitoring = &spec.Cluster{}, &spec.LoadBalancer{Unencrypted: true}, &spec.Monitoring{}
		},
		"watched database": func(s *platform.Spec) {
			s.Database = &spec.Database{Standby: spec.StandbyReadable}
			s.Monitoring, s.Network.NAT = &spec.Monitoring{}, spec.NATOne
		},
		"watched shards": func(s *platform.Spec) {
			s.Cache = &spec.Cache{Shards: 3, MaxShards: 6}
			s.Monitoring, s.Network.NAT = &spec.Monitoring{}, spec.NATOne
		},
		"watched vault": func(s *platform.Spec) {
			s.Backup, s.Monitoring, s.Network.NAT = &spec.Backup{}, &spec.Monitoring{}, spec.NATNone
		},
		"recovery": func(s *platform.Spec) { s.Recovery = &platform.Recovery{Region: "us-west-2"} },
		"copied database": func(s *platform.Spec) {
			s.Database, s.DatabasePassword = &spec.Database{}, "correct-horse-battery"
			s.Recovery = &platform.Recovery{Region: "us-west-2", DatabaseReplica: true}
		},
		"cold standby": func(s *platform.Spec) {
			s.Cluster, s.LoadBalancer = &spec.Cluster{}, &spec.LoadBalancer{Unencrypted: true, Internal: true}
			s.Recovery = &platform.Recovery{Region: "us-west-2"}
		},
	}
	for name, add := range parts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := platform.Spec{Cloud: "aws", Network: spec.Network{ZoneNames: []string{"us-east-1a", "us-east-1b", "us-east-1c"}}, Objectives: platform.Objectives{Availability: 99}}
			add(&s)
			r, exports := deploy(t, s)
			bare, without := deploy(t, platform.Spec{Cloud: "aws", Network: s.Network, Objectives: s.Objectives})
			assert.GreaterOrEqual(t, len(exports), len(without))
			assert.Greater(t, len(r.Resources), len(bare.Resources))
			now := r.ByURN()
			for _, res := range bare.Resources {
				for key, value := range res.Inputs {
					if key != "tags" { // Kubernetes finds its subnets by tags
						assert.Equal(t, value, now[res.URN].Inputs[key], "%s of %s", key, res.URN)
					}
				}
			}
			for _, res := range r.Resources {
				for key, value := range res.Inputs {
					assert.False(t, leaks(value), "%s of %s holds the password in plain text", key, res.URN)
				}
			}
		})
	}
}

// Whoever hears of alarms hears of the database's events, in both of its regions, unless it names others or nobody.
func TestWhoHearsOfTheDatabase(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*platform.Spec)
		want   []string // the topics, and who is told by the database's own
	}{
		"copied":               {func(*platform.Spec) {}, []string{"main-dr-events", "topics-warning", "ops@example.com"}},
		"not copied":           {notCopied, []string{"topics-warning"}},
		"nothing at the front": {func(s *platform.Spec) { s.LoadBalancer = nil; notCopied(s) }, []string{"topics-warning"}},
		"others": {func(s *platform.Spec) {
			s.Database.Notifications.Emails = map[string]string{"dba": "dba@example.com"}
			notCopied(s)
		}, []string{"main-events", "dba@example.com"}},
		"nobody": {func(s *platform.Spec) { s.Database.Notifications.Disabled = true }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := whole()
			test.change(&s)
			r, _ := deploy(t, s)
			told := map[string]bool{}
			for _, events := range r.OfType("aws:rds/eventSubscription:EventSubscription") {
				_, topic, _ := strings.Cut(events.Inputs["snsTopic"].StringValue(), "holdfast-test-")
				told[topic] = true
			}
			for _, subscription := range r.OfType("aws:sns/topicSubscription:TopicSubscription") {
				if subscription.Parent.QualifiedType().Name() == "Database" {
					told[subscription.Inputs["endpoint"].StringValue()] = true
				}
			}
			assert.ElementsMatch(t, test.want, slices.Collect(maps.Keys(told)))
		})
	}
}

// notCopied leaves the database of the whole platform in its region.
func notCopied(s *platform.Spec) {
	s.DatabasePassword, s.Recovery.DatabaseReplica, s.Recovery.FailoverWithoutData = "", false, s.LoadBalancer != nil
}

// leaks tells whether a value that is not marked as a secret holds the password of the tests.
func leaks(value resource.PropertyValue) bool {
	switch {
	case value.IsString():
		return strings.Contains(value.StringValue(), "correct-horse-battery")
	case value.IsObject():
		for _, element := range value.ObjectValue() {
			if leaks(element) {
				return true
			}
		}
	case value.IsArray():
		return slices.ContainsFunc(value.ArrayValue(), leaks)
	}
	return false
}

// Whichever part cannot be made, Deploy says which and stops.
func TestWhicheverPartFails(t *testing.T) {
	t.Parallel()
	s := whole()
	s.Administrators = map[string]string{}
	r, _ := deploy(t, s)
	firsts := map[string]string{} // the first child of each part, and what belongs to the stack itself
	for _, res := range r.Resources {
		if res.Parent.Name() == "holdfast-test" {
			firsts[res.Type+" "+res.Name] = res.Name
		}
	}
	require.Greater(t, len(firsts), 18)
	for part := range firsts {
		t.Run(part, func(t *testing.T) {
			t.Parallel()
			_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
				var stranger pulumi.ResourceState
				if err := ctx.RegisterComponentResource("test:index:Stranger", "stranger", &stranger); err != nil {
					return err
				}
				err := ctx.RegisterStackTransformation(func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
					opts := args.Opts
					if args.Type+" "+args.Name == part {
						opts = append(opts, pulumi.Parent(&stranger)) // which Pulumi refuses
					}
					return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: opts}
				})
				if err != nil {
					return err
				}
				err = Deploy(ctx, s)
				assert.ErrorContains(t, err, "parent")
				return err
			})
			require.Error(t, err)
		})
	}
}

// The vault backs the database up by a plan of its own, which leaves out what comes into the database's windows.
func TestVaultOfTheDatabase(t *testing.T) {
	t.Parallel()
	own := map[string]spec.BackupPlan{"database": {Rules: map[string]spec.BackupRule{"noon": {Schedule: "0 12 * * *", RetentionDays: 14}}}}
	hourly := map[string]spec.BackupRule{"daily": {Disabled: true}, "weekly": {Disabled: true}, "monthly": {Disabled: true}}
	for name, test := range map[string]struct {
		backup spec.Backup
		rules  []string // nil for no plan
	}{
		"standard":     {spec.Backup{}, []string{"daily", "monthly", "weekly"}},
		"another rule": {spec.Backup{Rules: map[string]spec.BackupRule{"noon": {Schedule: "0 12 * * *", RetentionDays: 14}}}, []string{"daily", "monthly", "noon", "weekly"}},
		"its own":      {spec.Backup{Plans: own}, []string{"noon"}},
		"none":         {spec.Backup{Rules: hourly}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := deploy(t, platform.Spec{Network: spec.Network{Zones: 2}, Cluster: &spec.Cluster{}, Database: &spec.Database{}, Backup: &test.backup})
			server := named(t, r, "aws:rds/instance:Instance", "main-server")
			groups := r.OfType("aws:autoscaling/group:Group")
			require.Len(t, groups, 1)
			assert.Contains(t, groups[0].Inputs["tags"].String(), "{true}", "machines are in the main plan")
			plan, made := r.Named("aws:backup/plan:Plan", "main-plan-database")
			tag := server.Inputs["tags"].ObjectValue()["Backup"]
			if test.rules == nil {
				assert.False(t, made)
				assert.Len(t, r.OfType("aws:backup/restoreTestingSelection:RestoreTestingSelection"), 3, "there is nothing to restore")
				assert.True(t, tag.IsNull(), "the database has no place in the vault")
				return
			}
			require.True(t, made)
			assert.Equal(t, "database", tag.StringValue())
			var rules []string
			for _, rule := range plan.Inputs["rules"].ArrayValue() {
				rules = append(rules, rule.ObjectValue()["ruleName"].StringValue())
			}
			assert.Equal(t, test.rules, rules)
			tested := named(t, r, "aws:backup/restoreTestingSelection:RestoreTestingSelection", "main-restore-tests-RDS")
			subnets := named(t, r, "aws:rds/subnetGroup:SubnetGroup", "main-database")
			assert.Equal(t, map[string]any{
				"dbSubnetGroupName":   subnets.Inputs["name"].StringValue(),
				"vpcSecurityGroupIds": `["` + server.Inputs["vpcSecurityGroupIds"].ArrayValue()[0].StringValue() + `"]`,
			}, tested.Inputs["restoreMetadataOverrides"].Mappable(), "beside the database")
			selection := named(t, r, "aws:backup/selection:Selection", "main-tagged-database")
			assert.Contains(t, selection.Inputs["selectionTags"].String(), "{database}")
		})
	}
}
