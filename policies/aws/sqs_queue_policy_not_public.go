package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SQSQueuePolicyNotPublic refuses policies of queues that everybody may use. A condition on the caller's
// organisation, account, network or source makes it good.
var SQSQueuePolicyNotPublic = policy.Policy{
	ID:        "aws-sqs-queue-policy-not-public",
	Title:     "Policies of queues must not let everybody in.",
	Severity:  policy.High,
	Level:     policy.Mandatory,
	Rationale: "Strangers can read the messages of a public queue, delete them, or feed in their own.",
	Remediation: "Name the accounts or roles as principals, or add a condition on aws:PrincipalOrgID, " +
		"aws:SourceArn or aws:SourceAccount.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Peers:    []string{"Checkov CKV_AWS_168", "Checkov CKV_AWS_387"},
	Bad: []policy.Example{
		{Name: "access", Type: queuePolicyType, Properties: props{
			"queueUrl": "orders", "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "access", Type: queuePolicyType, Properties: props{
			"queueUrl": "orders", "policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "sqs:SendMessage", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(queueType, checkResourcePolicy),
		policy.On(queuePolicyType, checkResourcePolicy),
	},
}
