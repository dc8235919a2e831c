package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2NetworkACLClosed advises against network ACLs that open SSH to the internet, inline or by rules of their own. A
// rule inline that comes after one that denies the same to everybody is left out. Its setting "ports" replaces 22.
// Remote desktop is not among the ports by default: 3389 lies in the range that replies come back to, which an ACL
// cannot tell from requests.
var EC2NetworkACLClosed = policy.Policy{
	ID:       "aws-ec2-network-acl-closed",
	Title:    "Network ACLs must not open ports for administration to the internet.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A network ACL is the second lock of a subnet, for the day on which somebody opens a security group. One that " +
		"lets administration in from everywhere is none.",
	Remediation: "Narrow cidrBlock to the addresses of your VPN or bastion, or add a rule that denies the port to 0.0.0.0/0 " +
		"with a lower number.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22", CISAWS: "5.2"}.List(),
	Tags:     []string{"security", "network"},
	Peers: []string{
		"Checkov CKV_AWS_231", "Checkov CKV_AWS_232", "Checkov CKV_AWS_352", "Trivy AWS-0102", "Trivy AWS-0105",
		"AWS Config NACL_NO_UNRESTRICTED_SSH_RDP", "Security Hub EC2.21",
	},
	Bad: []policy.Example{
		{Name: "web", Type: networkACLType, Properties: props{
			"vpcId": "vpc-1", "ingress": []any{props{
				"ruleNo": 100, "action": "allow", "protocol": "tcp", "fromPort": 0, "toPort": 65535, "cidrBlock": "0.0.0.0/0",
			}},
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: networkACLType, Properties: props{
			"vpcId": "vpc-1", "ingress": []any{props{
				"ruleNo": 100, "action": "allow", "protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlock": "0.0.0.0/0",
			}},
		}},
	},
	Config: closedPorts{Ports: []int{sshPort}},
	Rules: []policy.Rule{
		policy.On(networkACLType, checkNetworkACL),
		policy.On(defaultNetworkACLType, checkNetworkACL),
		policy.On(networkACLRuleType, func(r *policy.Report, rule separateACLRule) {
			if policy.AllOf(
				func() bool { return !rule.Egress.Or(false) },
				func() bool { return rule.Action.Get() == "allow" },
				func() bool { return rule.opens(policy.Settings[closedPorts](r).Ports) },
			) {
				r.Fail("It opens %s.", rule.aclRange)
			}
		}),
	},
}

type networkACL struct {
	Ingress policy.List[aclRule] `pulumi:"ingress"`
}

// aclRule is a rule inline in a network ACL.
type aclRule struct {
	Number policy.Value[int]    `pulumi:"ruleNo"`
	Action policy.Value[string] `pulumi:"action"`
	aclRange
}

type separateACLRule struct {
	Egress policy.Value[bool]   `pulumi:"egress"`
	Action policy.Value[string] `pulumi:"ruleAction"`
	aclRange
}

// aclRange is what a rule of a network ACL is about.
type aclRange struct {
	Protocol policy.Value[string] `pulumi:"protocol"`
	FromPort policy.Value[int]    `pulumi:"fromPort"`
	ToPort   policy.Value[int]    `pulumi:"toPort"`
	IPv4     policy.Value[string] `pulumi:"cidrBlock"`
	IPv6     policy.Value[string] `pulumi:"ipv6CidrBlock"`
}

func (a aclRange) opens(ports []int) bool {
	return policy.AllOf(
		func() bool { return portRange{a.Protocol, a.FromPort, a.ToPort}.coversAny(ports) },
		func() bool {
			return policy.AnyOf(
				func() bool { return coversInternet(a.IPv4.Get()) },
				func() bool { return coversInternet(a.IPv6.Get()) },
			)
		},
	)
}

// String says what is open.
func (a aclRange) String() string {
	return portRange{a.Protocol, a.FromPort, a.ToPort}.String() + " to the internet"
}

func checkNetworkACL(r *policy.Report, acl networkACL) {
	for _, port := range policy.Settings[closedPorts](r).Ports {
		acl.Ingress.Each(func(_ int, rule aclRule) {
			if policy.AllOf(
				func() bool { return rule.Action.Get() == "allow" },
				func() bool { return rule.opens([]int{port}) },
				func() bool { return !acl.denies(port, rule) },
			) {
				r.Fail("Its rule %v opens port %d to the internet.", rule.Number, port)
			}
		})
	}
}

// denies reports whether a rule before this one keeps everybody from the port, over the same version of IP.
func (a networkACL) denies(port int, allowed aclRule) bool {
	return a.Ingress.Any(func(rule aclRule) bool {
		return policy.AllOf(
			func() bool { return rule.Action.Get() == "deny" },
			func() bool { return rule.Number.Get() < allowed.Number.Get() },
			func() bool { return rule.IPv4.Present() == allowed.IPv4.Present() },
			func() bool { return rule.opens([]int{port}) },
		)
	})
}
