package mutation

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// reaching makes patterns for each mutant, to try in turn: of the tests that reach it by what they print, and of all, as
// what is done once is reached by the first test alone. What is reached before any test, as variables get their values, is
// first for the tests that reach another mutant of the file.
func reaching(printed string, mutants []Mutant) [][]string {
	byMutant, byFile := make([]map[string]bool, len(mutants)), map[string]map[string]bool{}
	for i, m := range mutants {
		byMutant[i], byFile[m.File] = map[string]bool{}, map[string]bool{}
	}
	test := ""
	for line := range strings.Lines(printed) {
		var event, name string
		var first, changes int
		if _, err := fmt.Sscanf(line, "=== %s %s", &event, &name); err == nil {
			test = pattern(name)
		}
		if _, err := fmt.Sscanf(line, "mutant %d %d", &first, &changes); err != nil {
			continue
		}
		for i := first - 1; i < first-1+changes; i++ {
			byMutant[i][test] = true
			if test != "" {
				byFile[mutants[i].File][test] = true
			}
		}
	}
	patterns := make([][]string, len(mutants))
	for i, tests := range byMutant {
		switch {
		case tests[""]:
			patterns[i] = slices.Compact([]string{anyOf(byFile[mutants[i].File]), ""})
		case len(tests) > 0:
			patterns[i] = slices.Compact([]string{anyOf(tests), ""})
		}
	}
	return patterns
}

// longest is how long a pattern may be. In place of a longer one is that of all tests.
const longest = 1 << 16

func anyOf(tests map[string]bool) string {
	if all := strings.Join(slices.Sorted(maps.Keys(tests)), "|"); len(all) <= longest {
		return all
	}
	return ""
}

// pattern is that of a test, or of the first of those within it.
func pattern(test string) string {
	parts := strings.Split(test, "/")
	parts = parts[:min(len(parts), 2)]
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	return strings.Join(parts, "/")
}
