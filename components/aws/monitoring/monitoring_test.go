package monitoring

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The types of the children that tests look for.
const (
	alarmType     = "aws:cloudwatch/metricAlarm:MetricAlarm"
	compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
	dashboardType = "aws:cloudwatch/dashboard:Dashboard"
	filterType    = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	logGroupType  = "aws:cloudwatch/logGroup:LogGroup"
	topicType     = "aws:sns/topic:Topic"
	policyType    = "aws:sns/topicPolicy:TopicPolicy"
	subscribeType = "aws:sns/topicSubscription:TopicSubscription"
	keyType       = "aws:kms/key:Key"
	aliasType     = "aws:kms/alias:Alias"
	chatType      = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"
)

// targets is something of everything that can be watched.
func targets(m spec.Monitoring) *Args {
	return &Args{
		Monitoring: m,
		LoadBalancer: &LoadBalancer{
			MetricName: pulumi.String("app/main/50dc6c495c0c9188"),
			TargetGroupMetricNames: pulumi.StringMap{
				"main": pulumi.String("targetgroup/main/73e2d6bc24d8a067"), "green": pulumi.String("targetgroup/green/73e2d6bc24d8a068"),
			},
		},
		Clusters:   map[string]Cluster{"main": {GroupName: pulumi.String("shop-main")}},
		Kubernetes: map[string]Kubernetes{"pods": {ClusterName: pulumi.String("shop-pods"), MaxNodes: 9}},
		Databases: map[string]Database{"main": {
			Identifier: pulumi.String("shop-main"), LogGroupName: pulumi.String("/aws/rds/instance/shop-main/postgresql"),
			Replicas: map[string]pulumi.StringInput{"a": pulumi.String("shop-replica-a")},
		}},
		Caches:        map[string]Cache{"main": {MemberIDs: pulumi.ToStringArray([]string{"shop-002", "shop-001"})}},
		NATGatewayIDs: map[string]pulumi.StringInput{"a": pulumi.String("nat-0123456789abcdef0")},
		VaultNames:    map[string]pulumi.StringInput{"main": pulumi.String("shop")},
	}
}

// create creates a monitoring of all targets, and first the log group that a database would export its log to.
func create(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Monitoring, error) {
	for database, db := range args.Databases {
		if db.LogGroupName == nil {
			continue
		}
		world, err := componenttest.NewWorld(ctx)
		if err != nil {
			return nil, err
		}
		group, err := world.Add(logGroupType, "log-"+database, pulumi.Map{"name": db.LogGroupName})
		if err != nil {
			return nil, err
		}
		db.LogGroupName = pulumi.All(db.LogGroupName, group.URN()).ApplyT(func(known []any) string {
			return known[0].(string)
		}).(pulumi.StringOutput)
		args.Databases[database] = db
	}
	return New(ctx, name, args, opts...)
}

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.Monitoring(t, componenttest.MonitoringDriver{
		Driver: componenttest.AWS("monitoring", Token,
			func(ctx *pulumi.Context, name string, m spec.Monitoring, opts ...pulumi.ResourceOption) error {
				args := full()
				args.Monitoring, args.Caches, args.NATGatewayIDs, args.VaultNames = m, nil, nil, nil
				_, err := create(ctx, name, args, opts...)
				return err
			}, policyType, subscribeType, aliasType, dashboardType, filterType, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
		AlarmTypes:    []string{alarmType, compositeType},
		DashboardType: dashboardType, RouteType: topicType, RecipientType: subscribeType, LogType: logGroupType,
		AlarmName: func(r componenttest.Resource) string { return r.Name[len("main-alarm-"):] },
		Threshold: func(r componenttest.Resource) float64 { return r.Inputs["threshold"].NumberValue() },
		Notifies: func(r componenttest.Resource) bool {
			actions := r.Inputs["alarmActions"]
			return actions.IsArray() && len(actions.ArrayValue()) > 0
		},
		Retention: func(r componenttest.Resource) int { return int(r.Inputs["retentionInDays"].NumberValue()) },
		Encrypted: func(r componenttest.Resource) bool {
			for _, key := range []resource.PropertyKey{"kmsMasterKeyId", "kmsKeyId"} {
				if r.Inputs[key].IsString() && r.Inputs[key].StringValue() != "" {
					return true
				}
			}
			return false
		},
	})
}

// watch runs a program with one monitoring on the simulated AWS and returns what it registered.
func watch(t *testing.T, args *Args, check ...func(*Monitoring)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		m, err := create(ctx, "main", args)
		for _, c := range check {
			c(m)
		}
		return err
	})
	require.NoError(t, err)
	return r
}
