package main

import (
	"regexp"
	"strings"
)

// javaWords are the parts of regular expressions that the models write as Java does, and how Go writes them.
var javaWords = strings.NewReplacer(
	`\p{IsAlphabetic}`, `\p{L}`, `\p{ASCII}`, `\x00-\x7F`, `\p{Alnum}`, `a-zA-Z0-9`, `\p{Alpha}`, `a-zA-Z`, `\p{Graph}`, `!-~`,
	`\p{Print}`, ` -~`, `\p{Punct}`, "!-/:-@\\[-`{-~", `\h`, `[ \t]`,
)

// alone matches one class of Java's that stands by itself: in Go's notation it needs brackets, which most models have.
var alone = regexp.MustCompile(`^\\p\{\w+\}`)

var unicode = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)

// pattern returns a model's regular expression in Go's notation, "" for one that it cannot express, such as a
// look-ahead, and for one that allows everything.
func pattern(text string) string {
	translated := unicode.ReplaceAllString(javaWords.Replace(alone.ReplaceAllString(text, `[$0]`)), `\x{$1}`)
	if _, err := regexp.Compile(translated); err != nil {
		return ""
	}
	switch strings.TrimSuffix(strings.TrimPrefix(translated, "^"), "$") {
	case ".*", "", `[\s\S]*`, `[\S\s]*`:
		return ""
	}
	return translated
}
