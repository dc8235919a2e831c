package cluster

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// initialHooks are the hooks that the group has before its first machine starts.
func (b *builder) initialHooks() autoscaling.GroupInitialLifecycleHookArray {
	var hooks autoscaling.GroupInitialLifecycleHookArray
	for _, name := range slices.Sorted(maps.Keys(b.args.Hooks)) {
		hook := b.args.Hooks[name]
		hooks = append(hooks, &autoscaling.GroupInitialLifecycleHookArgs{
			Name:                  pulumi.String(name),
			LifecycleTransition:   hook.transition(),
			DefaultResult:         hook.result(),
			HeartbeatTimeout:      pulumi.Int(hook.TimeoutSeconds),
			NotificationMetadata:  hook.metadata(),
			NotificationTargetArn: hook.TargetARN,
			RoleArn:               hook.RoleARN,
		})
	}
	return hooks
}

// createHooks makes the hooks resources of their own, over those that the group has started with: only so can they change
// without replacing the group.
func (b *builder) createHooks() error {
	for _, name := range slices.Sorted(maps.Keys(b.args.Hooks)) {
		hook := b.args.Hooks[name]
		if _, err := autoscaling.NewLifecycleHook(b.Ctx, b.Child(name), &autoscaling.LifecycleHookArgs{
			Name:                  pulumi.String(name),
			AutoscalingGroupName:  b.group.Name,
			LifecycleTransition:   hook.transition(),
			DefaultResult:         hook.result(),
			HeartbeatTimeout:      pulumi.Int(hook.TimeoutSeconds),
			NotificationMetadata:  hook.metadata(),
			NotificationTargetArn: hook.TargetARN,
			RoleArn:               hook.RoleARN,
		}, b.Options()...); err != nil {
			return err
		}
	}
	return nil
}

func (h Hook) transition() pulumi.String {
	if h.Terminating {
		return "autoscaling:EC2_INSTANCE_TERMINATING"
	}
	return "autoscaling:EC2_INSTANCE_LAUNCHING"
}

func (h Hook) result() pulumi.String {
	if h.ContinueOnTimeout {
		return "CONTINUE"
	}
	return "ABANDON"
}

func (h Hook) metadata() pulumi.StringPtrInput {
	if h.Metadata == "" {
		return nil
	}
	return pulumi.String(h.Metadata)
}
