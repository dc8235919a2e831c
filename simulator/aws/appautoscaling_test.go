package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	scalableTargetToken = "aws:appautoscaling/target:Target"
	appScalingToken     = "aws:appautoscaling/policy:Policy"
	shardDimension      = "elasticache:replication-group:NodeGroups"
	tracking            = "TargetTrackingScaling"
)

// shardTarget is a target that scales the shards of a replication group that can be scaled.
func shardTarget(w *world, group, changes inputs) inputs {
	made := w.Create(replicationGroupToken, "group", redisGroup(with(inputs{
		"numNodeGroups": 2, "replicasPerNodeGroup": 1, "automaticFailoverEnabled": true, "numCacheClusters": nil, "nodeType": "cache.r7g.large",
	}, group)))
	return with(inputs{
		"serviceNamespace": "elasticache", "scalableDimension": shardDimension, "resourceId": "replication-group/" + made.ID(),
		"minCapacity": 2, "maxCapacity": 6,
	}, changes)
}

func shardPolicy(w *world, changes inputs) inputs {
	target := w.Create(scalableTargetToken, "target", shardTarget(w, nil, nil))
	return with(inputs{
		"name": "cpu", "policyType": tracking, "serviceNamespace": "elasticache", "scalableDimension": shardDimension,
		"resourceId": target.Text("resourceId"), "targetTrackingScalingPolicyConfiguration": inputs{
			"targetValue": 60, "predefinedMetricSpecification": inputs{"predefinedMetricType": "ElastiCachePrimaryEngineCPUUtilization"},
		},
	}, changes)
}

func appScalingFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type:    scalableTargetToken,
			Inputs:  func(w *world) inputs { return shardTarget(w, nil, nil) },
			Update:  changing(inputs{"maxCapacity": 9}),
			Replace: changing(inputs{"scalableDimension": "elasticache:replication-group:Replicas", "minCapacity": 1, "maxCapacity": 5}),
		},
		{
			Type:   appScalingToken,
			Inputs: func(w *world) inputs { return shardPolicy(w, nil) },
			Update: changing(inputs{"targetTrackingScalingPolicyConfiguration": inputs{
				"targetValue": 50, "predefinedMetricSpecification": inputs{"predefinedMetricType": "ElastiCachePrimaryEngineCPUUtilization"},
			}}),
			Replace: changing(inputs{"name": "load"}),
		},
	}
}

func appScalingCases() []simulatortest.Case {
	const invalid = "ValidationException"
	target := func(group, changes inputs) func(*world) error {
		return tries(scalableTargetToken, func(w *world) inputs { return shardTarget(w, group, changes) })
	}
	policy := func(changes inputs) func(*world) error {
		return tries(appScalingToken, func(w *world) inputs { return shardPolicy(w, changes) })
	}
	whole := inputs{"numNodeGroups": nil, "replicasPerNodeGroup": nil, "numCacheClusters": 2}
	return []simulatortest.Case{
		{ID: "aws-appautoscaling-capacity-order", Code: invalid, Text: "cannot be less than minimum capacity",
			Fails: target(nil, inputs{"minCapacity": 7}), Passes: target(nil, inputs{"minCapacity": 6})},
		{ID: "aws-appautoscaling-elasticache-capacity", Code: invalid, Text: "NodeGroups must be between 1 and 250",
			Fails: target(nil, inputs{"maxCapacity": 251}), Passes: target(nil, inputs{"maxCapacity": 250})},
		{ID: "aws-appautoscaling-elasticache-capacity", Code: invalid, Text: "Replicas must be between 1 and 5",
			Fails:  target(nil, inputs{"scalableDimension": "elasticache:replication-group:Replicas"}),
			Passes: target(nil, inputs{"scalableDimension": "elasticache:replication-group:Replicas", "maxCapacity": 5})},
		{ID: "aws-appautoscaling-elasticache-group", Code: invalid, Text: "cluster mode is not enabled",
			Fails: target(whole, nil), Passes: target(nil, nil)},
		{ID: "aws-appautoscaling-elasticache-group", Code: invalid, Text: "nodes of type cache.t4g.small are not supported",
			Fails: target(inputs{"nodeType": "cache.t4g.small"}, nil), Passes: target(inputs{"nodeType": "cache.m7g.2xlarge"}, nil)},
		{ID: "aws-appautoscaling-policy-needs-target", Code: "ObjectNotFoundException", Text: "No scalable target registered for service namespace: elasticache",
			Fails: policy(inputs{"resourceId": "replication-group/other"}), Passes: policy(nil)},
	}
}

func TestScalableTargetOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	target := w.Create(scalableTargetToken, "shards", shardTarget(w, nil, nil))
	assert.Equal(t, "arn:aws:iam::123456789012:role/aws-service-role/elasticache.application-autoscaling.amazonaws.com/"+
		"AWSServiceRoleForApplicationAutoScaling_ElastiCacheRG", target.Text("roleArn"))
	assert.Regexp(t, `^arn:aws:application-autoscaling:us-west-2:123456789012:scalable-target/[0-9a-f]{32}$`, target.Text("arn"))
	// What is not simulated may be scaled as well.
	w.Create(scalableTargetToken, "table", inputs{
		"serviceNamespace": "dynamodb", "scalableDimension": "dynamodb:table:ReadCapacityUnits", "resourceId": "table/orders", "minCapacity": 5, "maxCapacity": 50,
	})
}
