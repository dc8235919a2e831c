package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SQSQueueEncrypted refuses queues whose encryption is turned off. By default, SQS encrypts with a key of its own.
var SQSQueueEncrypted = policy.Policy{
	ID:          "aws-sqs-queue-encrypted",
	Title:       "Queues must be encrypted at rest.",
	Severity:    policy.Medium,
	Level:       policy.Mandatory,
	Rationale:   "Messages wait on disks, and hold orders, addresses and tokens.",
	Remediation: "Leave sqsManagedSseEnabled at true, or set kmsMasterKeyId.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption"},
	Peers:       []string{"Checkov CKV_AWS_27", "Trivy AWS-0096", "Security Hub SQS.1"},
	Bad: []policy.Example{
		{Name: "orders", Type: queueType, Properties: props{"sqsManagedSseEnabled": false}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: queueType, Properties: props{"kmsMasterKeyId": "alias/orders"}},
	},
	Rules: []policy.Rule{
		policy.On(queueType, checkEncryptedQueue),
		policy.OnRemediate(queueType, mendEncryptedQueue),
	},
}

type encryptedQueue struct {
	Managed policy.Value[bool]   `pulumi:"sqsManagedSseEnabled"`
	Key     policy.Value[string] `pulumi:"kmsMasterKeyId"`
}

func checkEncryptedQueue(r *policy.Report, v encryptedQueue) {
	if !v.Key.Present() && !v.Managed.Or(true) {
		r.Fail("Its encryption is turned off.")
	}
}

func mendEncryptedQueue(r *policy.Remediation, v encryptedQueue) {
	if !v.Key.Present() && !v.Managed.Or(true) {
		r.Set("sqsManagedSseEnabled", true)
	}
}
