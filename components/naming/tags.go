package naming

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// TagRule is what a cloud asks of the tags, or labels, of a resource.
type TagRule struct {
	// Max is how many tags one resource may carry.
	Max int
	// MaxKey and MaxValue are the greatest lengths in characters.
	MaxKey, MaxValue int
	// Extra lists the characters allowed besides letters and digits.
	Extra string
	// Unicode says that letters and digits of every script are allowed, not only ASCII's.
	Unicode bool
	// NotPrefixes lists what a key may not start with, in lower case.
	NotPrefixes []string
}

// Check reports every tag that the rule forbids, as spec.Problems with fields under path field; nil if there is none.
func (r TagRule) Check(field string, tags map[string]string) error {
	var ps spec.Problems
	if len(tags) > r.Max {
		ps.Add(field, len(tags), "are too many tags; use at most %d, counting those that are added", r.Max)
	}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		at := field + "." + key
		switch {
		case key == "":
			ps.Add(field, key, "is not a tag key; a key has at least one character")
		case utf8.RuneCountInString(key) > r.MaxKey:
			ps.Add(at, nil, "the key is too long; use at most %d characters", r.MaxKey)
		case !r.allowed(key):
			ps.Add(at, key, "is not a tag key; use letters, digits and any of %q", r.Extra)
		case slices.ContainsFunc(r.NotPrefixes, func(p string) bool { return strings.HasPrefix(strings.ToLower(key), p) }):
			ps.Add(at, key, "is reserved; use a key that does not start with %s", strings.Join(r.NotPrefixes, " or "))
		}
		switch value := tags[key]; {
		case utf8.RuneCountInString(value) > r.MaxValue:
			ps.Add(at, value, "is too long; use at most %d characters", r.MaxValue)
		case !r.allowed(value):
			ps.Add(at, value, "is not a tag value; use letters, digits and any of %q", r.Extra)
		}
	}
	return ps.Err()
}

// Merge returns the tags of all maps together; where two have the same key, the later wins. It changes none of them.
func Merge(tags ...map[string]string) map[string]string {
	merged := map[string]string{}
	for _, t := range tags {
		maps.Copy(merged, t)
	}
	return merged
}

func (r TagRule) allowed(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(c rune) bool {
		known := isAlnum(c) || r.Unicode && (unicode.IsLetter(c) || unicode.IsDigit(c))
		return !known && !strings.ContainsRune(r.Extra, c)
	})
}
