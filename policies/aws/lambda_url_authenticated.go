package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaURLAuthenticated wants URLs of functions to ask for a signature.
var LambdaURLAuthenticated = policy.Policy{
	ID:        "aws-lambda-url-authenticated",
	Title:     "URLs of functions must authenticate callers.",
	Severity:  policy.High,
	Level:     policy.Mandatory,
	Rationale: "Anybody who finds the URL runs the function, at your cost and with the permissions of its role.",
	Remediation: "Set authorizationType to AWS_IAM, or put the function behind an API gateway or load balancer " +
		"that authenticates.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.5 A.8.3"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers:    []string{"Checkov CKV_AWS_258"},
	Bad: []policy.Example{
		{Name: "url", Type: functionURLType, Properties: props{
			"functionName": "orders", "authorizationType": "NONE",
		}},
	},
	Good: []policy.Example{
		{Name: "url", Type: functionURLType, Properties: props{
			"functionName": "orders", "authorizationType": "AWS_IAM",
		}},
	},
	Rules: []policy.Rule{
		policy.On(functionURLType, checkFunctionURL),
		policy.OnRemediate(functionURLType, mendFunctionURL),
	},
}

type functionURL struct {
	Authorization policy.Value[string] `pulumi:"authorizationType"`
}

func checkFunctionURL(r *policy.Report, v functionURL) {
	if v.Authorization.Get() == "NONE" {
		r.Fail("It asks nobody who they are.")
	}
}

func mendFunctionURL(r *policy.Remediation, v functionURL) {
	if v.Authorization.Get() == "NONE" {
		r.Set("authorizationType", "AWS_IAM")
	}
}
