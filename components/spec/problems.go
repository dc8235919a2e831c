package spec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// maxShownValue is the longest offending value, in characters, that a message repeats in full.
const maxShownValue = 80

// Problem is one thing wrong with an input.
type Problem struct {
	// Field is the path of the offending field in the words of the configuration, for example
	// "flowLogs.retentionDays" or "zoneNames[1]". Empty means the input as a whole.
	Field string
	// Value is the offending value; nil when there is none to show (an unknown or a missing field).
	Value any
	// Reason says what is wrong and what would be right.
	Reason string
}

// String renders the problem on one line: the field, the value and the reason.
func (p Problem) String() string {
	text := p.Reason
	if p.Value != nil {
		text = shown(p.Value) + " " + text
	}
	if p.Field == "" {
		return text
	}
	return oneLine(p.Field) + ": " + text
}

// Problems collects everything wrong with an input, so that one run reports all of it. As an error it prints one
// problem per line. The zero value is ready to use.
type Problems []Problem

// Add records a problem with the field at path field. The value is nil when there is none to show; the reason is
// formatted with the arguments that follow it. A problem that is already recorded is not recorded twice.
func (ps *Problems) Add(field string, value any, reason string, args ...any) {
	ps.add(Problem{Field: field, Value: value, Reason: fmt.Sprintf(reason, args...)})
}

// Collect records the problems in err with their fields placed under path prefix. An error that holds no Problems
// becomes one problem of its own; nil records nothing.
func (ps *Problems) Collect(prefix string, err error) {
	if err == nil {
		return
	}
	var found Problems
	if !errors.As(err, &found) {
		ps.Add(prefix, nil, "%s", err)
		return
	}
	for _, p := range found {
		p.Field = join(prefix, p.Field)
		ps.add(p)
	}
}

// Masked returns a copy that shows no value, nor a reason that may be derived from one: for inputs that are secret.
func (ps Problems) Masked() Problems {
	masked := make(Problems, len(ps))
	for i, p := range ps {
		if p.Value != nil {
			p.Value, p.Reason = nil, "is not valid (its value is secret and not shown)"
		}
		masked[i] = p
	}
	return masked
}

// Err returns the problems as an error, or nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Error renders one problem per line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps *Problems) add(p Problem) {
	text := p.String()
	for _, known := range *ps {
		if known.String() == text {
			return
		}
	}
	*ps = append(*ps, p)
}

// shown renders a value the way one would type it in a configuration file.
func shown(value any) string {
	text := fmt.Sprint(value)
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err == nil {
		text = strings.TrimSuffix(buffer.String(), "\n")
	}
	if runes := []rune(text); len(runes) > maxShownValue {
		text = string(runes[:maxShownValue]) + "…"
	}
	return text
}

// oneLine escapes what would break a line or cannot be seen: a field may be a key that somebody typed.
func oneLine(text string) string {
	if strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) {
		return strings.Trim(strconv.Quote(text), `"`)
	}
	return text
}

// join appends a field to the path it belongs under: a name after a dot, an index directly.
func join(prefix, field string) string {
	switch {
	case prefix == "":
		return field
	case field == "":
		return prefix
	case strings.HasPrefix(field, "["):
		return prefix + field
	default:
		return prefix + "." + field
	}
}
