package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// What values a property may have, read from its comment. A limit that is read wrongly refuses a good program, one that
// is not read only lets a bad one pass: so only whole sentences of set forms count, and any doubt is against them.

const (
	quoted = "`[A-Za-z0-9_.:/+-]+`"
	number = "`?(-?\\d+(?:\\.\\d+)?)`?"
	unit   = `(?: (?:seconds?|minutes?|hours?|days?|weeks?|bytes|[KMGT]i?B|percent|milliseconds))?`
	isAre  = `(?: are| is)?:?`
	// several is a list of at least two values in backticks.
	several = quoted + "(?:, " + quoted + ")*,?(?: (?:and|or))? " + quoted
	subject = `(?:the |this )?(?:value |field )?`
)

var (
	allowed = regexp.MustCompile(`(?i)^(?:(?:possible|valid|allowed|supported|accepted|permitted) (?:values|options)` + isAre +
		`|` + subject + `must be (?:set to )?(?:one of|either)(?: the following(?: values)?)?:?` +
		`|one of:?|either) (?:one of |either )?(` + several + `)$`)
	between = regexp.MustCompile(`(?i)^(?:(?:possible|valid|allowed|supported|accepted) (?:values|range)(?: are| is)?:?` +
		`|` + subject + `(?:must|should|needs to) be)` +
		`(?: (?:a|an|any) (?:whole |integer |valid )?(?:number|integer|value))?` +
		`(?: in the range(?: of)?)?(?: between| from)? ` + number + `(?: and| to| ?-) ` + number + unit +
		`(?:,? (?:inclusive|\(inclusive\)))?$`)
	atLeast = regexp.MustCompile(`(?i)^(?:the )?min(?:imum)? (?:allowed )?value (?:of|is)(?: of)? ` + number + unit + `$`)
	atMost  = regexp.MustCompile(`(?i)^(?:the )?max(?:imum)? (?:allowed )?value (?:of|is)(?: of)? ` + number + unit + `$`)

	conflicting = regexp.MustCompile("^Conflicts with ((?:`[a-z][A-Za-z0-9]*`(?:, (?:and |or )?| and | or )?)+)$")

	// renamed finds what the SDK's own generator takes for a property's name and writes in its fashion: the value
	// allkeys_lru appears as allkeysLru.
	renamed = regexp.MustCompile(`^[a-z][a-z0-9]*[A-Z]`)

	backticks = regexp.MustCompile("`([^`]*)`")
	defaults  = regexp.MustCompile("(?i)\\bdefaults?(?: value)?(?: to| is|:)* `\"?([^`\"]+)\"?`")
	anyNumber = regexp.MustCompile(`-?\d+(?:\.\d+)?`)
	// loose are words after which a list may not be the whole truth.
	loose = regexp.MustCompile(`(?i)\b(?:e\.g\.|for example|such as|custom|other values|any other|additional values|` +
		`case[- ]insensitive|not limited to|currently|depends on|depending on|differ|vary|varies|arn|beta|preview|` +
		`wildcard|prefix|only one of|in addition)\b`)
	numberKinds = []schema.Kind{schema.Integer, schema.Number}
)

// limits reads what a property's comment says of its values, nil when it says nothing that can be relied on.
func limits(kind schema.Kind, doc string) *schema.Limits {
	sentences := sentencesOf(doc)
	l := &schema.Limits{}
	if kind == schema.String {
		l.Allowed = allowedValues(sentences)
	}
	if slices.Contains(numberKinds, kind) {
		l.Low, l.High = bounds(sentences)
	}
	for _, sentence := range sentences {
		if match := conflicting.FindStringSubmatch(sentence); match != nil {
			l.Conflicts = append(l.Conflicts, inBackticks(match[1])...)
		}
	}
	if l.Empty() {
		return nil
	}
	return l
}

// sentencesOf returns the sentences of a comment's running text, without their full stops; what is said about nested
// properties is left out.
func sentencesOf(doc string) []string {
	if at := listItem.FindStringIndex(doc); at != nil && at[0] > 0 {
		doc = doc[:at[0]]
	}
	doc = strings.Join(strings.Fields(doc), " ")
	var list []string
	for sentence := range strings.SplitSeq(doc+" ", ". ") {
		if sentence = strings.TrimSuffix(strings.TrimSpace(sentence), "."); sentence != "" {
			list = append(list, sentence)
		}
	}
	return list
}

func inBackticks(text string) []string {
	var list []string
	for _, match := range backticks.FindAllStringSubmatch(text, -1) {
		list = append(list, match[1])
	}
	return list
}

// allowedValues returns the values of the one sentence that lists them. A second list, a default that is not on it, a
// value that may be spelt otherwise, or a loose word make it none.
func allowedValues(sentences []string) []string {
	var values []string
	for _, sentence := range sentences {
		match := allowed.FindStringSubmatch(sentence)
		switch {
		case match == nil && loose.MatchString(sentence):
			return nil
		case match == nil:
		case values != nil:
			return nil
		default:
			values = inBackticks(match[1])
		}
	}
	if slices.ContainsFunc(values, renamed.MatchString) {
		return nil
	}
	for _, match := range defaults.FindAllStringSubmatch(strings.Join(sentences, ". "), -1) {
		if !slices.Contains(values, match[1]) {
			return nil
		}
	}
	return values
}

// bounds returns the least and greatest value. A number elsewhere in the comment that lies outside makes it none: it
// may have a meaning of its own.
func bounds(sentences []string) (low, high *float64) {
	var others []string
	for _, sentence := range sentences {
		if match := between.FindStringSubmatch(sentence); match != nil && low == nil && high == nil {
			low, high = parse(match[1]), parse(match[2])
		} else if match := atLeast.FindStringSubmatch(sentence); match != nil && low == nil {
			low = parse(match[1])
		} else if match := atMost.FindStringSubmatch(sentence); match != nil && high == nil {
			high = parse(match[1])
		} else {
			others = append(others, sentence)
		}
	}
	if low != nil && high != nil && *low > *high {
		return nil, nil
	}
	for _, other := range others {
		for _, text := range anyNumber.FindAllString(other, -1) {
			n := parse(text)
			if low != nil && *n < *low || high != nil && *n > *high {
				return nil, nil
			}
		}
		if loose.MatchString(other) || unlimited.MatchString(other) {
			return nil, nil
		}
	}
	return low, high
}

// unlimited finds words for values beyond a range.
var unlimited = regexp.MustCompile(`(?i)\b(?:disabled?|unlimited|zero|negative|never|infinite|no limit)\b`)

func parse(text string) *float64 {
	n, _ := strconv.ParseFloat(text, 64) // the patterns match nothing but numbers
	return &n
}

// settle drops conflicts with what the object does not have.
func settle(object schema.Object) {
	for name, property := range object {
		if property.Limits == nil {
			continue
		}
		property.Limits.Conflicts = slices.DeleteFunc(property.Limits.Conflicts, func(other string) bool {
			_, ok := object[other]
			return !ok || other == name
		})
		if property.Limits.Empty() {
			property.Limits = nil
			object[name] = property
		}
	}
}
