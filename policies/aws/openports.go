package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// closedPorts are the settings of policies on ports that must not be open.
type closedPorts struct {
	Ports []int `pulumi:"ports" min:"0" max:"65535" description:"Ports that must not be open to the internet."`
}

// onOpenPorts are the rules that find security groups which open one of the policy's ports to the internet, in all the ways
// a group can be told to: inline and by rules of their own, over IPv4 and IPv6. What opens one of the ports that are told by
// another policy is left to that one.
func onOpenPorts(told ...int) []policy.Rule {
	inline := func(r *policy.Report, group securityGroup) {
		group.Ingress.Each(func(i int, rule inlineIngress) {
			if opens(r, rule.ports(), told, rule.fromInternet) {
				r.Fail("Its ingress rule %d opens %s.", i, rule)
			}
		})
	}
	return []policy.Rule{
		policy.On(securityGroupType, inline),
		policy.On(defaultSecurityGroupType, inline),
		policy.On(securityGroupRuleType, func(r *policy.Report, rule securityGroupRule) {
			if policy.AllOf(
				func() bool { return rule.Type.Get() == "ingress" },
				func() bool { return opens(r, rule.ports(), told, rule.fromInternet) },
			) {
				r.Fail("It opens %s.", rule.inlineIngress)
			}
		}),
		policy.On(ingressRuleType, func(r *policy.Report, rule ingressRule) {
			if opens(r, rule.ports(), told, rule.fromInternet) {
				r.Fail("It opens %s.", rule)
			}
		}),
	}
}

// opens reports whether a rule opens one of the policy's ports, and none that is told by another policy.
func opens(r *policy.Report, ports portRange, told []int, fromInternet func() bool) bool {
	return policy.AllOf(
		func() bool { return ports.coversAny(policy.Settings[closedPorts](r).Ports) },
		func() bool { return !ports.coversAny(told) },
		fromInternet,
	)
}
