package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2NoOpenFileShares keeps shared folders (CIFS, also called SMB) from being open to the internet. Its setting "ports"
// replaces 445 by other ports. What opens SSH or RDP besides, aws-ec2-no-open-management-ports tells.
var EC2NoOpenFileShares = policy.Policy{
	ID:       "aws-ec2-no-open-file-shares",
	Title:    "Security groups must not open shared folders to the internet.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "Worms and those who ask for ransoms look for port 445 all over the internet: behind it are the files, and a protocol " +
		"with a history of flaws that need no password.",
	Remediation: "Narrow the rule's source to your own networks, and let others in by a VPN.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20", CISAWS: "5.1.2"}.List(),
	Tags:        []string{"security", "network"},
	Peers:       []string{"Security Hub EC2.19"},
	Bad: []policy.Example{
		{Name: "files", Type: securityGroupType, Properties: props{
			"description": "Files.",
			"ingress":     []any{props{"protocol": "tcp", "fromPort": 445, "toPort": 445, "cidrBlocks": []any{"0.0.0.0/0"}}},
		}},
	},
	Good: []policy.Example{
		{Name: "files", Type: securityGroupType, Properties: props{
			"description": "Files.",
			"ingress":     []any{props{"protocol": "tcp", "fromPort": 445, "toPort": 445, "cidrBlocks": []any{"10.8.0.0/24"}}},
		}},
	},
	Config: closedPorts{Ports: []int{cifsPort}},
	Rules:  onOpenPorts(sshPort, rdpPort),
}

const cifsPort = 445
