package aws

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// stickyBehindRule: with several target groups in an action, a client that is kept with a target must be kept with the
// group first.
var stickyBehindRule = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-elb-sticky-behind-rule",
		Source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2734"},
	Stage: simulator.AtApply,
	Error: "InvalidConfigurationRequest: This target group appears behind a rule with group stickiness disabled (%s). You " +
		"must enable group stickiness before enabling target stickiness",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Old == nil || !c.Flag("stickiness.enabled") {
			return
		}
		for _, user := range slices.Concat(c.Old.Users(listenerKind), c.Old.Users(listenerRuleKind)) {
			for _, actions := range []string{"defaultActions", "actions"} {
				if sharesWithoutStickiness(user.Output(actions), c.Old.ARN) {
					broken("stickiness.enabled", user.ARN)
					return
				}
			}
		}
	},
}

// sharesWithoutStickiness reports whether one of the actions shares traffic out among a target group and others, every
// request anew.
func sharesWithoutStickiness(actions resource.PropertyValue, group string) bool {
	found := false
	eachObject(actions, func(action resource.PropertyMap) {
		forward := action["forward"]
		if !forward.IsObject() {
			return
		}
		groups, in := 0, false
		eachObject(forward.ObjectValue()["targetGroups"], func(target resource.PropertyMap) {
			groups++
			in = in || stringOf(target["arn"]) == group
		})
		sticky := forward.ObjectValue()["stickiness"]
		kept := sticky.IsObject() && sticky.ObjectValue()["enabled"].IsBool() && sticky.ObjectValue()["enabled"].BoolValue()
		found = found || in && groups > 1 && !kept
	})
	return found
}
