package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// KMSKeyAlias wants a name for every key.
var KMSKeyAlias = policy.Policy{
	ID:       "aws-kms-key-alias",
	Title:    "Keys must have an alias.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Without a name, nobody knows what a key protects, and the wrong one is disabled. An alias also " +
		"lets a key be replaced without touching those who use it.",
	Remediation: "Add an aws:kms/alias:Alias with targetKeyId set to this key.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.9 A.8.24"}.List(),
	Tags:        []string{"security", "encryption"},
	Bad: []policy.Example{
		{Name: "data", Type: keyType, Properties: props{"description": "Data at rest.", "enableKeyRotation": true}},
	},
	Good: []policy.Example{
		{Name: "data", Type: keyType, Properties: props{"description": "Data at rest.", "enableKeyRotation": true}},
		{Name: "name", Type: aliasType, Properties: props{"name": "alias/data", "targetKeyId": "${data.keyId}"}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Keys    policy.Resources[struct{}] `pulumi:"aws:kms/key:Key"`
			Aliases policy.Resources[keyAlias] `pulumi:"aws:kms/alias:Alias"`
		}) {
			stack.Keys.Each(func(key policy.Resource[struct{}]) {
				if !stack.Aliases.AnyReferring("targetKeyId", key.Node, nil) {
					r.Fail(key.Node, "It has no alias.")
				}
			})
		}),
	},
}

type keyAlias struct {
	Key policy.Value[string] `pulumi:"targetKeyId"`
}
