package aws

import (
	"regexp"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What belongs to an Auto Scaling group and goes with it. The provider calls a policy, an action and a hook by its name
// alone; here the group's comes first, as in the id to import by, because names repeat from group to group.
//
// Sources: terraform-provider-aws, internal/service/autoscaling/{policy,schedule,lifecycle_hook,attachment}.go; the
// Auto Scaling API's PutScalingPolicy, PutScheduledUpdateGroupAction, PutLifecycleHook.

var (
	scalingPolicyKind   = partOfGroup("Auto Scaling Policy", "name", "scalingPolicy:"+scalingNumber, "policyName")
	scheduledActionKind = partOfGroup(
		"Auto Scaling Scheduled Action", "scheduledActionName", "scheduledUpdateGroupAction:"+scalingNumber, "scheduledActionName")
	lifecycleHookKind = &simulator.Kind{Noun: "Auto Scaling Lifecycle Hook", ID: idInGroup("name")}
)

var scalingAttachmentKind = &simulator.Kind{
	Noun: "Auto Scaling Group Attachment",
	ID: func(c *simulator.Call) string {
		return c.Text("autoscalingGroupName") + "-" + c.Hex("attachment", prefixDigits)
	},
}

func idInGroup(name string) func(*simulator.Call) string {
	return func(c *simulator.Call) string { return c.Text("autoscalingGroupName") + "/" + c.Text(name) }
}

func partOfGroup(noun, name, resource, label string) *simulator.Kind {
	return &simulator.Kind{
		Noun: noun, ID: idInGroup(name),
		ARN: "arn:{partition}:autoscaling:{region}:{account}:" + resource +
			":autoScalingGroupName/{autoscalingGroupName}:" + label + "/{" + name + "}",
	}
}

func scalingTypes() []*simulator.Type {
	ofGroup := simulator.Reference{
		Property: "autoscalingGroupName", To: kinds(autoScalingGroupKind), OnDelete: simulator.Follow,
	}
	return []*simulator.Type{
		{
			Token:       "aws:autoscaling/policy:Policy",
			Kind:        scalingPolicyKind,
			Defaults:    map[string]any{"enabled": true, "policyType": "SimpleScaling"},
			Immutable:   []string{"autoscalingGroupName", "name"},
			Sets:        []string{"stepAdjustments"},
			References:  []simulator.Reference{ofGroup},
			Constraints: policyConstraints(),
			API:         []string{"autoscaling:PutScalingPolicy"},
			Parameters:  map[string]string{"name": "PolicyName"},
			Compute: func(c *simulator.Call) {
				aggregation := ""
				if c.Text("policyType") == "StepScaling" {
					aggregation = "Average"
				}
				c.SetNew("metricAggregationType", aggregation)
			},
		},
		{
			Token:      "aws:autoscaling/schedule:Schedule",
			Kind:       scheduledActionKind,
			Immutable:  []string{"autoscalingGroupName", "scheduledActionName"},
			References: []simulator.Reference{ofGroup},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-autoscaling-start-in-past",
					Source: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html"},
				Error: "ValidationError: Given start time is in the past", Stage: simulator.AtApply,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if start, err := time.Parse(time.RFC3339, c.Text("startTime")); err == nil && start.Before(c.Now()) {
						broken("startTime")
					}
				},
			}},
			API: []string{"autoscaling:PutScheduledUpdateGroupAction"},
			Compute: func(c *simulator.Call) {
				for _, name := range []string{"desiredCapacity", "maxSize", "minSize"} {
					c.SetNew(name, -1) // the provider's sign for leaving it as it is
				}
				for _, name := range []string{"endTime", "recurrence", "startTime", "timeZone"} {
					c.SetNew(name, "")
				}
			},
		},
		{
			Token:      "aws:autoscaling/lifecycleHook:LifecycleHook",
			Kind:       lifecycleHookKind,
			Immutable:  []string{"autoscalingGroupName", "name"},
			Rules:      map[string]simulator.Rule{"heartbeatTimeout": simulator.Between(30, 7200)},
			References: []simulator.Reference{ofGroup},
			API:        []string{"autoscaling:PutLifecycleHook"},
			Parameters: map[string]string{"name": "LifecycleHookName"},
			Compute:    func(c *simulator.Call) { c.SetNew("defaultResult", "ABANDON") },
		},
		{
			Token:      "aws:autoscaling/attachment:Attachment",
			Kind:       scalingAttachmentKind,
			Immutable:  []string{"autoscalingGroupName", "elb", "lbTargetGroupArn"},
			ExactlyOne: [][]string{{"elb", "lbTargetGroupArn"}},
			Rules:      map[string]simulator.Rule{"lbTargetGroupArn": validARN},
			References: []simulator.Reference{ofGroup, {
				Property: "lbTargetGroupArn", To: kinds(targetGroupKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "ValidationError: Provided Target Groups may not be valid. Please ensure they exist and try again.%.0s",
			}},
			API:        []string{"autoscaling:AttachLoadBalancerTargetGroups", "autoscaling:AttachLoadBalancers"},
			Parameters: map[string]string{"lbTargetGroupArn": "", "elb": ""},
		},
	}
}

// policyNeeds are the inputs that one type of policy must have and no other may have: the provider's names, and ours.
var policyNeeds = []struct{ policy, input, shown string }{
	{"SimpleScaling", "scalingAdjustment", "scaling_adjustment"},
	{"StepScaling", "stepAdjustments", "step_adjustment"},
	{"TargetTrackingScaling", "targetTrackingConfiguration", "target_tracking_configuration"},
	{"PredictiveScaling", "predictiveScalingConfiguration", "predictive_scaling_configuration"},
}

func policyConstraints() []simulator.Constraint {
	origin := func(id, source string) simulator.Origin {
		return simulator.Origin{ID: "aws-autoscaling-" + id, Source: source}
	}
	const policy = "terraform-provider-aws, internal/service/autoscaling/policy.go"
	return []simulator.Constraint{
		{
			Origin: origin("policy-needs", policy), Stage: simulator.AtCheck,
			Error: "%s is required for policy type %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, need := range policyNeeds {
					if c.Text("policyType") == need.policy && !c.Given(need.input) {
						broken(need.input, need.shown, need.policy)
					}
				}
			},
		},
		{
			Origin: origin("policy-input-of-other-type", policy), Stage: simulator.AtCheck,
			Error: "%s is only supported for policy type %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if !c.Known("policyType") {
					return
				}
				for _, need := range policyNeeds {
					number, isNumber := c.Number(need.input)
					zero := isNumber && number == 0
					if c.Given(need.input) && !zero && c.Text("policyType") != need.policy {
						broken(need.input, need.shown, need.policy)
					}
				}
				if pause, given := c.Number("cooldown"); given && pause != 0 && c.Text("policyType") != "SimpleScaling" {
					broken("cooldown", "cooldown", "SimpleScaling")
				}
			},
		},
		{
			Origin: origin("request-count-label",
				"https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html"),
			Stage: simulator.AtCheck,
			Error: "ValidationError: A resource label is required for the metric type ALBRequestCountPerTarget",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				const metric = "targetTrackingConfiguration.predefinedMetricSpecification"
				if strings.HasPrefix(c.Text(metric+".predefinedMetricType"), "ALBRequestCount") && !c.Given(metric+".resourceLabel") {
					broken(metric + ".resourceLabel")
				}
			},
		},
		{
			Origin: origin("request-count-label-form",
				"https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html"),
			Stage: simulator.AtCheck,
			Error: "ValidationError: The resource label %s is not of the form " +
				"app/<load-balancer-name>/<load-balancer-id>/targetgroup/<target-group-name>/<target-group-id>",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				const metric = "targetTrackingConfiguration.predefinedMetricSpecification"
				label := c.Text(metric + ".resourceLabel")
				if strings.HasPrefix(c.Text(metric+".predefinedMetricType"), "ALBRequestCount") && label != "" && !requestLabel.MatchString(label) {
					broken(metric+".resourceLabel", label)
				}
			},
		},
	}
}

// requestLabel says which target group of which Application Load Balancer requests are counted for: the ends of their
// ARNs. A Network Load Balancer's begins with net, and counts none.
var requestLabel = regexp.MustCompile(`^app/[^/]+/[^/]+/targetgroup/[^/]+/[^/]+$`)
