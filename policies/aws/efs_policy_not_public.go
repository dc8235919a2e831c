package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EFSPolicyNotPublic refuses policies of file systems that let everybody in. To let in whoever comes by a mount target
// is not public (Amazon EFS User Guide, "Blocking public access to file systems").
var EFSPolicyNotPublic = policy.Policy{
	ID:       "aws-efs-policy-not-public",
	Title:    "Policies of file systems must not let everybody in.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A policy for everybody lets any account that reaches the network mount the file system, and read and write " +
		"what is on it.",
	Remediation: "Name the accounts or roles in Principal, or add the condition elasticfilesystem:AccessedViaMountTarget.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:        []string{"security", "public-access"},
	Bad: []policy.Example{
		{Name: "open", Type: fileSystemPolicyType, Properties: props{
			"fileSystemId": "fs-1",
			"policy":       `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientWrite"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "mounted", Type: fileSystemPolicyType, Properties: props{
			"fileSystemId": "fs-1",
			"policy":       `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientWrite", "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}}]}`,
		}},
	},
	Rules: []policy.Rule{policy.On(fileSystemPolicyType, checkResourcePolicy)},
}
