package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// selections are those of backup plans. Selections in other stacks do not show. Conditions and notResources, which narrow a
// selection down, are not looked into.
type selections struct {
	Selections policy.Resources[backupSelection] `pulumi:"aws:backup/selection:Selection"`
}

type backupSelection struct {
	Plan      policy.Value[string]      `pulumi:"planId"`
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

// selecting finds the selections that select a resource of a service. It is made once for all resources.
type selecting struct {
	selections
	whole []policy.Resource[backupSelection] // of all that the service has
	keys  []string                           // of the tags that are asked for
	byTag map[tag][]policy.Resource[backupSelection]
	open  []func() // end the rule, where it is not known which tag is asked for
}

type tag struct{ key, value string }

// of makes the index for a service, as ARNs name it.
func (s selections) of(service string) *selecting {
	index := &selecting{selections: s, byTag: map[tag][]policy.Resource[backupSelection]{}}
	for _, selection := range s.Selections.Get() {
		// What is not known of resources is found where it comes from: see any.
		pattern := func(pattern string) bool { return standsForAll(pattern, service) }
		if all, _ := policy.Ask(func() bool { return selection.Props.Resources.Any(pattern) }); all {
			index.whole = append(index.whole, selection)
		}
		read := func() { selection.Props.Tags.Each(func(_ int, t selectionTag) { index.add(t, selection) }) }
		if _, known := policy.Ask(func() bool { read(); return true }); !known {
			index.open = append(index.open, func() { selection.Props.Tags.Each(func(_ int, t selectionTag) { t.Key.Get(); t.Value.Get() }) })
		}
	}
	return index
}

func (s *selecting) add(t selectionTag, selection policy.Resource[backupSelection]) {
	key, value := t.Key.Get(), t.Value.Get()
	if !slices.Contains(s.keys, key) {
		s.keys = append(s.keys, key)
	}
	s.byTag[tag{key, value}] = append(s.byTag[tag{key, value}], selection)
}

// any reports whether f holds for a selection of the resource: by its ARN, by a pattern for all of its service, or by a
// tag. A nil f holds for all.
func (s *selecting) any(n *policy.Node, tags withTags, f func(policy.Resource[backupSelection]) bool) bool {
	checks := []func() bool{
		func() bool { return s.Selections.AnyReferring("resources", n, f) },
		func() bool { return anyOf(s.whole, f) },
	}
	for _, key := range s.keys {
		for _, all := range []policy.Map[string]{tags.Tags, tags.All} {
			checks = append(checks, func() bool {
				value := all.At(key)
				return value.Present() && anyOf(s.byTag[tag{key, value.Get()}], f)
			})
		}
	}
	if policy.AnyOf(checks...) {
		return true
	}
	for _, end := range s.open {
		end()
	}
	return false
}

// anyOf reports whether f, or nothing if it is nil, holds for one of the selections.
func anyOf(selections []policy.Resource[backupSelection], f func(policy.Resource[backupSelection]) bool) bool {
	checks := make([]func() bool, len(selections))
	for i, selection := range selections {
		checks[i] = func() bool { return f == nil || f(selection) }
	}
	return policy.AnyOf(checks...)
}

// standsForAll reports whether a pattern of ARNs stands for everything, or for all of the service.
func standsForAll(pattern, service string) bool {
	parts := strings.SplitN(pattern, ":", 4)
	return pattern == "*" || len(parts) == 4 && parts[2] == service && strings.Trim(parts[3], ":*/") == ""
}
