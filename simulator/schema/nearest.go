package schema

import (
	"strings"

	"github.com/agext/levenshtein"
)

// likeEnough is the similarity, from 0 to 1, from which a name is suggested in place of another.
const likeEnough = 0.5

// Nearest returns the candidate most like the word, or "" when none is like it. Capital letters count for less than
// other differences.
func Nearest(word string, candidates []string) string {
	best, found := likeEnough, ""
	for _, candidate := range candidates {
		like := levenshtein.Similarity(strings.ToLower(word), strings.ToLower(candidate), nil)
		better := like > best || like == best && (found == "" || candidate < found)
		if better {
			best, found = like, candidate
		}
	}
	return found
}
