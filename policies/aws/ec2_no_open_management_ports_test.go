package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// ingress is an inline ingress rule for a range of ports.
func ingress(protocol string, from, to any, cidrs ...any) props {
	return props{"protocol": protocol, "fromPort": from, "toPort": to, "cidrBlocks": cidrs}
}

// group is a security group with the inline rules.
func group(rules ...any) []policytest.Resource {
	return policytest.One(securityGroupType, props{"description": "web", "ingress": rules})
}

func TestEC2NoOpenManagementPortsInline(t *testing.T) {
	t.Parallel()
	ipv6 := func(cidrs ...any) props {
		return props{"protocol": "tcp", "fromPort": 22, "toPort": 22, "ipv6CidrBlocks": cidrs}
	}
	policytest.Run(t, EC2NoOpenManagementPorts,
		policytest.Case{Name: "no rules", Resources: group(), Want: policytest.Pass()},
		policytest.Case{Name: "rules elsewhere", Resources: policytest.One(securityGroupType, props{}), Want: policytest.Pass()},
		policytest.Case{
			Name:      "HTTPS from everywhere",
			Resources: group(ingress("tcp", 443, 443, "0.0.0.0/0")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "SSH from the office",
			Resources: group(ingress("tcp", 22, 22, "203.0.113.0/24", "198.51.100.7/32")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "SSH from everywhere",
			Resources: group(ingress("tcp", 22, 22, "0.0.0.0/0")),
			Want:      policytest.Fail("Its ingress rule 0 opens port 22/tcp to [0.0.0.0/0]."),
		},
		policytest.Case{
			Name:      "RDP from everywhere, over UDP by number",
			Resources: group(ingress("17", 3389, 3389, "0.0.0.0/0")),
			Want:      policytest.Fail("opens port 3389/17"),
		},
		policytest.Case{
			Name:      "protocol by number and in capitals",
			Resources: group(ingress("6", 22, 22, "0.0.0.0/0"), ingress("TCP", 22, 22, "0.0.0.0/0")),
			Want:      policytest.Fail("rule 0", "rule 1"),
		},
		policytest.Case{
			Name:      "all protocols, whose ports are ignored",
			Resources: group(ingress("-1", 0, 0, "0.0.0.0/0")),
			Want:      policytest.Fail("opens all ports to [0.0.0.0/0]"),
		},
		policytest.Case{
			Name:      "a range that holds SSH and RDP",
			Resources: group(ingress("tcp", 0, 65535, "0.0.0.0/0")),
			Want:      policytest.Fail("opens ports 0-65535/tcp"),
		},
		policytest.Case{
			Name:      "ranges that end just before and start just after",
			Resources: group(ingress("tcp", 0, 21, "0.0.0.0/0"), ingress("tcp", 23, 3388, "0.0.0.0/0"), ingress("tcp", 3390, 65535, "0.0.0.0/0")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "-1 for all TCP ports",
			Resources: group(ingress("tcp", -1, -1, "0.0.0.0/0")),
			Want:      policytest.Fail("rule 0 opens all ports/tcp"),
		},
		policytest.Case{
			Name:      "ping from everywhere: type and code are no ports",
			Resources: group(ingress("icmp", 8, 22, "0.0.0.0/0"), ingress("58", -1, -1, "0.0.0.0/0")),
			Want:      policytest.Pass(),
		},
		policytest.Case{Name: "IPv6", Resources: group(ipv6("::/0")), Want: policytest.Fail("port 22/tcp to [::/0]")},
		policytest.Case{
			Name:      "IPv6 spelt out",
			Resources: group(ipv6("0:0:0:0:0:0:0:0/0")),
			Want:      policytest.Fail("0:0:0:0:0:0:0:0/0"),
		},
		policytest.Case{Name: "all of routable IPv6", Resources: group(ipv6("2000::/3")), Want: policytest.Fail("2000::/3")},
		policytest.Case{Name: "half of routable IPv6", Resources: group(ipv6("2000::/4")), Want: policytest.Fail("2000::/4")},
		policytest.Case{
			Name:      "everywhere, after a part of it",
			Resources: group(ingress("tcp", 22, 22, "10.0.0.0/8", "0.0.0.0/0")),
			Want:      policytest.Fail("rule 0"),
		},
		policytest.Case{
			Name:      "RDP from everywhere, over UDP by name",
			Resources: group(ingress("udp", 3389, 3389, "0.0.0.0/0")),
			Want:      policytest.Fail("opens port 3389/udp"),
		},
		policytest.Case{
			Name:      "all protocols, for one port",
			Resources: group(ingress("-1", 0, 0, "0.0.0.0/0")),
			Config:    props{"ports": []any{22}},
			Want:      policytest.Fail("opens all ports"),
		},
		policytest.Case{
			Name:      "one bound of two",
			Resources: group(ingress("tcp", 22, nil, "0.0.0.0/0"), ingress("tcp", nil, 22, "0.0.0.0/0")),
			Want:      policytest.Fail("ports 22-[unset]/tcp", "ports [unset]-22/tcp"),
		},
		policytest.Case{Name: "IPv6 with bits set", Resources: group(ipv6("2001:db8::1/1")), Want: policytest.Fail("/1")},
		policytest.Case{Name: "private IPv6", Resources: group(ipv6("fc00::/7", "fe80::/10")), Want: policytest.Pass()},
		policytest.Case{Name: "IPv6 that is not routed", Resources: group(ipv6("8000::/1")), Want: policytest.Pass()},
		policytest.Case{
			Name:      "everywhere in halves",
			Resources: group(ingress("tcp", 22, 22, "0.0.0.0/1", "128.0.0.0/1")),
			Want:      policytest.Fail("0.0.0.0/1 128.0.0.0/1"),
		},
		policytest.Case{
			Name:      "everywhere in quarters, amid others",
			Resources: group(ingress("tcp", 22, 22, "0.0.0.0/2", "10.0.0.0/8", "64.0.0.0/2")),
			Want:      policytest.Fail("rule 0"),
		},
		policytest.Case{
			Name:      "one large company",
			Resources: group(ingress("tcp", 22, 22, "12.0.0.0/8", "12.1.0.0/16")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "a quarter of everything counts once, though given twice and in parts",
			Resources: group(ingress("tcp", 22, 22, "64.0.0.0/3", "96.0.0.0/3", "64.0.0.0/2", "64.0.0.0/2", "96.0.0.0/3")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "no range at all, which AWS refuses",
			Resources: group(ingress("tcp", 22, 22, "everywhere")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "from another group",
			Resources: group(props{"protocol": "tcp", "fromPort": 22, "toPort": 22, "securityGroups": []string{"sg-1"}, "self": true}),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "numbers as strings",
			Resources: group(ingress("tcp", "22", "22", "0.0.0.0/0")),
			Want:      policytest.Fail("port 22/tcp"),
		},
		policytest.Case{
			Name:      "a secret range is not named",
			Resources: group(ingress("tcp", 22, 22, policytest.Secret("0.0.0.0/0"))),
			Want:      policytest.Fail("port 22/tcp to [[secret]]"),
		},
		policytest.Case{
			Name: "a default security group",
			Resources: policytest.One(defaultSecurityGroupType, props{
				"ingress": []any{ingress("tcp", 22, 22, "0.0.0.0/0")},
			}),
			Want: policytest.Fail("rule 0"),
		},
		policytest.Case{
			Name:      "another type",
			Resources: policytest.One("aws:ec2/vpc:Vpc", props{"cidrBlock": "0.0.0.0/0"}),
			Want:      policytest.NotApplicable(),
		},
		policytest.Case{
			Name:      "not a list of rules",
			Resources: policytest.One(securityGroupType, props{"ingress": "open"}),
			Want:      policytest.Error("the value at .ingress is a string where the policy expects a list"),
		},
	)
}

func TestEC2NoOpenManagementPortsOfOnesOwn(t *testing.T) {
	t.Parallel()
	ports := func(ports ...any) props { return props{"ports": ports} }
	ssh, postgres := group(ingress("tcp", 22, 22, "0.0.0.0/0")), group(ingress("tcp", 5432, 5433, "0.0.0.0/0"))
	rule := func(port int) []policytest.Resource {
		return policytest.One(ingressRuleType, props{"ipProtocol": "tcp", "fromPort": port, "toPort": port, "cidrIpv4": "0.0.0.0/0"})
	}
	inline := ingress("tcp", 5432, 5432, "0.0.0.0/0")
	inline["type"] = "ingress"
	policytest.Run(t, EC2NoOpenManagementPorts,
		policytest.Case{Name: "another port", Config: ports(5432), Resources: postgres, Want: policytest.Fail("ports 5432-5433/tcp")},
		policytest.Case{Name: "the last of many", Config: ports(1, 2, 5433), Resources: postgres, Want: policytest.Fail("rule 0")},
		policytest.Case{Name: "instead of SSH", Config: ports(5432), Resources: ssh, Want: policytest.Pass()},
		policytest.Case{Name: "besides SSH", Config: ports(22, 5432), Resources: ssh, Want: policytest.Fail("port 22/tcp")},
		policytest.Case{Name: "by a rule", Config: ports(5432), Resources: rule(5432), Want: policytest.Fail("port 5432/tcp")},
		policytest.Case{Name: "not by a rule", Config: ports(5432), Resources: rule(22), Want: policytest.Pass()},
		policytest.Case{
			Name:      "by a rule of the older type",
			Config:    ports(5432),
			Resources: policytest.One(securityGroupRuleType, inline),
			Want:      policytest.Fail("port 5432/tcp"),
		},
		policytest.Case{
			Name: "by a rule of the older type, from the office",
			Resources: policytest.One(securityGroupRuleType, props{
				"type": "ingress", "protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"203.0.113.0/24"},
			}),
			Want: policytest.Pass(),
		},
		policytest.Case{
			Name:      "to half of routable IPv6",
			Resources: policytest.One(ingressRuleType, props{"ipProtocol": "-1", "cidrIpv6": "2000::/4"}),
			Want:      policytest.Fail("2000::/4"),
		},
		policytest.Case{
			Name:      "no ports at all",
			Config:    ports(),
			Resources: group(ingress("-1", 0, 0, "0.0.0.0/0"), ingress("tcp", 0, 65535, "0.0.0.0/0")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "no port",
			Config:    ports(22, 65536, "ssh"),
			Resources: ssh,
			Want: policytest.Error(`policy "aws-ec2-no-open-management-ports": ports.1 is 65536, but must be at most 65535; ` +
				`policy "aws-ec2-no-open-management-ports": ports.2 is a string where the policy expects a whole number`),
		},
	)
}

func TestEC2NoOpenManagementPortsUnknown(t *testing.T) {
	t.Parallel()
	unknown := policytest.Unknown
	policytest.Run(t, EC2NoOpenManagementPorts,
		policytest.Case{
			Name:      "SSH from somewhere",
			Resources: group(ingress("tcp", 22, 22, unknown)),
			Want:      policytest.Undetermined(".ingress.0.cidrBlocks.0"),
		},
		policytest.Case{
			Name:      "some ports from everywhere",
			Resources: group(ingress("tcp", unknown, 4000, "0.0.0.0/0")),
			Want:      policytest.Undetermined(".ingress.0.fromPort"),
		},
		policytest.Case{
			Name:      "all rules",
			Resources: policytest.One(securityGroupType, props{"ingress": unknown}),
			Want:      policytest.Undetermined("string value at .ingress can't be known during preview"),
		},
		policytest.Case{
			Name:      "one rule does not hide another",
			Resources: group(unknown, ingress("tcp", 22, 22, unknown), ingress("tcp", 22, 22, "0.0.0.0/0")),
			Want:      policytest.Fail("rule 2"),
		},
		policytest.Case{
			Name:      "one range does not hide another",
			Resources: group(ingress("tcp", 22, 22, unknown, "0.0.0.0/0")),
			Want:      policytest.Fail("port 22/tcp to [[unknown] 0.0.0.0/0]"),
		},
		policytest.Case{
			Name: "IPv4 does not hide IPv6",
			Resources: group(props{
				"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": unknown, "ipv6CidrBlocks": []string{"::/0"},
			}),
			Want: policytest.Fail("to [unknown] and [::/0]"),
		},
		policytest.Case{
			Name:      "HTTPS from somewhere is fine from anywhere",
			Resources: group(ingress("tcp", 443, 443, unknown)),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "any port from the office is fine",
			Resources: group(ingress("tcp", unknown, unknown, "203.0.113.0/24")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "nothing of the group is known but its ports",
			Resources: group(props{"protocol": unknown, "fromPort": 22, "toPort": 22, "cidrBlocks": unknown}),
			Want:      policytest.Undetermined(".ingress.0.protocol"),
		},
	)
}

func TestEC2NoOpenManagementPortsSeparateRules(t *testing.T) {
	t.Parallel()
	rule := func(kind string, more props) []policytest.Resource {
		p := ingress("tcp", 22, 22, "0.0.0.0/0")
		p["type"], p["securityGroupId"] = kind, "sg-1"
		for key, value := range more {
			p[key] = value
		}
		return policytest.One(securityGroupRuleType, p)
	}
	vpcRule := func(p props) []policytest.Resource { return policytest.One(ingressRuleType, p) }
	policytest.Run(t, EC2NoOpenManagementPorts,
		policytest.Case{Name: "ingress", Resources: rule("ingress", nil), Want: policytest.Fail("It opens port 22/tcp to [0.0.0.0/0].")},
		policytest.Case{Name: "egress", Resources: rule("egress", nil), Want: policytest.Pass()},
		policytest.Case{
			Name:      "all protocols by name",
			Resources: rule("ingress", props{"protocol": "all", "fromPort": 0, "toPort": 0}),
			Want:      policytest.Fail("all ports"),
		},
		policytest.Case{
			Name:      "to a group that is still to be made",
			Resources: append(named("web", securityGroupType, props{}), rule("ingress", props{"securityGroupId": policytest.Ref("web")})[0]),
			Want:      policytest.Fail("port 22/tcp"),
		},
		policytest.Case{
			Name:      "one source",
			Resources: vpcRule(props{"ipProtocol": "tcp", "fromPort": 3389, "toPort": 3389, "cidrIpv4": "0.0.0.0/0"}),
			Want:      policytest.Fail("It opens port 3389/tcp to 0.0.0.0/0."),
		},
		policytest.Case{
			Name:      "one IPv6 source",
			Resources: vpcRule(props{"ipProtocol": "tcp", "fromPort": 20, "toPort": 25, "cidrIpv6": "::/0"}),
			Want:      policytest.Fail("It opens ports 20-25/tcp to ::/0."),
		},
		policytest.Case{
			Name:      "all protocols, without ports",
			Resources: vpcRule(props{"ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"}),
			Want:      policytest.Fail("all ports"),
		},
		policytest.Case{
			Name:      "TCP without ports",
			Resources: vpcRule(props{"ipProtocol": "tcp", "cidrIpv4": "0.0.0.0/0"}),
			Want:      policytest.Fail("It opens all ports/tcp to 0.0.0.0/0."),
		},
		policytest.Case{
			Name:      "from another group",
			Resources: vpcRule(props{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "referencedSecurityGroupId": "sg-2"}),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "from the office",
			Resources: vpcRule(props{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "203.0.113.7/32"}),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "from an address that is not known yet",
			Resources: vpcRule(props{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": policytest.Unknown}),
			Want:      policytest.Undetermined(".cidrIpv4"),
		},
	)
}
