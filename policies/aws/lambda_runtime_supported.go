package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaRuntimeSupported refuses runtimes after the date on which AWS deprecates them.
var LambdaRuntimeSupported = policy.Policy{
	ID:       "aws-lambda-runtime-supported",
	Title:    "Functions must use a runtime that AWS supports.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A deprecated runtime gets no security updates, and soon functions that use it can neither be " +
		"created nor updated.",
	Remediation: "Set runtime to a current version of the language.",
	Controls:    frameworks.Controls{SOC2: "CC7.1", ISO27001: "A.8.8"}.List(),
	Tags:        []string{"reliability", "versions"},
	Peers:       []string{"Security Hub Lambda.2"},
	Bad: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/resize", "runtime": "python3.9", "handler": "main.handle",
		}},
	},
	Good: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/resize", "runtime": "python3.14", "handler": "main.handle",
		}},
	},
	Rules: []policy.Rule{
		policy.On(functionType, func(r *policy.Report, f runningFunction) {
			end, listed := runtimeEnds[f.Runtime.Get()]
			if listed && today(r.Deployment()) >= end {
				r.Fail("%v is deprecated since %s.", f.Runtime, end)
			}
		}),
	},
}

type runningFunction struct {
	Runtime policy.Value[string] `pulumi:"runtime"`
}
