package cluster

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestPolicies(t *testing.T) {
	t.Parallel()
	r := run(t, Args{
		Cluster:           spec.Cluster{Scaling: spec.Scaling{CPUPercent: 55, MemoryPercent: 70, RequestsPerMinute: 1200, Forecast: spec.ForecastFollowed}},
		LoadBalancerLabel: pulumi.String("app/x/1/targetgroup/z/2"),
	})
	tracking := func(name string) resource.PropertyMap {
		policy := named(t, r, policyType, "main-"+name)
		assert.Equal(t, name, text(policy, "name"))
		assert.Equal(t, "holdfast-test-main", text(policy, "autoscalingGroupName"))
		return object(policy, "targetTrackingConfiguration")
	}
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"targetValue": 55, "predefinedMetricSpecification": map[string]any{"predefinedMetricType": "ASGAverageCPUUtilization"},
	}), tracking("cpu"))
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"targetValue": 70, "customizedMetricSpecification": map[string]any{
			"namespace": "CWAgent", "metricName": "mem_used_percent", "statistic": "Average",
			"metricDimensions": []any{map[string]any{"name": "AutoScalingGroupName", "value": "holdfast-test-main"}},
		},
	}), tracking("memory"))
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"targetValue": 1200, "predefinedMetricSpecification": map[string]any{
			"predefinedMetricType": "ALBRequestCountPerTarget", "resourceLabel": "app/x/1/targetgroup/z/2",
		},
	}), tracking("requests"))
	forecast := named(t, r, policyType, "main-forecast")
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"mode": "ForecastAndScale", "maxCapacityBreachBehavior": "HonorMaxCapacity", "schedulingBufferTime": "120",
		"metricSpecification": map[string]any{
			"targetValue": 55, "predefinedMetricPairSpecification": map[string]any{"predefinedMetricType": "ASGCPUUtilization"},
		},
	}), object(forecast, "predictiveScalingConfiguration"))
	for _, policy := range r.OfType(policyType) {
		assert.NotContains(t, []string{"SimpleScaling", "StepScaling"}, text(policy.Inputs, "policyType"), "these fight with targets")
	}
	slow := run(t, Args{Cluster: spec.Cluster{Scaling: spec.Scaling{WarmUpSeconds: 3600}}})
	assert.Equal(t, "3599", text(object(named(t, slow, policyType, "main-forecast"), "predictiveScalingConfiguration"), "schedulingBufferTime"),
		"less than the hour that a forecast is for")
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	cluster := spec.Cluster{Scaling: spec.Scaling{Schedules: map[string]spec.Schedule{
		"day": {Cron: "0 7 * * 1-5", TimeZone: "Europe/Berlin", Min: 6},
	}}}
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"scheduledActionName": "day", "autoscalingGroupName": "holdfast-test-main", "recurrence": "0 7 * * 1-5",
		"timeZone": "Europe/Berlin", "minSize": 6, "maxSize": -1, "desiredCapacity": -1,
	}), named(t, run(t, Args{Cluster: cluster}), scheduleType, "main-schedule-day"), "sizes left out would become 0")

	cluster.Standby = true
	r := run(t, Args{Cluster: cluster})
	assert.Empty(t, r.OfType(scheduleType), "a schedule would ask for more than the greatest size")
	assert.Equal(t, 0.0, named(t, r, groupType, "main-machines")["maxSize"].NumberValue())
}
