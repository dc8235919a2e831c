package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// backedUp are the resources of a type, and the selections of backup plans. Selections in other stacks do not show.
type backedUp struct {
	selections policy.Resources[backupSelection]
	service    string // as in ARNs
}

type backupSelection struct {
	Resources policy.List[string]       `pulumi:"resources"`
	Tags      policy.List[selectionTag] `pulumi:"selectionTags"`
}

type selectionTag struct {
	Key   policy.Value[string] `pulumi:"key"`
	Value policy.Value[string] `pulumi:"value"`
}

// withTags is a resource with its tags: tagsAll, an output, holds those of the provider as well.
type withTags struct {
	Tags policy.Map[string] `pulumi:"tags"`
	All  policy.Map[string] `pulumi:"tagsAll"`
}

// selects reports whether a plan backs the resource up: by its ARN, by a pattern for all of its service, or by a tag.
func (b backedUp) selects(resource policy.Resource[withTags]) bool {
	return policy.AnyOf(
		func() bool { return b.selections.AnyReferring("resources", resource.Node, nil) },
		func() bool {
			return b.selections.Any(func(s policy.Resource[backupSelection]) bool {
				return s.Props.Tags.Any(resource.Props.has)
			})
		},
		func() bool {
			return b.selections.Any(func(s policy.Resource[backupSelection]) bool { return s.Props.Resources.Any(b.all) })
		},
	)
}

func (w withTags) has(tag selectionTag) bool {
	return policy.AnyOf(
		func() bool {
			return w.Tags.At(tag.Key.Get()).Get() == tag.Value.Get() && w.Tags.At(tag.Key.Get()).Present()
		},
		func() bool {
			return w.All.At(tag.Key.Get()).Get() == tag.Value.Get() && w.All.At(tag.Key.Get()).Present()
		},
	)
}

// all reports whether a pattern of ARNs stands for everything, or for all of the service.
func (b backedUp) all(pattern string) bool {
	parts := strings.SplitN(pattern, ":", 4)
	return pattern == "*" || len(parts) == 4 && parts[2] == b.service && strings.Trim(parts[3], ":*/") == ""
}
