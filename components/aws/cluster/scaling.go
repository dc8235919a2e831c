package cluster

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// unchanged is the provider's sign for a size that a scheduled action leaves alone; without it, the size would become 0.
const unchanged = -1

// longestBuffer is how many seconds ahead of the forecast machines may start: less than the hour that a forecast is for
// (Auto Scaling API, PredictiveScalingConfiguration, SchedulingBufferTime).
const longestBuffer = 3599

// createPolicies makes a policy for every target. Auto Scaling grows the group when one of them asks for it and shrinks it
// when all agree (Auto Scaling User Guide, "Target tracking scaling policies"), so they cannot fight.
func (b *builder) createPolicies() error {
	scaling := b.args.Scaling
	err := b.track("cpu", &autoscaling.PolicyTargetTrackingConfigurationArgs{
		TargetValue: pulumi.Float64(scaling.CPUPercent),
		PredefinedMetricSpecification: &autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs{
			PredefinedMetricType: pulumi.String("ASGAverageCPUUtilization"),
		},
	})
	if err == nil && scaling.MemoryPercent != 0 {
		err = b.track("memory", &autoscaling.PolicyTargetTrackingConfigurationArgs{
			TargetValue: pulumi.Float64(scaling.MemoryPercent),
			CustomizedMetricSpecification: &autoscaling.PolicyTargetTrackingConfigurationCustomizedMetricSpecificationArgs{
				Namespace:  pulumi.String(metricNamespace),
				MetricName: pulumi.String(memoryMetric),
				Statistic:  pulumi.String("Average"),
				MetricDimensions: autoscaling.PolicyTargetTrackingConfigurationCustomizedMetricSpecificationMetricDimensionArray{
					&autoscaling.PolicyTargetTrackingConfigurationCustomizedMetricSpecificationMetricDimensionArgs{
						Name: pulumi.String(groupDimension), Value: b.group.Name,
					},
				},
			},
		})
	}
	if err == nil && scaling.RequestsPerMinute != 0 {
		err = b.track("requests", &autoscaling.PolicyTargetTrackingConfigurationArgs{
			TargetValue: pulumi.Float64(scaling.RequestsPerMinute),
			PredefinedMetricSpecification: &autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs{
				PredefinedMetricType: pulumi.String("ALBRequestCountPerTarget"),
				ResourceLabel:        b.args.LoadBalancerLabel.ToStringOutput(),
			},
		})
	}
	if err == nil && scaling.Forecast != spec.ForecastNone {
		err = b.forecast()
	}
	return err
}

func (b *builder) track(name string, target *autoscaling.PolicyTargetTrackingConfigurationArgs) error {
	return b.policyOf(name, "TargetTrackingScaling", func(args *autoscaling.PolicyArgs) { args.TargetTrackingConfiguration = target })
}

// forecast looks ahead two days at the load on the processors. It never shrinks the group, and keeps to its greatest size.
func (b *builder) forecast() error {
	mode := "ForecastOnly"
	if b.args.Scaling.Forecast == spec.ForecastFollowed {
		mode = "ForecastAndScale"
	}
	return b.policyOf("forecast", "PredictiveScaling", func(args *autoscaling.PolicyArgs) {
		args.PredictiveScalingConfiguration = &autoscaling.PolicyPredictiveScalingConfigurationArgs{
			Mode:                      pulumi.String(mode),
			MaxCapacityBreachBehavior: pulumi.String("HonorMaxCapacity"),
			SchedulingBufferTime:      digits(min(b.args.Scaling.WarmUpSeconds, longestBuffer)),
			MetricSpecification: &autoscaling.PolicyPredictiveScalingConfigurationMetricSpecificationArgs{
				TargetValue: pulumi.Float64(b.args.Scaling.CPUPercent),
				PredefinedMetricPairSpecification: &autoscaling.PolicyPredictiveScalingConfigurationMetricSpecificationPredefinedMetricPairSpecificationArgs{
					PredefinedMetricType: pulumi.String("ASGCPUUtilization"),
				},
			},
		}
	})
}

func (b *builder) policyOf(name, kind string, set func(*autoscaling.PolicyArgs)) error {
	args := &autoscaling.PolicyArgs{
		Name: pulumi.String(name), AutoscalingGroupName: b.group.Name, PolicyType: pulumi.String(kind),
	}
	set(args)
	_, err := autoscaling.NewPolicy(b.Ctx, b.Child(name), args, b.Options()...)
	return err
}

// createSchedules makes the scheduled changes of the group's least size. A cluster on standby has none: they would ask for
// more than its greatest size, which is 0.
func (b *builder) createSchedules() error {
	if b.args.Standby {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(b.args.Scaling.Schedules)) {
		schedule := b.args.Scaling.Schedules[name]
		if _, err := autoscaling.NewSchedule(b.Ctx, b.Child("schedule", name), &autoscaling.ScheduleArgs{
			ScheduledActionName:  pulumi.String(name),
			AutoscalingGroupName: b.group.Name,
			Recurrence:           pulumi.String(schedule.Cron),
			TimeZone:             pulumi.String(schedule.TimeZone),
			MinSize:              pulumi.Int(schedule.Min),
			MaxSize:              pulumi.Int(unchanged),
			DesiredCapacity:      pulumi.Int(unchanged),
		}, b.Options()...); err != nil {
			return err
		}
	}
	return nil
}
