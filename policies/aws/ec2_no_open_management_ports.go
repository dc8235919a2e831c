package aws

import (
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
	Config: closedPorts{Ports: []int{sshPort, rdpPort}},
	Rules:  onOpenPorts(),
}

// The ports of remote administration that CIS names.
const (
	sshPort = 22
	rdpPort = 3389
)
