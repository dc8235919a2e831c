package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecretsManagerRotated wants secrets to be rotated by themselves.
var SecretsManagerRotated = policy.Policy{
	ID:       "aws-secretsmanager-rotated",
	Title:    "Secrets must be rotated.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A password that is never changed is worth stealing for years; one that is rotated is soon worth " +
		"nothing, and nobody needs to know it.",
	Remediation: "Add an aws:secretsmanager/secretRotation:SecretRotation with secretId set to this secret, or " +
		"let the service that uses it manage the password, such as manageMasterUserPassword of RDS.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17"}.List(),
	Tags:     []string{"security", "key-rotation"},
	Peers: []string{
		"Checkov CKV2_AWS_57", "AWS Config SECRETSMANAGER_ROTATION_ENABLED_CHECK", "Security Hub SecretsManager.1",
	},
	Bad: []policy.Example{
		{Name: "token", Type: secretType},
	},
	Good: []policy.Example{
		{Name: "token", Type: secretType},
		{Name: "rotation", Type: secretRotationType, Properties: props{
			"secretId": "${token.id}", "rotationLambdaArn": "arn:aws:lambda:eu-west-1:123456789012:function:rotate",
			"rotationRules": props{"automaticallyAfterDays": 30},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Secrets   policy.Resources[struct{}] `pulumi:"aws:secretsmanager/secret:Secret"`
			Rotations policy.Resources[struct{}] `pulumi:"aws:secretsmanager/secretRotation:SecretRotation"`
		}) {
			stack.Secrets.Each(func(subject policy.Resource[struct{}]) {
				if !stack.Rotations.AnyReferring("secretId", subject.Node, nil) {
					r.Fail(subject.Node, "Nothing rotates it.")
				}
			})
		}),
	},
}
