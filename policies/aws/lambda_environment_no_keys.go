package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaEnvironmentNoKeys refuses access keys in the environment of functions.
var LambdaEnvironmentNoKeys = policy.Policy{
	ID:       "aws-lambda-environment-no-keys",
	Title:    "Functions must not get access keys by their environment.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "The environment of a function is in the clear for everybody who may read its configuration. A function has a " +
		"role, whose keys come by themselves and expire within hours.",
	Remediation: "Drop the keys from environment.variables, give the function's role the permissions, and delete the keys in " +
		"IAM.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17"}.List(),
	Tags:     []string{"security", "secrets"},
	Peers:    []string{"Checkov CKV_AWS_45"},
	Bad: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{
			"role":        "arn:aws:iam::123456789012:role/resize",
			"environment": props{"variables": props{"UPLOAD_KEY": "AKIAIOSFODNN7EXAMPLE"}},
		}},
	},
	Good: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/resize", "environment": props{"variables": props{"BUCKET": "images"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(functionType, func(r *policy.Report, f struct {
			Environment policy.Value[functionEnvironment] `pulumi:"environment"`
		}) {
			f.Environment.Get().Variables.Each(func(name, value string) {
				if accessKey.MatchString(value) {
					r.Fail("Its variable %s holds an access key.", name)
				}
			})
		}),
	},
}

type functionEnvironment struct {
	Variables policy.Map[string] `pulumi:"variables"`
}
