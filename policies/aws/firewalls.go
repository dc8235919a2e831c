package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// firewalls are what tells which security groups of a stack let the internet in.
type firewalls struct {
	Groups  policy.Resources[securityGroup]   `pulumi:"aws:ec2/securityGroup:SecurityGroup"`
	Rules   policy.Resources[attachedRule]    `pulumi:"aws:ec2/securityGroupRule:SecurityGroupRule"`
	Ingress policy.Resources[attachedIngress] `pulumi:"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"`
}

type attachedRule struct {
	securityGroupRule
	Group policy.Value[string] `pulumi:"securityGroupId"`
}

type attachedIngress struct {
	ingressRule
	Group policy.Value[string] `pulumi:"securityGroupId"`
}

// openGroups tell which security groups let the internet in, on other ports than those allowed.
type openGroups struct {
	firewalls
	opens func(group *policy.Node) bool
}

func (f firewalls) openGroups(allowed ...int) openGroups {
	groups := map[*policy.Node]securityGroup{}
	for _, group := range f.Groups.Get() {
		groups[group.Node] = group.Props
	}
	return openGroups{f, policy.Memo(func(group *policy.Node) bool {
		return f.letIn(group, groups[group].Ingress, allowed)
	})}
}

// anyOf reports whether one of the stack's security groups that the property names lets the internet in.
func (o openGroups) anyOf(n *policy.Node, property string) bool {
	return o.Groups.AnyReferredBy(n, property, func(group policy.Resource[securityGroup]) bool { return o.opens(group.Node) })
}

// letIn reports whether one of the group's rules, in it or of its own, lets the internet in on a port that is not allowed.
func (f firewalls) letIn(group *policy.Node, inline policy.List[inlineIngress], allowed []int) bool {
	opens := func(i inlineIngress) bool {
		return policy.AllOf(i.fromInternet, func() bool { return !i.ports().within(allowed) })
	}
	return policy.AnyOf(
		func() bool { return inline.Any(opens) },
		func() bool {
			return f.Rules.AnyReferring("securityGroupId", group, func(r policy.Resource[attachedRule]) bool {
				return policy.AllOf(
					func() bool { return r.Props.Type.Get() == "ingress" },
					func() bool { return opens(r.Props.inlineIngress) },
				)
			})
		},
		func() bool {
			return f.Ingress.AnyReferring("securityGroupId", group, func(r policy.Resource[attachedIngress]) bool {
				return policy.AllOf(r.Props.fromInternet, func() bool { return !r.Props.ports().within(allowed) })
			})
		},
	)
}

type securityGroup struct {
	Ingress policy.List[inlineIngress] `pulumi:"ingress"`
}

type securityGroupRule struct {
	Type policy.Value[string] `pulumi:"type"`
	inlineIngress
}

// inlineIngress is an ingress rule of a security group, and what SecurityGroupRule has in common with it.
type inlineIngress struct {
	Protocol  policy.Value[string] `pulumi:"protocol"`
	FromPort  policy.Value[int]    `pulumi:"fromPort"`
	ToPort    policy.Value[int]    `pulumi:"toPort"`
	IPv4CIDRs policy.List[string]  `pulumi:"cidrBlocks"`
	IPv6CIDRs policy.List[string]  `pulumi:"ipv6CidrBlocks"`
}

func (i inlineIngress) ports() portRange { return portRange{i.Protocol, i.FromPort, i.ToPort} }

// fromInternet reports whether the rule lets the internet at large in, on whatever ports.
func (i inlineIngress) fromInternet() bool {
	return policy.AnyOf(
		func() bool { return coverInternet(i.IPv4CIDRs) },
		func() bool { return coverInternet(i.IPv6CIDRs) },
	)
}

// String says what is open to whom.
func (i inlineIngress) String() string {
	var sources []string
	for _, cidrs := range []policy.List[string]{i.IPv4CIDRs, i.IPv6CIDRs} {
		if text := fmt.Sprint(cidrs); text != "[]" {
			sources = append(sources, text)
		}
	}
	return fmt.Sprintf("%s to %s", i.ports(), strings.Join(sources, " and "))
}

type ingressRule struct {
	Protocol policy.Value[string] `pulumi:"ipProtocol"`
	FromPort policy.Value[int]    `pulumi:"fromPort"`
	ToPort   policy.Value[int]    `pulumi:"toPort"`
	IPv4CIDR policy.Value[string] `pulumi:"cidrIpv4"`
	IPv6CIDR policy.Value[string] `pulumi:"cidrIpv6"`
}

func (i ingressRule) ports() portRange { return portRange{i.Protocol, i.FromPort, i.ToPort} }

// fromInternet reports whether the rule lets the internet at large in, on whatever ports.
func (i ingressRule) fromInternet() bool {
	return policy.AnyOf(
		func() bool { return coversInternet(i.IPv4CIDR.Get()) },
		func() bool { return coversInternet(i.IPv6CIDR.Get()) },
	)
}

// String says what is open to whom.
func (i ingressRule) String() string {
	source := i.IPv4CIDR
	if !source.Present() {
		source = i.IPv6CIDR
	}
	return fmt.Sprintf("%s to %v", i.ports(), source)
}
