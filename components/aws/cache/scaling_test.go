package cache

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestScaling(t *testing.T) {
	t.Parallel()
	type target struct{ Dimension, Resource, Metrics string }
	const shards, replicas, group = "elasticache:replication-group:NodeGroups", "elasticache:replication-group:Replicas", "replication-group/holdfast-test-main"
	for name, test := range map[string]struct {
		given   spec.Cache
		want    map[string]target
		ignored []string // of the nodes
	}{
		"as it is": {spec.Cache{Shards: 3, MaxShards: 3}, map[string]target{}, []string{"engineVersion"}},
		"shards": {spec.Cache{Shards: 2, MaxShards: 6}, map[string]target{"main-shards": {shards, group, "cpu=" + primaryLoad}},
			[]string{"numNodeGroups", "engineVersion"}},
		"state": {spec.Cache{Shards: 2, MaxShards: 6, Use: spec.CacheState},
			map[string]target{"main-shards": {shards, group, "cpu=" + primaryLoad + " memory=" + memoryUse}}, []string{"numNodeGroups", "engineVersion"}},
		"replicas": {spec.Cache{Shards: 1, MaxReplicas: 4}, map[string]target{"main-replicas": {replicas, group, "cpu=" + replicaLoad}},
			[]string{"replicasPerNodeGroup", "engineVersion"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := run(t, Args{Cache: test.given})
			got := map[string]target{}
			for _, each := range r.OfType(targetType) {
				metrics := ""
				for _, policy := range r.OfType(policyType) {
					for _, key := range []resource.PropertyKey{"resourceId", "scalableDimension", "serviceNamespace"} {
						require.Equal(t, each.Inputs[key], policy.Inputs[key], key)
					}
					tracking := policy.Inputs["targetTrackingScalingPolicyConfiguration"].ObjectValue()
					assert.Equal(t, 60.0, tracking["targetValue"].NumberValue())
					if metrics != "" {
						metrics += " "
					}
					metrics += text(policy, "name") + "=" + tracking["predefinedMetricSpecification"].ObjectValue()["predefinedMetricType"].StringValue()
				}
				got[each.Name] = target{text(each, "scalableDimension"), text(each, "resourceId"), metrics}
			}
			assert.Equal(t, test.want, got)
			assert.ElementsMatch(t, test.ignored, named(t, r, nodesType, "main-nodes").Request.GetIgnoreChanges())
		})
	}
}

// What scaling has done stands, and so does the cache that gets or loses it.
func TestScalingReplacesNothing(t *testing.T) {
	t.Parallel()
	alone, scaled := run(t, Args{Cache: spec.Cache{Shards: 2}}), run(t, Args{Cache: spec.Cache{Shards: 2, MaxShards: 4, MaxReplicas: 3}})
	before, after := named(t, alone, nodesType, "main-nodes"), named(t, scaled, nodesType, "main-nodes")
	assert.Empty(t, componenttest.AWSReplaced(t, before, after))
	assert.Empty(t, componenttest.AWSReplaced(t, after, before))
	more := named(t, run(t, Args{Cache: spec.Cache{Shards: 2, MaxShards: 8, MaxReplicas: 3}}), targetType, "main-shards")
	assert.Empty(t, componenttest.AWSReplaced(t, named(t, scaled, targetType, "main-shards"), more))
}
