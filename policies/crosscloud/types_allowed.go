package crosscloud

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// TypesAllowed wants stacks to be made of the types of resources that are configured. Without any, it asks nothing.
var TypesAllowed = policy.Policy{
	ID:       "any-types-allowed",
	Title:    "Resources must be of types agreed on.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "A service that a platform's team has not looked at has no policies, no alarms and nobody who knows how it " +
		"fails; and some, such as users with passwords, are not wanted at all.",
	Remediation: "Use a type agreed on, or agree on this one and configure it.",
	Controls:    frameworks.Controls{SOC2: "CC5.2 CC8.1", ISO27001: "A.5.23 A.8.9"}.List(),
	Tags:        []string{"security", "governance"},
	Config:      typeSettings{},
	ExampleConfig: props{
		"denied": []any{"aws:iam/user:*"},
	},
	Bad: []policy.Example{
		{Name: "ann", Type: "aws:iam/user:User", Properties: props{}},
	},
	Good: []policy.Example{
		{Name: "logs", Type: bucketType, Properties: props{}},
	},
	Rules: []policy.Rule{
		policy.OnEvery(func(r *policy.Report, _ struct{}) {
			settings, token := policy.Settings[typeSettings](r), r.Resource().Type()
			switch {
			case len(settings.Allowed)+len(settings.Denied) == 0:
				r.NotApplicable("no types are configured")
			case strings.HasPrefix(token, "pulumi:pulumi:"):
				r.NotApplicable("it is Pulumi's own, and nothing in a cloud")
			case likeAny(settings.Denied, token):
				r.Fail("Its type %s is denied.", token)
			case len(settings.Allowed) > 0 && !likeAny(settings.Allowed, token):
				r.Fail("Its type %s is not among those allowed.", token)
			}
		}),
	},
}

type typeSettings struct {
	Allowed []string `pulumi:"allowed" min:"1" description:"The types that are allowed, with * for any text: aws:ec2/*. Those of components and providers (pulumi:providers:*) are among them. All, if there is none."`
	Denied  []string `pulumi:"denied" min:"1" description:"The types that are not, even if they are allowed."`
}
