package aws

import (
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

// arns are those of the types that plans select, in any region and account.
var arns = map[string]string{
	rdsInstanceType: "arn:?:rds:?:?:db:?",
	rdsClusterType:  "arn:?:rds:?:?:cluster:?",
	tableType:       "arn:?:dynamodb:?:?:table/?",
	fileSystemType:  "arn:?:elasticfilesystem:?:?:file-system/?",
	volumeType:      "arn:?:ec2:?:?:volume/?",
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
			standsForAll := func(pattern string) bool { return covers(pattern, arn) }
			if all, _ := policy.Ask(func() bool { return selection.Props.Resources.Any(standsForAll) }); all {
				index.whole[token] = append(index.whole[token], selection)
			}
		}
		policy.Ask(func() bool {
			return selection.Props.Tags.Any(func(t selectionTag) bool { return index.add(t, selection) })
		})
	}
	index.keys = slices.Sorted(maps.Keys(index.byTag))
	index.open = policy.Memo(func(*policy.Node) bool {
		return s.Selections.Any(func(selection policy.Resource[backupSelection]) bool {
			return selection.Props.Tags.Any(selectionTag.ask)
		})
	})
	return index
}

// add adds the selection to those that ask for the tag, and goes on.
func (s *selecting) add(t selectionTag, selection policy.Resource[backupSelection]) bool {
	key, value := t.Key.Get(), t.Value.Get()
	if s.byTag[key] == nil {
		s.byTag[key] = map[string][]policy.Resource[backupSelection]{}
	}
	s.byTag[key][value] = append(s.byTag[key][value], selection)
	return false
}

// ask ends the rule if the tag is not known.
func (t selectionTag) ask() bool {
	t.Key.Get()
	t.Value.Get()
	return false
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
	return policy.AnyOf(checks...) || s.open(nil)
}

// anyOf reports whether f, or nothing if it is nil, holds for one of the selections.
func anyOf(selections []policy.Resource[backupSelection], f func(policy.Resource[backupSelection]) bool) bool {
	checks := make([]func() bool, len(selections))
	for i, selection := range selections {
		checks[i] = func() bool { return f == nil || f(selection) }
	}
	return policy.AnyOf(checks...)
}

// covers reports whether a pattern stands for whatever has such an ARN. Its partition, region and account are taken to be
// those of the stack. A star stands for any characters, none included (AWS Backup Developer Guide, "Assign resources with AWS CLI").
func covers(pattern, arn string) bool {
	parts := strings.SplitN(pattern, ":", 6)
	for _, i := range []int{1, 3, 4} {
		if i < len(parts)-1 {
			parts[i] = "*"
		}
	}
	expression := "^" + strings.ReplaceAll(regexp.QuoteMeta(strings.Join(parts, ":")), `\*`, ".*") + "$"
	return regexp.MustCompile(expression).MatchString(arn)
}
