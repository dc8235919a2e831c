package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaPermissionNotPublic refuses permissions by which anybody may invoke a function, and those for an AWS service
// that do not say for whom the service acts.
var LambdaPermissionNotPublic = policy.Policy{
	ID:       "aws-lambda-permission-not-public",
	Title:    "Permissions to invoke functions must say for whom.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A permission for \"*\" lets anybody run the function. One for a service without a source lets " +
		"anybody run it who can make the service call: a bucket or an API in any account will do.",
	Remediation: "Set sourceArn, or sourceAccount for a bucket; for another account, name it as principal; for " +
		"your organisation, set principalOrgId.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Peers: []string{
		"Checkov CKV_AWS_301", "Checkov CKV_AWS_364", "Trivy AWS-0067",
		"AWS Config LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED", "Security Hub Lambda.1",
	},
	Bad: []policy.Example{
		{Name: "allow", Type: permissionType, Properties: props{
			"function": "orders", "action": "lambda:InvokeFunction", "principal": "*",
		}},
	},
	Good: []policy.Example{
		{Name: "allow", Type: permissionType, Properties: props{
			"function": "orders", "action": "lambda:InvokeFunction", "principal": "sns.amazonaws.com",
			"sourceArn": "arn:aws:sns:eu-west-1:123456789012:orders",
		}},
	},
	Rules: []policy.Rule{
		policy.On(permissionType, checkPermission),
	},
}

type permission struct {
	Principal    policy.Value[string] `pulumi:"principal"`
	Source       policy.Value[string] `pulumi:"sourceArn"`
	Account      policy.Value[string] `pulumi:"sourceAccount"`
	Organization policy.Value[string] `pulumi:"principalOrgId"`
}

// limited reports whether something else than the principal limits who may invoke. Lambda takes wildcards in the ARN of
// the source only (AWS Lambda API Reference, "AddPermission").
func (p permission) limited() bool {
	return policy.AnyOf(
		p.Account.Present, p.Organization.Present,
		func() bool { return p.Source.Present() && fixedOwner(p.Source.Get()) },
	)
}

// anyone reports whether the principal is everybody, or an AWS service that acts for anybody.
func (p permission) anyone() bool {
	return p.Principal.Get() == "*" || strings.HasSuffix(p.Principal.Get(), ".amazonaws.com")
}

func checkPermission(r *policy.Report, v permission) {
	if policy.AllOf(func() bool { return !v.limited() }, v.anyone) {
		r.Fail("%v may invoke the function for anybody.", v.Principal)
	}
}
