package aws

import (
	"cmp"
	"strconv"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// objective is what a stack promises, and who says so: a tag of a resource, or the policy's settings if by is nil.
type objective struct {
	value float64
	by    *policy.Node
	tag   string
}

// String says where the objective is from.
func (o objective) String() string {
	if o.by == nil {
		return "by the policy's settings"
	}
	return "by its tag " + o.tag
}

// objectiveOf is the objective that a resource declares by its tag, the provider's default tags included. If it has no
// such tag, it is that of the settings, and 0 if there is none. A tag that is no positive number is reported.
func objectiveOf(r *policy.StackReport, n *policy.Node, tags withTags, tag string, settings float64) objective {
	text := tags.value(tag)
	if text == "" {
		return objective{value: settings}
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || !(value > 0) {
		r.Fail(n, "Its tag %s must be a number above 0, not %q.", tag, text)
		return objective{}
	}
	return objective{value, n, tag}
}

// value is that of a tag, empty if there is none.
func (w withTags) value(tag string) string { return cmp.Or(w.Tags.At(tag).Get(), w.All.At(tag).Get()) }
