package crosscloud

import (
	"slices"
	"strings"
)

// secretsByForm are the kinds of secrets with a form of their own in a text, or in what it is the base64 of.
func secretsByForm(text string) []string {
	// Before the detector is asked for: most stacks have texts that need none.
	if !hasToken(text, shortestForm) && !slices.ContainsFunc(formPatterns, func(p pattern) bool { return p.mayBeIn(text) }) {
		return nil
	}
	d := byForm()
	if kinds := d.kinds(text); len(kinds) > 0 {
		return kinds
	}
	if inner, ok := decoded(text); ok {
		return d.kinds(inner)
	}
	return nil
}

// place is a path as messages show it. What itself looks like a secret, as a key may, is left out.
func place(path []string) string {
	shown := make([]string, len(path))
	for i, step := range path {
		shown[i] = step
		if len(secretsByForm(step)) > 0 {
			shown[i] = "[secret]"
		}
	}
	return strings.Join(shown, ".")
}
