package crosscloud

import (
	"slices"
	"strings"
	"unicode"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// TagsOneEnvironment wants a stack to be of one environment: what its resources' tags say, and its name, if that says so.
var TagsOneEnvironment = policy.Policy{
	ID:       "any-tags-one-environment",
	Title:    "A stack should be of one environment.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "What belongs to production, in a stack that is for trying things out, goes when somebody tries things out; and " +
		"whoever may deploy the one may then deploy the other. Mostly such a tag came along with copied configuration.",
	Remediation: "Put the resource into the stack of its environment, or correct the tag.",
	Controls:    frameworks.Controls{SOC2: "CC8.1", ISO27001: "A.8.31"}.List(),
	Tags:        []string{"security", "governance", "tags"},
	Bad: []policy.Example{
		{Name: "orders", Type: bucketType, Properties: props{"tags": props{"environment": "production"}}},
		{Name: "drafts", Type: bucketType, Properties: props{"tags": props{"environment": "dev"}}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: bucketType, Properties: props{"tags": props{"environment": "production"}}},
		{Name: "drafts", Type: bucketType, Properties: props{"tags": props{"Env": "prod"}}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, _ struct{}) {
			expected, from := environmentIn(r.Deployment().Stack), "the stack's name"
			for _, n := range r.Stack().Nodes() {
				tag, value := environmentTag(n)
				of := environmentIn(value)
				switch {
				case of == "" || of == expected:
				case expected == "":
					expected, from = of, n.Name()
				default:
					r.Fail(n, "Its tag %s says %s, but %s says %s.", tag, of, from, expected)
				}
			}
		}),
	},
}

// environmentTag is the tag of a resource that names its environment, and its value; both are empty if there is none, and
// if it is not known or secret.
func environmentTag(n *policy.Node) (key, value string) {
	for text := range n.Texts() {
		if len(text.Path) != 2 || !slices.Contains([]string{"tags", "labels", "tagsAll", "effectiveLabels"}, text.Path[0]) || text.Secret {
			continue
		}
		key, value := text.Path[1], text.Value
		if before, after, ok := strings.Cut(value, ":"); ok {
			key, value = before, after // an element of a list, as on DigitalOcean
		}
		if slices.Contains([]string{"environment", "env", "stage"}, tagKey(key)) {
			return key, value
		}
	}
	return "", ""
}

// environments are words for environments, by what they mean.
var environments = map[string]string{
	"production": "production", "prod": "production", "prd": "production", "live": "production",
	"staging": "staging", "stage": "staging", "stg": "staging", "preprod": "staging", "preproduction": "staging",
	"test": "test", "testing": "test", "qa": "test", "uat": "test",
	"development": "development", "dev": "development", "develop": "development", "sandbox": "sandbox",
}

// environmentIn is the environment that a text names by one of its words, empty if it names none, or several.
func environmentIn(text string) string {
	found := ""
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if e := environments[word]; e != "" && found != "" && e != found {
			return ""
		} else if e != "" {
			found = e
		}
	}
	return found
}
