package monitoring_test

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The least that is worth watching: what users get, and somebody who hears of it.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		m, err := monitoring.New(ctx, "main", &monitoring.Args{
			Monitoring: spec.Monitoring{Emails: map[string]spec.Email{"ops": {Address: "ops@example.com"}}},
			LoadBalancer: &monitoring.LoadBalancer{
				MetricName:             pulumi.String("app/main/50dc6c495c0c9188"),
				TargetGroupMetricNames: pulumi.StringMap{"main": pulumi.String("targetgroup/main/73e2d6bc24d8a067")},
			},
		})
		if err != nil {
			return err
		}
		m.RollbackAlarmNames.ApplyT(func(names []string) int {
			fmt.Println(names)
			return 0
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("eu-west-1")))
	if err != nil {
		panic(err)
	}
	// Output: [shop-dev-main-errors shop-dev-main-latency]
}

// A stricter objective, another threshold, an alarm of one's own, and an incident service that is paged.
func ExampleNew_options() {
	eighty := 80.0
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		m, err := monitoring.New(ctx, "main", &monitoring.Args{
			Monitoring: spec.Monitoring{
				Objective:  spec.Objective{AvailabilityPercent: 99.95, LatencyMilliseconds: 300},
				Alarms:     map[string]spec.AlarmChange{"database-cpu": {Threshold: &eighty, Severity: spec.Critical}},
				RunbookURL: "https://wiki.example.com/runbook",
			},
			Databases: map[string]monitoring.Database{
				"orders": {Identifier: pulumi.String("shop-orders"), StorageGiB: 500, MaxConnections: 900},
			},
			OwnAlarms: map[string]monitoring.OwnAlarm{
				"queue": {
					Namespace: "AWS/SQS", Metric: "ApproximateAgeOfOldestMessage", Statistic: "Maximum",
					Dimensions: pulumi.StringMap{"QueueName": pulumi.String("orders")}, Threshold: 600,
					Description: "Orders wait for more than ten minutes. Look at the workers.",
				},
			},
			Webhooks: map[string]monitoring.Webhook{
				"pagerduty": {
					URL: pulumi.String("https://events.example.com/integration/token/enqueue"), ConfirmsItself: true,
					Severities: []spec.Severity{spec.Critical},
				},
			},
		})
		if err != nil {
			return err
		}
		m.AlarmNames.ApplyT(func(names map[string]string) int {
			fmt.Println(slices.Sorted(maps.Keys(names)))
			return 0
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("eu-west-1")))
	if err != nil {
		panic(err)
	}
	// Output: [database-connections-orders database-cpu-orders database-memory-orders database-storage-orders queue]
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := monitoring.Args{
		Monitoring: spec.Monitoring{Objective: spec.Objective{AvailabilityPercent: 100}},
		Clusters:   map[string]monitoring.Cluster{"main": {}},
	}
	fmt.Println(args.Validate())
	// Output:
	// objective.availabilityPercent: 100 is out of range; use 95 to 99.999 percent
	// clusters.main.groupName: is required
}
