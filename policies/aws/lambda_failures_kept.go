package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaFailuresKept wants a place for the events that a function could not handle. Functions that poll a queue or
// stream leave that to the queue or stream.
var LambdaFailuresKept = policy.Policy{
	ID:       "aws-lambda-failures-kept",
	Title:    "Events that a function fails on must be kept.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "An asynchronous event is tried twice more and then dropped. A queue, topic or function for " +
		"failures keeps it until somebody looks.",
	Remediation: "Set deadLetterConfig.targetArn, or add an " +
		"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig with destinationConfig.onFailure.",
	Controls: frameworks.Controls{SOC2: "A1.2 PI1.3", ISO27001: "A.8.14"}.List(),
	Tags:     []string{"reliability", "dead-letters"},
	Peers:    []string{"Checkov CKV_AWS_116", "AWS Config LAMBDA_DLQ_CHECK"},
	Bad: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{"role": "arn:aws:iam::123456789012:role/resize"}},
	},
	Good: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{"role": "arn:aws:iam::123456789012:role/resize"}},
		{Name: "failures", Type: invokeConfigType, Properties: props{
			"functionName":      "${resize.name}",
			"destinationConfig": props{"onFailure": props{"destination": "arn:aws:sqs:eu-west-1:123456789012:failed"}},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Functions policy.Resources[failingFunction] `pulumi:"aws:lambda/function:Function"`
			Configs   policy.Resources[invokeConfig]    `pulumi:"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"`
			Sources   policy.Resources[eventSource]     `pulumi:"aws:lambda/eventSourceMapping:EventSourceMapping"`
		}) {
			stack.Functions.Each(func(f policy.Resource[failingFunction]) {
				if f.Props.DeadLetters.Present() {
					return
				}
				if !policy.AnyOf(
					func() bool { return stack.Configs.AnyReferring("functionName", f.Node, keepsFailures) },
					func() bool { return stack.Sources.AnyReferring("functionName", f.Node, nil) },
				) {
					r.Fail(f.Node, "Events that it fails on are lost.")
				}
			})
		}),
	},
}

type failingFunction struct {
	DeadLetters policy.Value[any] `pulumi:"deadLetterConfig"`
}

type eventSource struct {
	Function policy.Value[string] `pulumi:"functionName"`
}

type invokeConfig struct {
	Function     policy.Value[string]       `pulumi:"functionName"`
	Destinations policy.Value[destinations] `pulumi:"destinationConfig"`
}

type destinations struct {
	OnFailure policy.Value[any] `pulumi:"onFailure"`
}

func keepsFailures(c policy.Resource[invokeConfig]) bool {
	return c.Props.Destinations.Get().OnFailure.Present()
}
