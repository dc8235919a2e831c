package simulator

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Change is what happens to one property.
type Change uint8

// The ways in which a property can change.
const (
	Added Change = iota
	Removed
	Changed
)

// Diff is the difference between a resource and what a program wants.
type Diff struct {
	Changes     map[string]Change // by the path of the input that changes
	Replaces    []string          // the paths whose change replaces the resource, sorted
	DeleteFirst bool              // the old one must go before the new one comes
}

// Diff compares the inputs of a resource as it is with those wanted. A value that is not known yet counts as a change.
// It fails with an *Error when there is no such type.
func (p *Provider) Diff(r Request, olds, news resource.PropertyMap) (Diff, error) {
	known, problems := p.resource(r.Token)
	if problems != nil {
		return Diff{}, refuse("comparing "+r.Token, problems)
	}
	t := p.account.types[r.Token]
	d := differ{changes: map[string]Change{}, t: t}
	before, after := plainMap(olds), plainMap(news)
	d.objects("", before, after)
	diff := Diff{Changes: d.changes, Replaces: d.replaces(known, before, after)}
	if len(diff.Replaces) > 0 {
		diff.DeleteFirst = t != nil && t.DeleteFirst || keepsName(t, known, before, after)
	}
	return diff, nil
}

// keepsName reports whether a replacement would have the name that the program gave the resource: as both cannot exist
// at once, the providers then delete the old one first.
func keepsName(t *Type, known *schema.Resource, before, after resource.PropertyMap) bool {
	name := "name"
	if t != nil && t.AutoName != nil {
		name = t.AutoName.Property
	}
	property, ok := known.Inputs[name]
	if !ok || property.Required {
		return false
	}
	now := text(after[resource.PropertyKey(name)])
	return now != "" && now == text(before[resource.PropertyKey(name)]) && !isDefault(after, name)
}

type differ struct {
	changes map[string]Change
	t       *Type
}

func (d *differ) objects(path string, before, after resource.PropertyMap) {
	keys := map[resource.PropertyKey]bool{}
	for key := range before {
		keys[key] = true
	}
	for key := range after {
		keys[key] = true
	}
	for key := range keys {
		if strings.HasPrefix(string(key), "__") {
			continue
		}
		old, was := before[key]
		now, is := after[key]
		at := join(path, string(key))
		switch {
		case !was:
			d.changes[at] = Added
		case !is:
			d.changes[at] = Removed
		case path == "" && same(d.t, string(key), old, now):
		default:
			d.values(at, old, now)
		}
	}
}

func (d *differ) values(path string, old, now resource.PropertyValue) {
	switch {
	case old.IsObject() && now.IsObject():
		d.objects(path, old.ObjectValue(), now.ObjectValue())
	case old.IsArray() && now.IsArray():
		d.lists(path, old.ArrayValue(), now.ArrayValue())
	case !old.DeepEquals(now):
		d.changes[path] = Changed
	}
}

func (d *differ) lists(path string, old, now []resource.PropertyValue) {
	for i := range max(len(old), len(now)) {
		at := path + "[" + strconv.Itoa(i) + "]"
		switch {
		case i >= len(old):
			d.changes[at] = Added
		case i >= len(now):
			d.changes[at] = Removed
		default:
			d.values(at, old[i], now[i])
		}
	}
}

// plainKey matches the property names that need no quotes in a path.
var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

func join(path, key string) string {
	switch {
	case !plainKey.MatchString(key):
		return path + "[" + strconv.Quote(key) + "]"
	case path == "":
		return key
	default:
		return path + "." + key
	}
}

var anyIndex = regexp.MustCompile(`\[\d+\]`)

// replaces returns the changed paths whose change replaces the resource.
func (d *differ) replaces(known *schema.Resource, before, after resource.PropertyMap) []string {
	var immutable []string
	if d.t != nil {
		immutable = d.t.Immutable
		if d.t.ReplaceIf != nil {
			immutable = slices.Concat(immutable, d.t.ReplaceIf(before, after))
		}
	}
	var found []string
	for _, path := range slices.Sorted(maps.Keys(d.changes)) {
		pattern := anyIndex.ReplaceAllString(path, "[*]")
		covered := slices.ContainsFunc(immutable, func(rule string) bool { return covers(rule, pattern) })
		if covered || known.Inputs[firstStep(path)].Replaces {
			found = append(found, path)
		}
	}
	return found
}

// covers reports whether a change at the path is a change of what the rule names: the same property, one inside it, or
// one that holds it.
func covers(rule, path string) bool {
	within := func(inner, outer string) bool {
		rest, ok := strings.CutPrefix(inner, outer)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	}
	return within(path, rule) || within(rule, path)
}
