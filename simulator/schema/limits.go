package schema

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Limits are what a property's documentation says of its values beyond their type. They are read from set phrases of
// the SDK's comments, and where a comment leaves doubt, not at all.
type Limits struct {
	Allowed   []string // for a string: the values that it may have
	Low, High *float64 // for a number: the least and the greatest value
	Conflicts []string // properties of the same object that exclude this one
}

// Empty reports whether the documentation says nothing.
func (l *Limits) Empty() bool {
	return len(l.Allowed) == 0 && l.Low == nil && l.High == nil && len(l.Conflicts) == 0
}

// The notation of limits, after a property's type and flags: words divided by spaces.
const (
	wordAllowed   = "one:"   // one:a|b
	wordRange     = "range:" // range:1..35, either end may be missing
	wordConflicts = "not:"   // not:a|b
)

func (l *Limits) words() []string {
	var words []string
	if len(l.Allowed) > 0 {
		words = append(words, wordAllowed+strings.Join(l.Allowed, "|"))
	}
	if l.Low != nil || l.High != nil {
		words = append(words, wordRange+bound(l.Low)+".."+bound(l.High))
	}
	if len(l.Conflicts) > 0 {
		words = append(words, wordConflicts+strings.Join(l.Conflicts, "|"))
	}
	return words
}

func bound(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func parseLimits(words []string) (*Limits, error) {
	if len(words) == 0 {
		return nil, nil
	}
	l := &Limits{}
	for _, word := range words {
		if rest, ok := strings.CutPrefix(word, wordAllowed); ok {
			l.Allowed = strings.Split(rest, "|")
		} else if rest, ok := strings.CutPrefix(word, wordConflicts); ok {
			l.Conflicts = strings.Split(rest, "|")
		} else if rest, ok := strings.CutPrefix(word, wordRange); ok {
			if err := l.parseRange(rest); err != nil {
				return nil, err
			}
		} else {
			return nil, fmt.Errorf("%q is not a limit", word)
		}
	}
	return l, nil
}

func (l *Limits) parseRange(text string) error {
	low, high, ok := strings.Cut(text, "..")
	if !ok {
		return fmt.Errorf("%q is not a range", text)
	}
	for end, to := range map[string]**float64{low: &l.Low, high: &l.High} {
		if end == "" {
			continue
		}
		n, err := strconv.ParseFloat(end, 64)
		if err != nil {
			return fmt.Errorf("%q is not a range", text)
		}
		*to = &n
	}
	return nil
}

// limits checks a value against what the documentation says. Capital and small letters count as the same: several
// providers take both.
func (v *validator) limits(path resource.PropertyPath, l *Limits, value resource.PropertyValue) {
	switch {
	case l == nil:
	case value.IsSecret():
		v.secret++
		v.limits(path, l, value.SecretValue().Element)
		v.secret--
	case value.IsOutput():
		if output := value.OutputValue(); output.Known {
			v.limits(path, l, secretIf(output.Secret, output.Element))
		}
	case len(l.Allowed) > 0:
		v.allowed(path, l.Allowed, value)
	default:
		v.bounds(path, l, value)
	}
}

func (v *validator) allowed(path resource.PropertyPath, allowed []string, value resource.PropertyValue) {
	if !value.IsString() || value.StringValue() == "" { // an empty string counts as absent
		return
	}
	for _, one := range allowed {
		if strings.EqualFold(one, value.StringValue()) {
			return
		}
	}
	v.documented(path, "%s is not one of %s", v.show(value), strings.Join(allowed, ", "))
}

func (v *validator) bounds(path resource.PropertyPath, l *Limits, value resource.PropertyValue) {
	n, ok := asNumber(value)
	if !ok || (l.Low == nil || n >= *l.Low) && (l.High == nil || n <= *l.High) {
		return
	}
	switch {
	case l.Low == nil:
		v.documented(path, "expected at most %s, got %s", bound(l.High), v.show(value))
	case l.High == nil:
		v.documented(path, "expected at least %s, got %s", bound(l.Low), v.show(value))
	default:
		v.documented(path, "expected a number from %s to %s, got %s", bound(l.Low), bound(l.High), v.show(value))
	}
}

// conflicts reports properties that exclude one another, each pair once.
func (v *validator) conflicts(path resource.PropertyPath, object Object, values resource.PropertyMap) {
	for name, property := range object {
		if property.Limits == nil || !given(values[resource.PropertyKey(name)]) {
			continue
		}
		for _, other := range property.Limits.Conflicts {
			if given(values[resource.PropertyKey(other)]) && (name < other || !object[other].excludes(name)) {
				v.documented(child(path, name), "conflicts with %q: give one of them", other)
			}
		}
	}
}

func (p Property) excludes(name string) bool {
	return p.Limits != nil && strings.Contains("|"+strings.Join(p.Limits.Conflicts, "|")+"|", "|"+name+"|")
}

// given reports whether a value that is known says something: false, zero and what is empty may stand for absence.
func given(value resource.PropertyValue) bool {
	switch {
	case value.IsSecret():
		return given(value.SecretValue().Element)
	case value.IsOutput():
		return value.OutputValue().Known && given(value.OutputValue().Element)
	case value.IsString():
		return value.StringValue() != ""
	case value.IsBool():
		return value.BoolValue()
	case value.IsNumber():
		return value.NumberValue() != 0
	case value.IsArray():
		return len(value.ArrayValue()) > 0
	case value.IsObject():
		return len(value.ObjectValue()) > 0
	default:
		return false
	}
}

func (v *validator) documented(path resource.PropertyPath, format string, args ...any) {
	v.report(path, format, args...)
	v.problems[len(v.problems)-1].Documented = true
}
