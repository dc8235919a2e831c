package crosscloud

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SecretsFromAStore wants what is marked as a secret to reach programs and machines by way of the cloud's store of
// secrets, not in their environment or user data.
var SecretsFromAStore = policy.Policy{
	ID:       "any-secrets-from-a-store",
	Title:    "Secrets should be read from a store, not be in environment variables and user data.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Marked as a secret it is encrypted in the state, but the cloud shows environment variables and user data to " +
		"whoever may look at the function, the container or the machine; and each change of it takes a deployment.",
	Remediation: "Put the secret into Secrets Manager, Key Vault or Secret Manager, give the program's identity access to " +
		"it, and tell the program its name: as a reference (`secrets` of ECS, `valueSource` of Cloud Run), or to read at start.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17 A.8.24"}.List(),
	Tags:     []string{"security", "secrets"},
	Peers:    []string{"Trivy AWS-0036"},
	Bad: []policy.Example{
		{Name: "orders", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/orders", "runtime": "python3.13", "handler": "orders.handle",
			"environment": props{"variables": props{"DB_PASSWORD": "${config.dbPassword}"}},
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/orders", "runtime": "python3.13", "handler": "orders.handle",
			"environment": props{"variables": props{"DB_SECRET": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders"}},
		}},
	},
	Rules: slices.Concat(rulesAt(setup, secretsAt), rulesAt(environment, secretsAt), []policy.Rule{
		policy.On(appType, func(r *policy.Report, _ struct{}) { secretsOfApp(r) }),
	}),
}

func secretsAt(r *policy.Report, paths []string) {
	for text := range textsAt(r.Resource(), paths) {
		if text.Secret {
			r.Fail("Its property %s holds a secret.", strings.Join(text.Path, "."))
		}
	}
}

// secretsOfApp looks at the environment variables of an app of App Platform, which keeps those of the type SECRET encrypted
// and shows them to nobody.
func secretsOfApp(r *policy.Report) {
	kind := "" // of the variable that the walk is in: its key comes first, and its type before its value
	for text := range r.Resource().Texts() {
		if !slices.Contains(text.Path, "envs") {
			continue
		}
		switch text.Path[len(text.Path)-1] {
		case "key":
			kind = ""
		case "type":
			kind = text.Value
		case "value":
			if text.Secret && kind != "SECRET" {
				r.Fail("Its property %s holds a secret, and its type is not SECRET.", strings.Join(text.Path, "."))
			}
		}
	}
}
