package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaGraviton advises to run functions on arm64.
var LambdaGraviton = policy.Policy{
	ID:       "aws-lambda-graviton",
	Title:    "Functions should run on Graviton.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Functions of interpreted languages run on either architecture. Expected effect: 20 % lower charges " +
		"for duration than on x86 (AWS News Blog, \"AWS Lambda Functions Powered by AWS Graviton2 Processor\").",
	Remediation: "Set architectures to arm64, once dependencies with machine code exist for it.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{"role": "arn:aws:iam::123456789012:role/resize"}},
	},
	Good: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/resize", "architectures": []any{"arm64"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(functionType, checkLambdaGraviton),
	},
}

type builtFunction struct {
	Architectures policy.List[string] `pulumi:"architectures"`
}

func checkLambdaGraviton(r *policy.Report, v builtFunction) {
	if !v.Architectures.Any(func(a string) bool { return a == "arm64" }) {
		r.Fail("It runs on x86.")
	}
}
