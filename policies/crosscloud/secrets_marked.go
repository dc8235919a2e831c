package crosscloud

import (
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecretsMarked wants what is named like a secret to be marked as one. Names may mislead, so it is advice; what is a secret
// by its form is for SecretsNotInPlainText.
var SecretsMarked = policy.Policy{
	ID:       "any-secrets-marked",
	Title:    "What is named like a secret should be marked as one.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "Most passwords have no form that tells them from other words; their names do. Unmarked, they are in plain text " +
		"in the state, in its history and in every preview.",
	Remediation: "Put the value into the configuration by `pulumi config set --secret` and read it as a secret, or into the " +
		"cloud's store of secrets. If it has been in a repository, change it. If it is no secret, name it otherwise or exempt it.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17 A.8.12"}.List(),
	Tags:     []string{"security", "secrets"},
	Peers:    []string{"Checkov CKV_AWS_45", "Trivy AWS-0036"},
	Bad: []policy.Example{
		{Name: "orders", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/orders", "runtime": "python3.13", "handler": "orders.handle",
			"environment": props{"variables": props{"DB_PASSWORD": "correct-horse"}},
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/orders", "runtime": "python3.13", "handler": "orders.handle",
			"environment": props{"variables": props{"DB_SECRET": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders"}},
		}},
	},
	Rules: []policy.Rule{
		policy.OnEvery(func(r *policy.Report, _ struct{}) {
			for p := range pairs(r.Resource()) {
				if kinds := secretByName(p); len(kinds) > 0 {
					r.Fail("Its property %s seems to hold a secret (%s).", place(p.path), strings.Join(kinds, ", "))
				}
			}
		}),
		policy.OnStack(func(r *policy.StackReport, _ struct{}) {
			d := r.Deployment()
			for _, key := range slices.Sorted(maps.Keys(d.Config)) {
				if slices.Contains(d.SecretKeys, key) {
					continue
				}
				_, name, _ := strings.Cut(key, ":")
				if kinds := secretByName(pair{name: name, value: d.Config[key]}); len(kinds) > 0 {
					r.Fail(nil, "The stack's configuration seems to hold a secret under %s (%s).", place([]string{key}), strings.Join(kinds, ", "))
				}
			}
		}),
	},
}
