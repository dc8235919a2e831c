package cluster

import (
	"maps"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// groupMetrics are the metrics that an Auto Scaling group reports about itself, at no charge. Auto Scaling API,
// EnableMetricsCollection.
var groupMetrics = []string{
	"GroupDesiredCapacity", "GroupInServiceInstances", "GroupMaxSize", "GroupMinSize", "GroupPendingInstances",
	"GroupStandbyInstances", "GroupTerminatingInstances", "GroupTotalInstances",
}

// createGroup makes the Auto Scaling group. Its size between the bounds is scaling's business, not a deployment's.
func (b *builder) createGroup() error {
	least, most := b.args.Min, b.args.Max
	if b.args.Standby {
		least, most = 0, 0 // the group then follows its greatest size down, and its least size up again
	}
	args := &autoscaling.GroupArgs{
		Name:                   pulumi.String(b.groupName()),
		MinSize:                pulumi.Int(least),
		MaxSize:                pulumi.Int(most),
		VpcZoneIdentifiers:     b.args.SubnetIDs,
		HealthCheckType:        pulumi.String("EC2"),
		HealthCheckGracePeriod: pulumi.Int(b.args.Health.GraceSeconds),
		DefaultInstanceWarmup:  pulumi.Int(b.args.Scaling.WarmUpSeconds),
		EnabledMetrics:         pulumi.ToStringArray(groupMetrics),
		TerminationPolicies:    pulumi.ToStringArray(b.args.TerminationPolicies),
		ProtectFromScaleIn:     pulumi.Bool(b.args.ProtectFromScaleIn),
		CapacityRebalance:      pulumi.Bool(b.args.Spot.Percent > 0),
		MaxInstanceLifetime:    pulumi.Int(b.args.MaxAgeDays * 24 * 60 * 60),
		ServiceLinkedRoleArn:   b.scalingRole,
		InstanceMaintenancePolicy: &autoscaling.GroupInstanceMaintenancePolicyArgs{
			MinHealthyPercentage: pulumi.Int(100),
			MaxHealthyPercentage: pulumi.Int(100 + b.args.Rollout.SurgePercent),
		},
		InstanceRefresh:              b.refresh(),
		AvailabilityZoneDistribution: b.distribution(),
		WaitForCapacityTimeout:       pulumi.String("0"),
		InitialLifecycleHooks:        b.initialHooks(),
		WarmPool:                     b.warmPool(),
		Tags:                         b.groupTags(),
	}
	if !b.args.WaitDisabled {
		args.WaitForCapacityTimeout = digits(b.args.WaitMinutes) + "m"
	}
	if b.args.TargetGroupARNs != nil {
		args.TargetGroupArns = b.args.TargetGroupARNs
		args.HealthCheckType = pulumi.String("ELB") // besides EC2's own
		args.MinElbCapacity = pulumi.Int(least)     // awaited on creation only
	}
	// The hooks that a group starts with cannot be changed, only replaced with their group: hooks.go keeps them up to date.
	ignored := []string{"initialLifecycleHooks"}
	if b.args.Start != 0 {
		args.DesiredCapacity = pulumi.Int(b.args.Start)
		ignored = append(ignored, "desiredCapacity")
	}
	if b.args.WarmPool != nil {
		args.LaunchTemplate = &autoscaling.GroupLaunchTemplateArgs{Id: b.template.ID(), Version: b.version()}
	} else {
		args.MixedInstancesPolicy = b.mix()
	}
	group, err := autoscaling.NewGroup(b.Ctx, b.Child("machines"), args, b.Options(pulumi.DependsOn(b.ready),
		pulumi.IgnoreChanges(ignored), pulumi.Timeouts(&pulumi.CustomTimeouts{Delete: b.patience()}))...)
	if err != nil {
		return err
	}
	b.group = group
	b.cluster.GroupName, b.cluster.GroupARN = group.Name, group.Arn
	return nil
}

func (b *builder) groupName() string { return naming.AWSAutoScalingGroup.Name(b.FullName()...) }

// patience is how long deleting the group may take. The provider first waits for every machine to end, for 10 minutes
// unless told otherwise: too short for load balancers that drain connections and for hooks that hold machines
// (terraform-provider-aws, issue 567).
func (b *builder) patience() string {
	minutes := 20
	for _, hook := range b.args.Hooks {
		if hook.Terminating {
			minutes = max(minutes, 20+hook.TimeoutSeconds/60)
		}
	}
	return strconv.Itoa(minutes) + "m"
}

// version is the number of the template's newest version. The name $Latest would never change, so that nothing would be
// rolled out.
func (b *builder) version() pulumi.StringOutput {
	return b.template.LatestVersion.ApplyT(strconv.Itoa).(pulumi.StringOutput)
}

// refresh says how the group is rolled over; nil for not at all.
func (b *builder) refresh() autoscaling.GroupInstanceRefreshPtrInput {
	rollout := b.args.Rollout
	if rollout.Disabled {
		return nil
	}
	preferences := &autoscaling.GroupInstanceRefreshPreferencesArgs{
		MinHealthyPercentage:  pulumi.Int(100),
		MaxHealthyPercentage:  pulumi.Int(100 + rollout.SurgePercent),
		InstanceWarmup:        digits(b.args.Scaling.WarmUpSeconds),
		CheckpointPercentages: pulumi.ToIntArray(rollout.Steps),
		CheckpointDelay:       digits(rollout.PauseSeconds),
		SkipMatching:          pulumi.Bool(true),
		AutoRollback:          pulumi.Bool(!rollout.RollbackDisabled),
		// Left alone, protected machines would never get the change; those that somebody has set aside serve nobody.
		ScaleInProtectedInstances: pulumi.String("Refresh"),
		StandbyInstances:          pulumi.String("Ignore"),
	}
	if b.args.RollbackAlarmNames != nil {
		preferences.AlarmSpecification = &autoscaling.GroupInstanceRefreshPreferencesAlarmSpecificationArgs{
			Alarms: b.args.RollbackAlarmNames,
		}
	}
	return &autoscaling.GroupInstanceRefreshArgs{Strategy: pulumi.String("Rolling"), Preferences: preferences}
}

func (b *builder) distribution() autoscaling.GroupAvailabilityZoneDistributionPtrInput {
	strategy := "balanced-best-effort"
	if b.args.BalanceStrictly {
		strategy = "balanced-only"
	}
	return &autoscaling.GroupAvailabilityZoneDistributionArgs{CapacityDistributionStrategy: pulumi.String(strategy)}
}

func (b *builder) warmPool() autoscaling.GroupWarmPoolPtrInput {
	pool := b.args.WarmPool
	if pool == nil || b.args.Standby { // a pool would keep its least number of machines without a group to come to
		return nil
	}
	state := "Stopped"
	if pool.Running {
		state = "Running"
	}
	return &autoscaling.GroupWarmPoolArgs{
		PoolState: pulumi.String(state), MinSize: pulumi.Int(pool.Min),
		InstanceReusePolicy: &autoscaling.GroupWarmPoolInstanceReusePolicyArgs{ReuseOnScaleIn: pulumi.Bool(pool.Reuse)},
	}
}

// groupTags are the tags of the group and of its machines.
func (b *builder) groupTags() autoscaling.GroupTagArray {
	tags := b.TagMap()
	var list autoscaling.GroupTagArray
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, &autoscaling.GroupTagArgs{
			Key: pulumi.String(key), Value: pulumi.String(tags[key]), PropagateAtLaunch: pulumi.Bool(true),
		})
	}
	return list
}

// digits writes a number where the provider takes a text.
func digits(number int) pulumi.String { return pulumi.String(strconv.Itoa(number)) }
