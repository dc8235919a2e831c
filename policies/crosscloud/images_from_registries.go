package crosscloud

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ImagesFromRegistries wants images to come from the registries that are configured. Without any, it asks nothing.
var ImagesFromRegistries = policy.Policy{
	ID:       "any-images-from-registries",
	Title:    "Images must come from the registries agreed on.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "What is in an image runs with all that the container may do. One's own registry has images that were built " +
		"and scanned; a public one has whatever somebody has pushed, also under a name that is nearly right.",
	Remediation: "Push the image to a registry agreed on, and name it there; or agree on its registry and configure it.",
	Controls:    frameworks.Controls{SOC2: "CC6.8", ISO27001: "A.5.21 A.8.19"}.List(),
	Tags:        []string{"security", "containers", "supply-chain"},
	Config:      registrySettings{},
	ExampleConfig: props{
		"registries": []any{"123456789012.dkr.ecr.eu-west-1.amazonaws.com"},
	},
	Bad: []policy.Example{
		{Name: "orders", Type: taskDefinitionType, Properties: props{
			"family": "orders", "containerDefinitions": `[{"name":"app","image":"orders:2.4.1","memory":512}]`,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: taskDefinitionType, Properties: props{
			"family": "orders", "containerDefinitions": `[{"name":"app","memory":512,` +
				`"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:2.4.1"}]`,
		}},
	},
	Rules: imageRules(func(r *policy.Report, i image) {
		allowed := policy.Settings[registrySettings](r).Registries
		if len(allowed) == 0 {
			r.NotApplicable("no registries are configured")
		}
		if !slices.ContainsFunc(allowed, func(registry string) bool {
			return strings.HasPrefix(i.full(), strings.TrimSuffix(registry, "/")+"/")
		}) {
			r.Fail("The image of its %s is %s, from none of: %s.", i.at, i.full(), strings.Join(allowed, ", "))
		}
	}),
}

type registrySettings struct {
	Registries []string `pulumi:"registries" min:"1" description:"The registries, or parts of them, that images may come from: ghcr.io/example. Any, if there is none."`
}
