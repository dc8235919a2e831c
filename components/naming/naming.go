// Package naming gives resources names that their cloud accepts, and checks tags against its limits.
//
// A name is a function of its parts alone: the same parts give the same name on every run, so nothing is renamed by
// accident. A name that has to be changed or cut to fit ends in a short hash of the whole, so two names that differ
// anywhere still differ after cutting.
package naming

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
)

// Rule is what a cloud asks of the names of one kind of resource. Letters and digits are always allowed.
type Rule struct {
	// Min and Max are the least and the greatest length in characters.
	Min, Max int
	// Extra lists the characters allowed besides ASCII letters and digits; it includes the separator.
	Extra string
	// Separator joins the parts, and stands in for characters that are not allowed.
	Separator string
	// Lower says that letters must be lower case.
	Lower bool
	// LetterFirst says that the first character must be a letter.
	LetterFirst bool
	// AlnumEnds says that the first and the last character must be letters or digits.
	AlnumEnds bool
	// NoDouble says that two separators may not follow each other.
	NoDouble bool
	// NotPrefixes lists what a name may not start with, in lower case.
	NotPrefixes []string
	// NotNames lists what a name may not be, in lower case.
	NotNames []string
}

// hashLength is how many characters of the hash end a name: 8 of 32 letters make 40 bits, one chance in a million of
// a collision among 1,400 names that begin alike.
const hashLength = 8

// Name joins parts into a name that the rule accepts. Empty parts are left out. Names of different parts differ,
// except when the joined parts are the same text ("a-b", "c" and "a", "b-c").
func (r Rule) Name(parts ...string) string {
	full := strings.Join(slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" }), r.Separator)
	name := r.fit(full)
	if r.Valid(full) {
		return full
	}
	end := hash(full)
	if cut := r.Max - len(r.Separator) - len(end); len(name) > cut {
		name = name[:cut]
	}
	name = strings.TrimRight(name, r.Separator)
	if name == "" {
		return "n" + end
	}
	return name + r.Separator + end
}

// Valid reports whether name obeys the rule.
func (r Rule) Valid(name string) bool {
	return name != "" && len(name) >= r.Min && len(name) <= r.Max && r.fit(name) == name
}

// fit replaces what the rule forbids, and does not mind the length.
func (r Rule) fit(name string) string {
	if r.Lower {
		name = strings.ToLower(name)
	}
	name = strings.Map(func(c rune) rune {
		if isAlnum(c) || strings.ContainsRune(r.Extra, c) {
			return c
		}
		if r.Separator == "" {
			return -1
		}
		return rune(r.Separator[0])
	}, name)
	for double := r.Separator + r.Separator; r.NoDouble && strings.Contains(name, double); {
		name = strings.ReplaceAll(name, double, r.Separator)
	}
	if r.AlnumEnds {
		name = strings.TrimFunc(name, func(c rune) bool { return !isAlnum(c) })
	}
	if r.LetterFirst && name != "" && !isLetter(rune(name[0])) {
		name = "n" + name
	}
	for _, prefix := range r.NotPrefixes {
		// With the separator, because a hash may follow: "internal" must not become "internal-…".
		if strings.HasPrefix(strings.ToLower(name)+r.Separator, prefix) {
			name = "n" + name
		}
	}
	if slices.Contains(r.NotNames, strings.ToLower(name)) {
		name = "n" + name
	}
	return name
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:hashLength])
}

func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isAlnum(c rune) bool { return isLetter(c) || c >= '0' && c <= '9' }
