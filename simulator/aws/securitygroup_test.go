package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	groupToken   = "aws:ec2/securityGroup:SecurityGroup"
	ingressToken = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressToken  = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	oldRuleToken = "aws:ec2/securityGroupRule:SecurityGroupRule"
)

// ssh is the inputs of a rule in a new group of a new VPC.
func ssh(w *world) inputs {
	return inputs{
		"securityGroupId": group(w, vpc(w), "web").ID(), "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "10.0.0.0/8",
	}
}

// oldSSH is the same rule as the older type declares it.
func oldSSH(in inputs) inputs {
	return inputs{
		"securityGroupId": in["securityGroupId"], "type": "ingress", "protocol": "tcp", "fromPort": 22, "toPort": 22,
		"cidrBlocks": []any{"192.0.2.0/24", "10.0.0.0/8"},
	}
}

func inlineSSH(blocks ...any) inputs {
	return inputs{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": blocks}
}

func securityGroupCases() []simulatortest.Case {
	const (
		exists = "aws-security-group-rule-exists"
		code   = "InvalidPermission.Duplicate"
		text   = "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW"
	)
	after := func(token string, change func(inputs) inputs) func(*world) error {
		return making(token, func(w *world) inputs {
			in := ssh(w)
			w.Create(ingressToken, "first", in)
			return change(in)
		})
	}
	inlineBefore := func(cidr string) func(*world) error {
		return making(ingressToken, func(w *world) inputs {
			g := w.Create(groupToken, "g", inputs{"vpcId": vpc(w).ID(), "ingress": []any{inlineSSH("10.0.0.0/8")}})
			return inputs{"securityGroupId": g.ID(), "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": cidr}
		})
	}
	inline := func(rules ...any) func(*world) error { return making(groupToken, inVPC(inputs{"ingress": rules})) }
	about := func(peer func(w *world, v thing) thing) func(*world) error {
		return making(ingressToken, func(w *world) inputs {
			v := vpc(w)
			return inputs{
				"securityGroupId": group(w, v, "a").ID(), "ipProtocol": "-1", "referencedSecurityGroupId": peer(w, v).ID(),
			}
		})
	}
	foreign := func(w *world, _ thing) thing { return group(w, otherVPC(w), "b") }
	return []simulatortest.Case{
		{
			ID: "aws-security-group-name", Code: "InvalidGroup.Duplicate", Text: "'web' already exists",
			Fails: making(groupToken, func(w *world) inputs {
				v := vpc(w)
				group(w, v, "web")
				return inputs{"vpcId": v.ID(), "name": "web"}
			}),
			Passes: making(groupToken, func(w *world) inputs { // names are those of a VPC
				group(w, vpc(w), "web")
				return inputs{"vpcId": otherVPC(w).ID(), "name": "web"}
			}),
		},
		{
			ID: exists, Code: code, Text: text,
			Fails:  after(ingressToken, func(in inputs) inputs { return with(in, inputs{"ipProtocol": "6"}) }),
			Passes: after(egressToken, func(in inputs) inputs { return in }),
		},
		{
			ID: exists, Code: code, Text: text,
			Fails:  after(oldRuleToken, oldSSH),
			Passes: after(oldRuleToken, func(in inputs) inputs { return with(oldSSH(in), inputs{"toPort": 23}) }),
		},
		{ID: exists, Code: code, Text: text, Fails: inlineBefore("10.0.0.0/8"), Passes: inlineBefore("10.0.0.0/9")},
		{
			ID: "aws-security-group-rule-twice", Code: "InvalidParameterValue", Text: "must not appear multiple times: " + text,
			Fails:  inline(inlineSSH("10.0.0.0/8"), with(inlineSSH("10.0.0.0/8"), inputs{"description": "again"})),
			Passes: inline(inlineSSH("10.0.0.0/8"), with(inlineSSH("10.0.0.0/8"), inputs{"toPort": 80})),
		},
		{
			ID: "aws-security-group-same-network", Code: "InvalidGroup.NotFound", Text: "belong to different networks",
			Fails: about(foreign), Passes: about(func(w *world, v thing) thing { return group(w, v, "b") }),
		},
		{
			ID: "aws-security-group-same-network", Code: "InvalidGroup.NotFound", Text: "belong to different networks",
			Fails: making(groupToken, func(w *world) inputs {
				rule := inputs{"protocol": "-1", "fromPort": 0, "toPort": 0, "securityGroups": []any{foreign(w, thing{}).ID()}}
				return inputs{"vpcId": vpc(w).ID(), "egress": []any{rule}}
			}),
			Passes: about(func(w *world, v thing) thing { // a peering connection joins the two
				other := foreign(w, v)
				peer(w, v, thingCalled(w, vpcToken, "other"))
				return other
			}),
		},
		upTo("L-E79EC296", "SecurityGroupLimitExceeded", "maximum number of security groups", 1, func(w *world, n int) error {
			if n == 0 {
				vpc(w)
			}
			_, err := w.Try(groupToken, fmt.Sprint(n), inputs{"vpcId": vpcOf(w)})
			return err
		}),
		{
			ID: "L-0EA8095F", Code: "RulesPerSecurityGroupLimitExceeded", Text: "rules per security group",
			Quotas: map[string]int{"L-0EA8095F": 2},
			Fails:  inline(inlineSSH("10.0.0.0/8", "192.0.2.0/24", "198.51.100.0/24")),
			Passes: inline(inlineSSH("10.0.0.0/8", "192.0.2.0/24"), // those of IPv6 have a quota of their own
				inputs{"protocol": "tcp", "fromPort": 22, "toPort": 22, "ipv6CidrBlocks": []any{"2001:db8::/32"}}),
		},
		{
			ID: "L-0EA8095F", Code: "RulesPerSecurityGroupLimitExceeded", Text: "rules per security group",
			Quotas: map[string]int{"L-0EA8095F": 1},
			Fails:  after(ingressToken, func(in inputs) inputs { return with(in, inputs{"toPort": 23}) }),
			Passes: after(egressToken, func(in inputs) inputs { return with(in, inputs{"toPort": 23}) }),
		},
		{
			ID: "L-0EA8095F", Code: "RulesPerSecurityGroupLimitExceeded", Text: "rules per security group",
			Fails: aboutList(61), Passes: aboutList(60), // a prefix list counts for all that it can hold
		},
		{
			ID: "L-2AFB9258", Code: "SecurityGroupsPerInterfaceLimitExceeded", Text: "security groups per interface",
			Quotas: map[string]int{"L-2AFB9258": 1},
			Fails:  interfaceWith("a", "b"), Passes: interfaceWith("a"),
		},
	}
}

// aboutList makes a rule about a prefix list that can hold so many entries.
func aboutList(most int) func(*world) error {
	return making(ingressToken, func(w *world) inputs {
		list := w.Create(prefixListToken, "l", inputs{"addressFamily": "IPv4", "maxEntries": most})
		return with(ssh(w), inputs{"cidrIpv4": nil, "prefixListId": list.ID()})
	})
}

// interfaceWith makes an endpoint with security groups.
func interfaceWith(names ...string) func(*world) error {
	return making(endpointToken, func(w *world) inputs {
		v := vpc(w)
		var groups []any
		for _, name := range names {
			groups = append(groups, group(w, v, name).ID())
		}
		return inputs{"vpcId": v.ID(), "serviceName": sts, "vpcEndpointType": "Interface", "securityGroupIds": groups}
	})
}
