package cluster

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestGroup(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Cluster: spec.Cluster{Tags: map[string]string{"team": "shop"}}})
	group := named(t, r, groupType, "main-machines")
	assert.Equal(t, "holdfast-test-main", text(group, "name"))
	assert.Len(t, group["vpcZoneIdentifiers"].ArrayValue(), 3)
	assert.Equal(t, "EC2", text(group, "healthCheckType"))
	assert.Equal(t, 300.0, group["healthCheckGracePeriod"].NumberValue())
	assert.Equal(t, 120.0, group["defaultInstanceWarmup"].NumberValue())
	assert.Equal(t, 0.0, group["maxInstanceLifetime"].NumberValue())
	assert.False(t, group["protectFromScaleIn"].BoolValue())
	assert.False(t, group["capacityRebalance"].BoolValue())
	assert.Equal(t, "15m", text(group, "waitForCapacityTimeout"))
	assert.NotContains(t, group, resource.PropertyKey("minElbCapacity"))
	assert.NotContains(t, group, resource.PropertyKey("desiredCapacity"), "scaling decides")
	assert.NotContains(t, group, resource.PropertyKey("warmPool"))
	assert.Contains(t, text(group, "serviceLinkedRoleArn"), "AWSServiceRoleForAutoScaling_holdfast-test-main")
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{"minHealthyPercentage": 100, "maxHealthyPercentage": 125}),
		group["instanceMaintenancePolicy"].ObjectValue(), "new machines start before old ones stop")
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"strategy": "Rolling",
		"preferences": map[string]any{
			"minHealthyPercentage": 100, "maxHealthyPercentage": 125, "instanceWarmup": "120",
			"checkpointPercentages": []any{10, 50, 100}, "checkpointDelay": "300",
			"skipMatching": true, "autoRollback": true, "scaleInProtectedInstances": "Refresh", "standbyInstances": "Ignore",
		},
	}), group["instanceRefresh"].ObjectValue())
	assert.Equal(t, "balanced-best-effort", text(object(group, "availabilityZoneDistribution"), "capacityDistributionStrategy"))
	assert.Contains(t, group["enabledMetrics"].String(), "GroupInServiceInstances")
	for _, tag := range group["tags"].ArrayValue() {
		assert.True(t, tag.ObjectValue()["propagateAtLaunch"].BoolValue())
	}
	created, _ := r.Named(groupType, "main-machines")
	assert.Equal(t, []string{"initialLifecycleHooks"}, created.Request.GetIgnoreChanges(), "changing them would replace the group")
	assert.Equal(t, "20m", created.Request.GetCustomTimeouts().GetDelete())
	for _, needed := range []string{attachType + "::main-machines-ssm", inlineType + "::main-machines", egressType + "::main-to-https", logGroupType + "::main-logs"} {
		assert.Contains(t, dependencies(created), needed, "machines need it as they start")
	}
}

// dependencies returns the types and names of what a resource was created after.
func dependencies(r componenttest.Resource) []string {
	var found []string
	for _, urn := range r.Request.GetDependencies() {
		found = append(found, string(resource.URN(urn).Type())+"::"+resource.URN(urn).Name())
	}
	return found
}

func TestGroupOptions(t *testing.T) {
	t.Parallel()
	r := runOn(t, imageCloud("/dev/xvda"), Args{
		Cluster: spec.Cluster{
			Start: 5, MaxAgeDays: 30, Machine: spec.Machine{Types: []string{"m7i.large", "m6i.large"}}, Spot: spec.Spot{Percent: 40, Base: 2},
			Rollout: spec.Rollout{SurgePercent: 100},
		},
		TargetGroupARNs:     pulumi.ToStringArray([]string{"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/1"}),
		RollbackAlarmNames:  pulumi.ToStringArray([]string{"errors"}),
		TerminationPolicies: []string{"OldestInstance"}, ProtectFromScaleIn: true, BalanceStrictly: true, WaitMinutes: 30,
	})
	group := named(t, r, groupType, "main-machines")
	assert.Equal(t, "ELB", text(group, "healthCheckType"))
	assert.Equal(t, 3.0, group["minElbCapacity"].NumberValue())
	assert.Len(t, group["targetGroupArns"].ArrayValue(), 1)
	assert.Equal(t, 5.0, group["desiredCapacity"].NumberValue())
	created, _ := r.Named(groupType, "main-machines")
	assert.Equal(t, []string{"initialLifecycleHooks", "desiredCapacity"}, created.Request.GetIgnoreChanges(), "scaling decides from then on")
	assert.Equal(t, 2_592_000.0, group["maxInstanceLifetime"].NumberValue())
	assert.Equal(t, "30m", text(group, "waitForCapacityTimeout"))
	assert.Equal(t, "balanced-only", text(object(group, "availabilityZoneDistribution"), "capacityDistributionStrategy"))
	assert.True(t, group["protectFromScaleIn"].BoolValue())
	assert.True(t, group["capacityRebalance"].BoolValue())
	assert.Equal(t, "OldestInstance", group["terminationPolicies"].ArrayValue()[0].StringValue())
	preferences := object(group, "instanceRefresh", "preferences")
	assert.Equal(t, 200.0, preferences["maxHealthyPercentage"].NumberValue())
	assert.Equal(t, "errors", preferences["alarmSpecification"].ObjectValue()["alarms"].ArrayValue()[0].StringValue())
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"onDemandAllocationStrategy": "prioritized", "onDemandBaseCapacity": 2, "onDemandPercentageAboveBaseCapacity": 60,
		"spotAllocationStrategy": "price-capacity-optimized",
	}), object(group, "mixedInstancesPolicy", "instancesDistribution"))
	overrides := object(group, "mixedInstancesPolicy", "launchTemplate")["overrides"].ArrayValue()
	require.Len(t, overrides, 2)
	assert.Equal(t, "m7i.large", text(overrides[0].ObjectValue(), "instanceType"), "the best first")
}

func TestWaitDisabled(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "0", text(named(t, run(t, Args{WaitDisabled: true}), groupType, "main-machines"), "waitForCapacityTimeout"))
}

func TestSizesOfMachines(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Cluster: spec.Cluster{Machine: spec.Machine{VCPUs: 4, MemoryGiB: 32}}})
	group := named(t, r, groupType, "main-machines")
	assert.Equal(t, "lowest-price", text(object(group, "mixedInstancesPolicy", "instancesDistribution"), "onDemandAllocationStrategy"))
	overrides := object(group, "mixedInstancesPolicy", "launchTemplate")["overrides"].ArrayValue()
	require.Len(t, overrides, 1)
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"vcpuCount": map[string]any{"min": 4, "max": 4}, "memoryMib": map[string]any{"min": 32768, "max": 32768},
		"acceleratorCount": map[string]any{"max": 0}, "instanceGenerations": []any{"current"}, "burstablePerformance": "excluded", "bareMetal": "excluded",
	}), overrides[0].ObjectValue()["instanceRequirements"].ObjectValue())
}

// A group with a warm pool has one type, and no mixed instances policy.
func TestWarmPool(t *testing.T) {
	t.Parallel()
	args := Args{Cluster: spec.Cluster{Machine: spec.Machine{Types: []string{"m5.large"}}}, WarmPool: &WarmPool{Min: 2, Reuse: true}, Hooks: map[string]Hook{"prepare": {}}}
	r := run(t, args)
	group := named(t, r, groupType, "main-machines")
	assert.NotContains(t, group, resource.PropertyKey("mixedInstancesPolicy"))
	assert.Equal(t, "1", version(group))
	assert.Equal(t, "m5.large", text(named(t, r, templateType, "main-machines"), "instanceType"))
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"poolState": "Stopped", "minSize": 2, "instanceReusePolicy": map[string]any{"reuseOnScaleIn": true},
	}), group["warmPool"].ObjectValue())
	args.WarmPool = &WarmPool{Running: true}
	assert.Equal(t, "Running", text(object(named(t, run(t, args), groupType, "main-machines"), "warmPool"), "poolState"))
}

// A cluster on standby has no machines, not even such that wait.
func TestWarmPoolOnStandby(t *testing.T) {
	t.Parallel()
	c := types("m5.large")
	c.Standby = true
	group := named(t, run(t, Args{Cluster: c, WarmPool: &WarmPool{Min: 2, Running: true}}), groupType, "main-machines")
	assert.NotContains(t, group, resource.PropertyKey("warmPool"))
	assert.NotContains(t, group, resource.PropertyKey("mixedInstancesPolicy"), "as it will be")
}

func TestHooks(t *testing.T) {
	t.Parallel()
	arn := pulumi.String("arn:aws:sns:us-east-1:123456789012:x")
	role := pulumi.String("arn:aws:iam::123456789012:role/x")
	r := run(t, Args{Hooks: map[string]Hook{
		"prepare": {ContinueOnTimeout: true, TimeoutSeconds: 60, Metadata: "m", TargetARN: arn, RoleARN: role},
		"drain":   {Terminating: true, TimeoutSeconds: 3600},
	}})
	group := named(t, r, groupType, "main-machines")
	initial := group["initialLifecycleHooks"].ArrayValue()
	require.Len(t, initial, 2, "the first machines pass them too")
	for i, name := range []string{"drain", "prepare"} {
		hook := named(t, r, hookType, "main-"+name)
		for key, value := range initial[i].ObjectValue() {
			assert.Equal(t, value, hook[key], "%s of %s", key, name)
		}
	}
	created, _ := r.Named(groupType, "main-machines")
	assert.Equal(t, "80m", created.Request.GetCustomTimeouts().GetDelete(), "longer than machines are held")
	drain, prepare := named(t, r, hookType, "main-drain"), named(t, r, hookType, "main-prepare")
	assert.Equal(t, "autoscaling:EC2_INSTANCE_TERMINATING", text(drain, "lifecycleTransition"))
	assert.Equal(t, "ABANDON", text(drain, "defaultResult"))
	assert.Equal(t, 3600.0, drain["heartbeatTimeout"].NumberValue())
	assert.NotContains(t, drain, resource.PropertyKey("notificationMetadata"))
	assert.Equal(t, "autoscaling:EC2_INSTANCE_LAUNCHING", text(prepare, "lifecycleTransition"))
	assert.Equal(t, "CONTINUE", text(prepare, "defaultResult"))
	assert.Equal(t, "m", text(prepare, "notificationMetadata"))
}

// Hooks may come and go without the group.
func TestHooksReplaceNothing(t *testing.T) {
	t.Parallel()
	before, after := run(t, Args{}), run(t, Args{Hooks: map[string]Hook{"drain": {Terminating: true}}})
	old, _ := before.Named(groupType, "main-machines")
	now, _ := after.Named(groupType, "main-machines")
	assert.Empty(t, componenttest.AWSReplaced(t, old, now))
	assert.Empty(t, componenttest.AWSReplaced(t, now, old))
}
