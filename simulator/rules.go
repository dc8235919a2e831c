package simulator

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Rule says what is wrong with one known value of an input: "ErrorName: text", or "" when nothing is.
type Rule func(value resource.PropertyValue) string

// Text makes a rule of a function for strings; other values pass.
func Text(check func(string) string) Rule {
	return func(value resource.PropertyValue) string {
		if !value.IsString() {
			return ""
		}
		return check(value.StringValue())
	}
}

// OneOf allows the given strings.
func OneOf(allowed ...string) Rule {
	return Text(func(s string) string {
		if slices.Contains(allowed, s) {
			return ""
		}
		return fmt.Sprintf("expected one of %s, got %q", strings.Join(allowed, ", "), s)
	})
}

// OneOfNumbers allows the given numbers.
func OneOfNumbers(allowed ...float64) Rule {
	return func(value resource.PropertyValue) string {
		if !value.IsNumber() || slices.Contains(allowed, value.NumberValue()) {
			return ""
		}
		list := make([]string, len(allowed))
		for i, n := range allowed {
			list[i] = number(n)
		}
		return fmt.Sprintf("expected one of %s, got %s", strings.Join(list, ", "), number(value.NumberValue()))
	}
}

// Between allows the numbers from low to high, both included.
func Between(low, high float64) Rule {
	return func(value resource.PropertyValue) string {
		if !value.IsNumber() || low <= value.NumberValue() && value.NumberValue() <= high {
			return ""
		}
		return fmt.Sprintf("expected a number from %s to %s, got %s",
			number(low), number(high), number(value.NumberValue()))
	}
}

// Length allows strings of low to high characters.
func Length(low, high int) Rule {
	return Text(func(s string) string {
		if n := len([]rune(s)); n < low || n > high {
			return fmt.Sprintf("expected %d to %d characters, got %d", low, high, n)
		}
		return ""
	})
}

// Matches allows strings that match the regular expression; what says which they are.
func Matches(pattern, what string) Rule {
	compiled := regexp.MustCompile(pattern)
	return Text(func(s string) string {
		if compiled.MatchString(s) {
			return ""
		}
		return fmt.Sprintf("%q is not allowed here: %s", s, what)
	})
}

// All allows what every rule allows; the first refusal counts.
func All(rules ...Rule) Rule {
	return func(value resource.PropertyValue) string {
		for _, rule := range rules {
			if refusal := rule(value); refusal != "" {
				return refusal
			}
		}
		return ""
	}
}

// Coded gives a rule's refusals the cloud's own error name.
func Coded(code string, rule Rule) Rule {
	return func(value resource.PropertyValue) string {
		refusal := rule(value)
		if refusal == "" {
			return ""
		}
		return code + ": " + refusal
	}
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// checkTable reports what the type's table says is wrong with the inputs.
func (c *Call) checkTable() {
	for _, path := range slices.Sorted(maps.Keys(c.Type.Rules)) {
		for _, l := range find(c.Inputs, path) {
			if l.value.ContainsUnknowns() || l.value.IsString() && l.value.StringValue() == "" {
				continue // an empty string counts as absent
			}
			if refusal := c.Type.Rules[path](l.value); refusal != "" {
				c.Fail(l.path, "%s", refusal)
			}
		}
	}
	for _, group := range c.Type.ExactlyOne {
		if n := c.given(group); len(n) != 1 {
			c.Fail(group[0], "exactly one of %s is needed%s", strings.Join(group, ", "), got(n))
		}
	}
	for _, group := range c.Type.AtMostOne {
		if n := c.given(group); len(n) > 1 {
			c.Fail(n[1], "at most one of %s can be given%s", strings.Join(group, ", "), got(n))
		}
	}
}

func (c *Call) given(names []string) []string {
	var given []string
	for _, name := range names {
		if c.Given(name) {
			given = append(given, name)
		}
	}
	return given
}

func got(names []string) string {
	if len(names) == 0 {
		return ", none was given"
	}
	return ", got " + strings.Join(names, " and ")
}
