package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2NoOpenManagementPorts keeps SSH and RDP from being open to the internet, in all the ways a security group can be told
// to: inline, by separate rules, over IPv4 and IPv6. Customer-managed prefix lists are not looked into. Its setting
// "ports" replaces 22 and 3389 by other ports.
var EC2NoOpenManagementPorts = policy.Policy{
	ID:       "aws-ec2-no-open-management-ports",
	Title:    "Security groups must not open ports for administration, such as SSH and RDP, to the internet.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "Ports for remote administration are scanned and attacked within minutes of being reachable. One weak " +
		"password or unpatched daemon behind them hands over the machine.",
	Remediation: "Drop the rule and administer machines through AWS Systems Manager Session Manager, or narrow its source " +
		"to the addresses of your VPN or bastion.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20", CISAWS: "5.3 5.4"}.List(),
	Tags:     []string{"security", "network"},
	Peers:    []string{"Checkov CKV_AWS_24", "Checkov CKV_AWS_25", "Trivy AWS-0107", "AWS Config INCOMING_SSH_DISABLED", "Security Hub EC2.13", "Security Hub EC2.14"},
	Bad: []policy.Example{
		{Name: "web", Type: securityGroupType, Properties: props{
			"description": "Administration.",
			"ingress":     []any{props{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"0.0.0.0/0"}}},
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: securityGroupType, Properties: props{
			"description": "Administration.",
			"ingress":     []any{props{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"10.8.0.0/24"}}},
		}},
	},
	Config: managementPorts{Ports: []int{sshPort, rdpPort}},
	Rules: []policy.Rule{
		policy.On(securityGroupType, checkInlineIngress),
		policy.On(defaultSecurityGroupType, checkInlineIngress),
		policy.On(securityGroupRuleType, func(r *policy.Report, rule securityGroupRule) {
			ports := policy.Settings[managementPorts](r).Ports
			if policy.AllOf(func() bool { return rule.Type.Get() == "ingress" }, func() bool { return rule.opens(ports) }) {
				r.Fail("It opens %s.", rule.inlineIngress)
			}
		}),
		policy.On(ingressRuleType, func(r *policy.Report, rule ingressRule) {
			ports := policy.Settings[managementPorts](r).Ports
			if rule.opens(ports) {
				r.Fail("It opens %s.", rule)
			}
		}),
	},
}

func checkInlineIngress(r *policy.Report, group securityGroup) {
	ports := policy.Settings[managementPorts](r).Ports
	group.Ingress.Each(func(i int, rule inlineIngress) {
		if rule.opens(ports) {
			r.Fail("Its ingress rule %d opens %s.", i, rule)
		}
	})
}

// The ports of remote administration that CIS names.
const (
	sshPort = 22
	rdpPort = 3389
)

// managementPorts are the policy's settings.
type managementPorts struct {
	Ports []int `pulumi:"ports" min:"0" max:"65535" description:"Ports that must not be open to the internet."`
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

func (i inlineIngress) opens(ports []int) bool {
	return policy.AllOf(
		func() bool { return portRange{i.Protocol, i.FromPort, i.ToPort}.coversAny(ports) },
		func() bool {
			return policy.AnyOf(
				func() bool { return coverInternet(i.IPv4CIDRs) },
				func() bool { return coverInternet(i.IPv6CIDRs) },
			)
		},
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
	return fmt.Sprintf("%s to %s", portRange{i.Protocol, i.FromPort, i.ToPort}, strings.Join(sources, " and "))
}

type ingressRule struct {
	Protocol policy.Value[string] `pulumi:"ipProtocol"`
	FromPort policy.Value[int]    `pulumi:"fromPort"`
	ToPort   policy.Value[int]    `pulumi:"toPort"`
	IPv4CIDR policy.Value[string] `pulumi:"cidrIpv4"`
	IPv6CIDR policy.Value[string] `pulumi:"cidrIpv6"`
}

func (i ingressRule) opens(ports []int) bool {
	return policy.AllOf(
		func() bool { return portRange{i.Protocol, i.FromPort, i.ToPort}.coversAny(ports) },
		func() bool {
			return policy.AnyOf(
				func() bool { return coversInternet(i.IPv4CIDR.Get()) },
				func() bool { return coversInternet(i.IPv6CIDR.Get()) },
			)
		},
	)
}

// String says what is open to whom.
func (i ingressRule) String() string {
	source := i.IPv4CIDR
	if !source.Present() {
		source = i.IPv6CIDR
	}
	return fmt.Sprintf("%s to %v", portRange{i.Protocol, i.FromPort, i.ToPort}, source)
}

// portRange is what a rule lets through, whoever it comes from.
type portRange struct {
	protocol policy.Value[string]
	from, to policy.Value[int]
}

// coversAny reports whether one of the ports is let through.
func (p portRange) coversAny(ports []int) bool {
	switch strings.ToLower(p.protocol.Get()) {
	case "-1", "all":
		return len(ports) > 0 // of all protocols, the range is ignored
	case "tcp", "6", "udp", "17":
	default:
		return false
	}
	covers := make([]func() bool, len(ports))
	for i, port := range ports {
		covers[i] = func() bool { return p.covers(port) }
	}
	return policy.AnyOf(covers...)
}

// covers reports whether the port is in the range. Without bounds, and with -1 for one, a range is all ports.
func (p portRange) covers(port int) bool {
	return policy.AllOf(
		func() bool { return p.from.Or(-1) <= port },
		func() bool { return p.to.Or(-1) >= port || p.to.Or(-1) == -1 },
	)
}

// String names the range, with the protocol.
func (p portRange) String() string {
	switch strings.ToLower(fmt.Sprint(p.protocol)) {
	case "-1", "all":
		return "all ports"
	}
	switch from, to := fmt.Sprint(p.from), fmt.Sprint(p.to); {
	case !p.from.Present() && !p.to.Present(), to == "-1":
		return fmt.Sprintf("all ports/%v", p.protocol)
	case from == to:
		return fmt.Sprintf("port %s/%v", from, p.protocol)
	default:
		return fmt.Sprintf("ports %s-%s/%v", from, to, p.protocol)
	}
}
