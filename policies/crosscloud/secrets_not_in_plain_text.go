package crosscloud

import (
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecretsNotInPlainText wants no text of any resource, provider or stack configuration to hold a secret that is not marked
// as one. It knows secrets by forms that nothing else has; a text that is not known in a preview is looked at in the update.
var SecretsNotInPlainText = policy.Policy{
	ID:       "any-secrets-not-in-plain-text",
	Title:    "Secrets must not be in plain text.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "What is not marked as a secret is in plain text in the state, in its history and in every preview that " +
		"somebody reads, and mostly in the program's repository too. Whoever reads one of them has it.",
	Remediation: "Revoke the secret: it has been seen. Put its successor into the configuration by `pulumi config set " +
		"--secret`, or better into the cloud's store of secrets, and read it there where it is used.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17 A.8.12 A.8.24"}.List(),
	Tags:     []string{"security", "secrets"},
	Peers: []string{
		"Checkov CKV_AWS_41", "Checkov CKV_AWS_45", "Checkov CKV_AWS_46", "Trivy AWS-0029", "Trivy AWS-0036",
		"Trivy AWS-0129", "Trivy AZU-0037",
	},
	Bad: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{
			"ami": "ami-0abcdef1234567890", "instanceType": "t4g.small",
			"userData": "#!/bin/sh\npg_dump " + "postgres://backup:" + "correct-horse@orders.internal/orders | gzip > /var/backups/orders.gz\n",
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{
			"ami": "ami-0abcdef1234567890", "instanceType": "t4g.small",
			"userData": "#!/bin/sh\nexport PGPASSWORD=$(aws secretsmanager get-secret-value --secret-id backup " +
				"--query SecretString --output text)\npg_dump postgres://backup@orders.internal/orders | gzip > /var/backups/orders.gz\n",
		}},
	},
	Rules: []policy.Rule{
		policy.OnEvery(func(r *policy.Report, _ struct{}) {
			for text := range r.Resource().Texts() {
				if text.Secret {
					continue
				}
				if kinds := secretsByForm(text.Value); len(kinds) > 0 {
					r.Fail("Its property %s holds what is a secret by its form (%s).", place(text.Path), strings.Join(kinds, ", "))
				}
				if key := text.Path[len(text.Path)-1]; len(secretsByForm(key)) > 0 {
					r.Fail("A key in its property %s is a secret by its form.", place(text.Path[:len(text.Path)-1]))
				}
			}
		}),
		policy.OnStack(func(r *policy.StackReport, _ struct{}) {
			d := r.Deployment()
			for _, key := range slices.Sorted(maps.Keys(d.Config)) {
				if slices.Contains(d.SecretKeys, key) {
					continue
				}
				if kinds := secretsByForm(d.Config[key]); len(kinds) > 0 {
					r.Fail(nil, "The stack's configuration holds under %s what is a secret by its form (%s).",
						place([]string{key}), strings.Join(kinds, ", "))
				}
			}
		}),
	},
}
