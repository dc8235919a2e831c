package main

import (
	"regexp"
	"strings"
)

// Facts that an SDK states only in its comments, in set phrases.

var (
	// replacing finds the phrases that say a change replaces the resource.
	replacing = regexp.MustCompile(`(?i)\bforces (?:a )?new resource\b` +
		`|\bchanging (?:this|it)(?: value)? (?:forces|will force) (?:a )?new\b` +
		`|\bchanging (?:this|it)(?: value)? (?:recreates|will (?:re-?create)) the resource\b` +
		`|\bchanging .{1,60}? will create a new resource\b` +
		`|\bis changed, creates a new resource\b`)
	// conditional finds the words that make such a phrase true only at times.
	conditional = regexp.MustCompile(`(?i)\b(?:if .*, this|if the|when|unless|adding or removing|downgrading|for multi-az|for memcached|pending)\b`)
	// listItem begins what is said about a nested property.
	listItem = regexp.MustCompile("(?m)^\\s*(?:[*-] |`)")
)

// replaces reads whether a property's comment says without condition that changing it replaces the resource.
func replaces(doc string) bool {
	if at := listItem.FindStringIndex(doc); at != nil && at[0] > 0 {
		doc = doc[:at[0]]
	}
	for _, sentence := range strings.SplitAfter(strings.ReplaceAll(doc, "\n", " "), ". ") {
		if replacing.MatchString(sentence) && !conditional.MatchString(sentence) {
			return true
		}
	}
	return false
}

// deprecated reads Go's own mark of deprecation.
func deprecated(doc string) bool {
	return strings.HasPrefix(doc, "Deprecated:") || strings.Contains(doc, "\nDeprecated:")
}
