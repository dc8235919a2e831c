package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SQSDeadLetters wants messages that cannot be handled to be kept. Queues that take the dead letters of others need
// none of their own.
var SQSDeadLetters = policy.Policy{
	ID:       "aws-sqs-dead-letters",
	Title:    "Queues must have a queue for dead letters.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A message that its consumer cannot handle is tried until it expires, and is then lost. In a queue " +
		"of its own, it can be looked into and sent again.",
	Remediation: "Set redrivePolicy with a deadLetterTargetArn and a maxReceiveCount, or add an " +
		"aws:sqs/redrivePolicy:RedrivePolicy.",
	Controls: frameworks.Controls{SOC2: "A1.2 PI1.3", ISO27001: "A.8.14"}.List(),
	Tags:     []string{"reliability", "dead-letters"},
	Peers:    []string{"AWS Config SQS_QUEUE_DLQ_CHECK"},
	Bad: []policy.Example{
		{Name: "jobs", Type: queueType},
	},
	Good: []policy.Example{
		{Name: "dead", Type: queueType},
		{Name: "jobs", Type: queueType},
		{Name: "redrive", Type: redrivePolicyType, Properties: props{
			"queueUrl": "${jobs.id}", "redrivePolicy": "${dead.arn}",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Queues   policy.Resources[redrivenQueue]   `pulumi:"aws:sqs/queue:Queue"`
			Policies policy.Resources[attachedRedrive] `pulumi:"aws:sqs/redrivePolicy:RedrivePolicy"`
		}) {
			stack.Queues.Each(func(q policy.Resource[redrivenQueue]) {
				if !policy.AnyOf(
					func() bool { return given(q.Node, "redrivePolicy", q.Props.Redrive) },
					func() bool { return given(q.Node, "redriveAllowPolicy", q.Props.Allows) },
					func() bool { return stack.Policies.AnyReferring("queueUrl", q.Node, nil) },
					func() bool { return stack.Policies.AnyReferring("redrivePolicy", q.Node, nil) },
					func() bool { return stack.Queues.AnyReferring("redrivePolicy", q.Node, nil) },
				) {
					r.Fail(q.Node, "Messages that cannot be handled are lost.")
				}
			})
		}),
	},
}

type redrivenQueue struct {
	Redrive policy.Value[string] `pulumi:"redrivePolicy"`
	Allows  policy.Value[string] `pulumi:"redriveAllowPolicy"`
}

type attachedRedrive struct {
	Queue   policy.Value[string] `pulumi:"queueUrl"`
	Redrive policy.Value[any]    `pulumi:"redrivePolicy"`
}
