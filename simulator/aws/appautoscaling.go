package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Application Auto Scaling, which scales what is no Auto Scaling group. The provider calls a target by its resource and a
// policy by its name alone; here both are called as one imports them, because one resource has several.
//
// Sources: terraform-provider-aws, internal/service/appautoscaling/{target,policy}.go; the Application Auto Scaling API's
// RegisterScalableTarget, PutScalingPolicy; ElastiCache guide, "Auto Scaling Valkey and Redis OSS clusters".

const (
	appScalingRegister = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"
	appScalingPut      = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"
	cacheScaling       = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html"
	cacheScalingBounds = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Policies.html"
)

var scalableTargetKind = &simulator.Kind{Noun: "Application AutoScaling Target", ID: scalableTarget}

var appScalingPolicyKind = &simulator.Kind{
	Noun: "Application AutoScaling Policy",
	ID:   func(c *simulator.Call) string { return scalableTarget(c) + "/" + c.Text("name") },
	ARN: "arn:{partition}:autoscaling:{region}:{account}:scalingPolicy:" + scalingNumber +
		":resource/{serviceNamespace}/{resourceId}:policyName/{name}",
}

// scalableTarget is the id of the target that a target is, or a policy is for.
func scalableTarget(c *simulator.Call) string {
	return c.Text("serviceNamespace") + "/" + c.Text("resourceId") + "/" + c.Text("scalableDimension")
}

func appScalingTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:       "aws:appautoscaling/target:Target",
			Kind:        scalableTargetKind,
			Immutable:   []string{"resourceId", "scalableDimension", "serviceNamespace"},
			Constraints: scalableTargetConstraints(),
			API:         []string{"application-autoscaling:RegisterScalableTarget"},
			Compute: func(c *simulator.Call) {
				c.Set("arn", "arn:"+c.Partition+":application-autoscaling:"+c.Region+":"+c.Account+":scalable-target/"+c.Hex("target", 32))
				service := c.Text("serviceNamespace")
				if role := scalingRoles[service]; role != "" {
					c.SetNew("roleArn", "arn:"+c.Partition+":iam::"+c.Account+":role/aws-service-role/"+service+
						".application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_"+role)
				}
			},
		},
		{
			Token:     "aws:appautoscaling/policy:Policy",
			Kind:      appScalingPolicyKind,
			Defaults:  map[string]any{"policyType": "StepScaling"},
			Immutable: []string{"name", "resourceId", "scalableDimension", "serviceNamespace"},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-appautoscaling-policy-needs-target", Source: appScalingPut}, Stage: simulator.AtApply,
				Error: "ObjectNotFoundException: No scalable target registered for service namespace: %s, resource ID: %s, scalable dimension: %s",
				Find: func(c *simulator.Call, broken func(string, ...any)) {
					if c.Find(scalableTargetKind, scalableTarget(c)) == nil {
						broken("resourceId", c.Text("serviceNamespace"), c.Text("resourceId"), c.Text("scalableDimension"))
					}
				},
			}},
			API:        []string{"application-autoscaling:PutScalingPolicy"},
			Parameters: map[string]string{"name": "PolicyName"},
			Compute:    func(c *simulator.Call) { c.Set("alarmArns", []any{}) },
		},
	}
}

// scalingRoles end the names of the roles that Application Auto Scaling works as (its guide, "Service-linked roles").
var scalingRoles = map[string]string{
	"dynamodb": "DynamoDBTable", "ecs": "ECSService", "elasticache": "ElastiCacheRG", "lambda": "LambdaConcurrency", "rds": "RDSCluster",
}

// cacheBounds are the most that ElastiCache scales to.
var cacheBounds = map[string]float64{"elasticache:replication-group:NodeGroups": 250, "elasticache:replication-group:Replicas": 5}

// What ElastiCache scales.
var (
	scalingCacheFamilies = []string{"c7gn", "m5", "m6g", "m7g", "r5", "r6g", "r6gd", "r7g"}
	scalingCacheSizes    = []string{"large", "xlarge", "2xlarge"}
)

func scalableTargetConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-appautoscaling-capacity-order", Source: appScalingRegister},
			Error:  "ValidationException: Maximum capacity cannot be less than minimum capacity",
			Find: func(c *simulator.Call, broken func(string, ...any)) {
				low, known := c.Number("minCapacity")
				high, alsoKnown := c.Number("maxCapacity")
				if known && alsoKnown && high < low {
					broken("maxCapacity")
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-appautoscaling-elasticache-capacity", Source: cacheScalingBounds},
			Error:  "ValidationException: Capacity of %s must be between 1 and %v",
			Find: func(c *simulator.Call, broken func(string, ...any)) {
				most, limited := cacheBounds[c.Text("scalableDimension")]
				for _, input := range []string{"minCapacity", "maxCapacity"} {
					if n, known := c.Number(input); limited && known && (n < 1 || n > most) {
						broken(input, c.Text("scalableDimension"), most)
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-appautoscaling-elasticache-group", Source: cacheScaling}, Stage: simulator.AtApply,
			Error: "ValidationException: Auto Scaling is not supported for %s: %s",
			Find: func(c *simulator.Call, broken func(string, ...any)) {
				if c.Text("serviceNamespace") != "elasticache" {
					return
				}
				if why := unscalable(c.Find(replicationGroupKind, strings.TrimPrefix(c.Text("resourceId"), "replication-group/"))); why != "" {
					broken("resourceId", c.Text("resourceId"), why)
				}
			},
		},
	}
}

// unscalable says why ElastiCache does not scale a replication group by itself, or "".
func unscalable(group *simulator.Object) string {
	if group == nil {
		return "" // and what is not known here may exist
	}
	class := strings.Split(group.Text("nodeType"), ".")
	switch {
	case !group.Flag("clusterEnabled"):
		return "cluster mode is not enabled"
	case len(class) == 3 && (!slices.Contains(scalingCacheFamilies, class[1]) || !slices.Contains(scalingCacheSizes, class[2])):
		return "nodes of type " + group.Text("nodeType") + " are not supported"
	}
	return ""
}
