package cluster

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// mix says which machines the group starts: of the types that are named, or of every type of the size.
func (b *builder) mix() autoscaling.GroupMixedInstancesPolicyPtrInput {
	// Types that are named are tried in their order; among those of a size the cheapest is taken, the only strategy
	// that there is for them (Auto Scaling API, InstancesDistribution, OnDemandAllocationStrategy).
	strategy := "prioritized"
	if len(b.args.Machine.Types) == 0 {
		strategy = "lowest-price"
	}
	distribution := &autoscaling.GroupMixedInstancesPolicyInstancesDistributionArgs{
		OnDemandAllocationStrategy:          pulumi.String(strategy),
		OnDemandBaseCapacity:                pulumi.Int(b.args.Spot.Base),
		OnDemandPercentageAboveBaseCapacity: pulumi.Int(100 - b.args.Spot.Percent),
		SpotAllocationStrategy:              pulumi.String("price-capacity-optimized"),
	}
	return &autoscaling.GroupMixedInstancesPolicyArgs{
		InstancesDistribution: distribution,
		LaunchTemplate: &autoscaling.GroupMixedInstancesPolicyLaunchTemplateArgs{
			LaunchTemplateSpecification: &autoscaling.GroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecificationArgs{
				LaunchTemplateId: b.template.ID(), Version: b.version(),
			},
			Overrides: b.overrides(),
		},
	}
}

func (b *builder) overrides() autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArray {
	var overrides autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArray
	for _, name := range b.args.Machine.Types {
		overrides = append(overrides, &autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArgs{InstanceType: pulumi.String(name)})
	}
	if len(overrides) > 0 {
		return overrides
	}
	vcpus, memory := pulumi.Int(b.args.Machine.VCPUs), pulumi.Int(b.args.Machine.MemoryGiB*1024)
	return autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArray{&autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArgs{
		InstanceRequirements: &autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsArgs{
			VcpuCount: &autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsVcpuCountArgs{
				Min: vcpus, Max: vcpus,
			},
			MemoryMib: &autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsMemoryMibArgs{
				Min: memory, Max: memory,
			},
			// Without this bound, machines with a graphics processor are of the size too (Auto Scaling API,
			// InstanceRequirements, AcceleratorCount: no maximum by default). Who wants one names its type.
			AcceleratorCount: &autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsAcceleratorCountArgs{
				Max: pulumi.Int(0),
			},
			InstanceGenerations:  pulumi.ToStringArray([]string{"current"}),
			BurstablePerformance: pulumi.String("excluded"),
			BareMetal:            pulumi.String("excluded"),
		},
	}}
}
