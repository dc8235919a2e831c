package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// closedPorts are the settings of policies on ports that must not be open.
type closedPorts struct {
	Ports []int `pulumi:"ports" min:"0" max:"65535" description:"Ports that must not be open to the internet."`
}

// onOpenPorts are the rules that find security groups which open one of the policy's ports to the internet, in all the ways
// a group can be told to: inline and by rules of their own, over IPv4 and IPv6.
func onOpenPorts() []policy.Rule {
	return []policy.Rule{
		policy.On(securityGroupType, checkInlineIngress),
		policy.On(defaultSecurityGroupType, checkInlineIngress),
		policy.On(securityGroupRuleType, func(r *policy.Report, rule securityGroupRule) {
			ports := policy.Settings[closedPorts](r).Ports
			if policy.AllOf(func() bool { return rule.Type.Get() == "ingress" }, func() bool { return rule.opens(ports) }) {
				r.Fail("It opens %s.", rule.inlineIngress)
			}
		}),
		policy.On(ingressRuleType, func(r *policy.Report, rule ingressRule) {
			if rule.opens(policy.Settings[closedPorts](r).Ports) {
				r.Fail("It opens %s.", rule)
			}
		}),
	}
}

func checkInlineIngress(r *policy.Report, group securityGroup) {
	ports := policy.Settings[closedPorts](r).Ports
	group.Ingress.Each(func(i int, rule inlineIngress) {
		if rule.opens(ports) {
			r.Fail("Its ingress rule %d opens %s.", i, rule)
		}
	})
}

func (i inlineIngress) opens(ports []int) bool {
	return policy.AllOf(func() bool { return i.ports().coversAny(ports) }, i.fromInternet)
}

func (i ingressRule) opens(ports []int) bool {
	return policy.AllOf(func() bool { return i.ports().coversAny(ports) }, i.fromInternet)
}
