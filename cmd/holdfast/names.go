package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// wrongName says that there is nothing of the name, what was probably meant, and all that there is.
func wrongName(what, given string, names []string) error {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	text := fmt.Sprintf("there is no %s %q", what, given)
	if near := nearest(given, names); near != "" {
		text += fmt.Sprintf("; did you mean %q?", near)
	}
	return usageError{errors.New(text + "\nThere are: " + strings.Join(names, ", "))}
}

// nearest is the name that is closest to the given one in spelling, or the first that it is a part of; empty if none is
// near.
func nearest(given string, names []string) string {
	given = strings.ToLower(given)
	best, least := "", 1+max(2, len(given)/4) // a letter in four may be wrong
	for _, name := range names {
		distance := levenshtein.Distance(given, strings.ToLower(name), nil)
		if distance < least && distance < len(name) {
			best, least = name, distance
		}
	}
	if best == "" && len(given) > 2 {
		if i := slices.IndexFunc(names, func(n string) bool { return strings.Contains(n, given) }); i >= 0 {
			return names[i]
		}
	}
	return best
}
