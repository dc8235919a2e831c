package crosscloud

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ImagesPinned wants containers to run an image of a version, not whatever is the latest.
var ImagesPinned = policy.Policy{
	ID:       "any-images-pinned",
	Title:    "Containers should run images of a version.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "What `latest` is, changes without a deployment: a container that starts again, or one more of a group, may " +
		"run something that nobody has tried; and there is no version to go back to.",
	Remediation: "Name the image by a tag that is never moved, or better by its digest (image@sha256:…).",
	Controls:    frameworks.Controls{SOC2: "CC8.1", ISO27001: "A.8.19 A.8.32"}.List(),
	Tags:        []string{"reliability", "containers"},
	Bad: []policy.Example{
		{Name: "orders", Type: taskDefinitionType, Properties: props{
			"family": "orders", "containerDefinitions": `[{"name":"app","image":"ghcr.io/example/orders:latest","memory":512}]`,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: taskDefinitionType, Properties: props{
			"family": "orders", "containerDefinitions": `[{"name":"app","image":"ghcr.io/example/orders:2.4.1","memory":512}]`,
		}},
	},
	Rules: imageRules(func(r *policy.Report, i image) {
		if !i.pinned() {
			r.Fail("The image of its %s is %s, which may be another tomorrow.", i.at, i.name)
		}
	}),
}
