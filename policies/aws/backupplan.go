package aws

import (
	"fmt"
	"maps"
	"regexp"
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

// selecting finds the selections that select a resource. It is made once for all resources.
type selecting struct {
	selections
	whole map[string][]policy.Resource[backupSelection] // by the type of which they select all
	byTag map[string]map[string][]policy.Resource[backupSelection]
	keys  []string                // of the tags that are asked for, in order
	open  func(*policy.Node) bool // ends the rule, if it is not known of a selection which tag it asks for
}

// arns are the service and the kind in those of the types that plans select.
var arns = map[string]struct{ service, kind string }{
	rdsInstanceType: {"rds", "db"},
	rdsClusterType:  {"rds", "cluster"},
	tableType:       {"dynamodb", "table"},
	fileSystemType:  {"elasticfilesystem", "file-system"},
	volumeType:      {"ec2", "volume"},
}

func (s selections) index() *selecting {
	index := &selecting{
		selections: s,
		whole:      map[string][]policy.Resource[backupSelection]{},
		byTag:      map[string]map[string][]policy.Resource[backupSelection]{},
	}
	for _, selection := range s.Selections.Get() {
		// What is not known of resources is found where it comes from: see any.
		for token, arn := range arns {
			standsForAll := func(pattern string) bool { return covers(pattern, arn.service, arn.kind) }
			if all, _ := policy.Ask(func() bool { return selection.Props.Resources.Any(standsForAll) }); all {
				index.whole[token] = append(index.whole[token], selection)
			}
		}
		policy.Ask(func() (done bool) {
			selection.Props.Tags.Each(func(_ int, t selectionTag) { index.add(t, selection) })
			return
		})
	}
	index.keys = slices.Sorted(maps.Keys(index.byTag))
	index.open = policy.Memo(func(*policy.Node) (done bool) {
		for _, selection := range s.Selections.Get() {
			selection.Props.Tags.Each(func(_ int, t selectionTag) { t.Key.Get(); t.Value.Get() })
		}
		return
	})
	return index
}

// add adds the selection to those that ask for the tag.
func (s *selecting) add(t selectionTag, selection policy.Resource[backupSelection]) {
	key, value := t.Key.Get(), t.Value.Get()
	if s.byTag[key] == nil {
		s.byTag[key] = map[string][]policy.Resource[backupSelection]{}
	}
	s.byTag[key][value] = append(s.byTag[key][value], selection)
}

// any reports whether f holds for a selection of the resource: by its ARN, by a pattern for all of its type, or by a tag.
// A nil f holds for all.
func (s *selecting) any(n *policy.Node, tags withTags, f func(policy.Resource[backupSelection]) bool) bool {
	checks := []func() bool{
		func() bool { return s.Selections.AnyReferring("resources", n, f) },
		func() bool { return anyOf(s.whole[n.Type()], f) },
	}
	for _, key := range s.keys {
		for _, all := range []policy.Map[string]{tags.Tags, tags.All} {
			checks = append(checks, func() bool {
				value := all.At(key)
				return value.Present() && anyOf(s.byTag[key][value.Get()], f)
			})
		}
	}
	if policy.AnyOf(checks...) {
		return true
	}
	s.open(nil)
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

// covers reports whether a pattern stands for all resources of a kind, whose partition, region and account are taken to be
// those of the stack. A star stands for any characters, none included (AWS Backup Developer Guide, "Assign resources with
// AWS CLI").
func covers(pattern, service, kind string) bool {
	parts := strings.Split(pattern, ":")
	for _, i := range []int{1, 3, 4} {
		if i < len(parts)-1 {
			parts[i] = "*"
		}
	}
	pattern = strings.ReplaceAll(strings.Join(parts, ":"), "/", ":") // some services separate the id by a slash
	expression := "^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$"
	return regexp.MustCompile(expression).MatchString(fmt.Sprintf("arn:?:%s:?:?:%s:?", service, kind))
}
