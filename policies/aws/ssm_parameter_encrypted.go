package aws

import (
	"regexp"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SSMParameterEncrypted wants parameters whose names say that they are secret to be encrypted.
var SSMParameterEncrypted = policy.Policy{
	ID:       "aws-ssm-parameter-encrypted",
	Title:    "Secret parameters must be encrypted.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "A parameter of the type String is in the clear for everybody who may read parameters, and in the history of " +
		"all its versions. A SecureString needs the key as well.",
	Remediation: "Set type to SecureString, let those who read it ask for decryption, and take the value out of the history by " +
		"making the parameter anew.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17 A.8.24"}.List(),
	Tags:     []string{"security", "encryption", "secrets"},
	Peers:    []string{"Checkov CKV2_AWS_34"},
	Bad: []policy.Example{
		{Name: "database", Type: parameterType, Properties: props{
			"name": "/shop/database/password", "type": "String", "value": "changeme",
		}},
	},
	Good: []policy.Example{
		{Name: "database", Type: parameterType, Properties: props{
			"name": "/shop/database/password", "type": "SecureString", "value": "changeme",
		}},
	},
	Rules: []policy.Rule{
		policy.On(parameterType, func(r *policy.Report, p parameter) {
			if p.exposed() {
				r.Fail("Its name says that it is secret, and its type is %v.", p.Type)
			}
		}),
		policy.OnRemediate(parameterType, func(r *policy.Remediation, p parameter) {
			if p.exposed() {
				r.Set("type", "SecureString")
			}
		}),
	},
}

type parameter struct {
	Name policy.Value[string] `pulumi:"name"`
	Type policy.Value[string] `pulumi:"type"`
}

func (p parameter) exposed() bool {
	return policy.AllOf(
		func() bool { return p.Type.Get() != "SecureString" },
		func() bool { return secretName.MatchString(p.Name.Get()) },
	)
}

// secretName are names of what must be kept secret. The ARN of a secret may be known to all.
var secretName = regexp.MustCompile(`(?i)(password|passwd|secret|token|api[-_]?key|private[-_]?key|credential)s?$`)
