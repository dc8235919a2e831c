package spec

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// maxTypos is how many single-letter edits away a name may be and still be offered as what was meant.
const maxTypos = 3

// Nearest returns the one of names that is closest in spelling to what was written, ignoring case and separators, or
// "" when nothing is close enough to be worth offering.
func Nearest(written string, names []string) string {
	best, bestEdits := "", maxTypos+1
	for _, name := range names {
		edits := levenshtein.Distance(bare(written), bare(name), nil)
		// About half of the letters written must be right: "red" is no typo of "green", but "nta" is one of "nat".
		if edits < bestEdits && 2*edits <= len(bare(written))+1 {
			best, bestEdits = name, edits
		}
	}
	return best
}

// DidYouMean ends the message about an unknown name: it offers the nearest right one if there is one, and lists all.
func DidYouMean(written string, names []string) string {
	list := "use " + oneOf(names)
	if near := Nearest(written, names); near != "" {
		return "did you mean " + near + "? (" + list + ")"
	}
	return list
}

// oneOf lists names as "a, b or c", in alphabetical order.
func oneOf(names []string) string {
	sorted := slices.Sorted(slices.Values(names))
	if len(sorted) < 2 {
		return strings.Join(sorted, "")
	}
	last := len(sorted) - 1
	return strings.Join(sorted[:last], ", ") + " or " + sorted[last]
}

// bare strips what people vary without meaning anything by it.
func bare(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(name))
}
