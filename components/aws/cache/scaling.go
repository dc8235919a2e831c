package cache

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/appautoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// What ElastiCache scales by itself (ElastiCache User Guide, "Auto Scaling Valkey and Redis OSS clusters", prerequisites).
var (
	scalingFamilies = []string{"c7gn", "m5", "m6g", "m7g", "r5", "r6g", "r7g"}
	scalingSizes    = []string{"2xlarge", "large", "xlarge"}
)

// busyPercent is the load that scaling keeps to. ElastiCache takes 35 to 70 percent, and shrinks at three quarters of it
// (the same, "Target tracking scaling policies").
const busyPercent = 60

// What scaling looks at: the load of the engine's one thread, and the memory that nothing makes room in.
const (
	primaryLoad = "ElastiCachePrimaryEngineCPUUtilization"
	replicaLoad = "ElastiCacheReplicaEngineCPUUtilization"
	memoryUse   = "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage"
)

func (a *Args) growsShards() bool   { return a.MaxShards > a.Shards }
func (a *Args) growsReplicas() bool { return a.MaxReplicas > a.Replicas }

// scaled returns the inputs of the nodes that scaling changes.
func (a *Args) scaled() []string {
	var inputs []string
	if a.growsShards() {
		inputs = append(inputs, "numNodeGroups")
	}
	if a.growsReplicas() {
		inputs = append(inputs, "replicasPerNodeGroup")
	}
	return inputs
}

// checkScaling reports what cannot scale by itself.
func (a *Args) checkScaling(ps *spec.Problems) {
	if a.growsReplicas() && !a.sharded() {
		ps.Add("maxReplicas", a.MaxReplicas, "needs shards: ElastiCache scales only caches that are divided; give shards, 1 or more")
	}
	class := strings.Split(a.Class, ".")
	if len(a.scaled()) == 0 || len(class) != 3 { // which is reported
		return
	}
	if !slices.Contains(scalingFamilies, class[1]) || !slices.Contains(scalingSizes, class[2]) {
		ps.Add("class", a.Class, "cannot scale by itself; use large, xlarge or 2xlarge of %s", strings.Join(scalingFamilies, ", "))
	}
}

// createScaling has the numbers of shards and of replicas follow the load, where they may.
func (b *builder) createScaling() error {
	a := b.args
	if a.growsShards() {
		metrics := map[string]string{"cpu": primaryLoad}
		if a.Use == spec.CacheState { // a cache of copies is full by design
			metrics["memory"] = memoryUse
		}
		if err := b.scale("shards", "NodeGroups", a.Shards, a.MaxShards, metrics); err != nil {
			return err
		}
	}
	if a.growsReplicas() {
		return b.scale("replicas", "Replicas", a.Replicas, a.MaxReplicas, map[string]string{"cpu": replicaLoad})
	}
	return nil
}

// scale keeps a number of the cache's between two bounds, so that each of the metrics stays at the load to keep to: it grows
// for one of them, and shrinks when all agree.
func (b *builder) scale(part, dimension string, low, high int, metrics map[string]string) error {
	target, err := appautoscaling.NewTarget(b.Ctx, b.Child(part), &appautoscaling.TargetArgs{
		ServiceNamespace:  pulumi.String("elasticache"),
		ResourceId:        pulumi.Sprintf("replication-group/%s", b.cache.ID),
		ScalableDimension: pulumi.String("elasticache:replication-group:" + dimension),
		MinCapacity:       pulumi.Int(low),
		MaxCapacity:       pulumi.Int(high),
		Tags:              b.TagInput(part),
	}, b.Options()...)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(metrics)) {
		_, err := appautoscaling.NewPolicy(b.Ctx, b.Child(part, name), &appautoscaling.PolicyArgs{
			Name:              pulumi.String(name), // within the target
			PolicyType:        pulumi.String("TargetTrackingScaling"),
			ServiceNamespace:  target.ServiceNamespace,
			ResourceId:        target.ResourceId,
			ScalableDimension: target.ScalableDimension,
			TargetTrackingScalingPolicyConfiguration: &appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs{
				TargetValue: pulumi.Float64(busyPercent),
				PredefinedMetricSpecification: &appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs{
					PredefinedMetricType: pulumi.String(metrics[name]),
				},
			},
		}, b.Options()...)
		if err != nil {
			return err
		}
	}
	return nil
}
