package aws

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Schedules as several services write them. Source: EventBridge guide, "Setting a schedule pattern", and the pages of AWS
// Backup and CloudWatch Synthetics that refer to it.

// cronField is one of the six fields of a cron expression.
type cronField struct {
	name      string
	low, high int
	names     []string // what stands for low, low+1 …
	extra     string   // matches what else is allowed: L, W, #
}

var cronFields = []cronField{
	{name: "minutes", high: 59},
	{name: "hours", high: 23},
	{name: "day-of-month", low: 1, high: 31, extra: `^(\?|L|LW|L-\d+|\d+W)$`},
	{name: "month", low: 1, high: 12, names: strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")},
	{name: "day-of-week", low: 1, high: 7, names: strings.Fields("SUN MON TUE WED THU FRI SAT"), extra: `^(\?|L|\w+L|\w+#[1-5])$`},
	{name: "year", low: 1970, high: 2199},
}

// cronFault says what is wrong with cron(…), or "".
func cronFault(expression string) string {
	inner, isCron := strings.CutPrefix(expression, "cron(")
	inner, closed := strings.CutSuffix(inner, ")")
	if !isCron || !closed {
		return "a schedule is written as cron(minutes hours day-of-month month day-of-week year)"
	}
	fields := strings.Fields(inner)
	if len(fields) != len(cronFields) {
		return fmt.Sprintf("a cron expression has six fields, this one has %d", len(fields))
	}
	for i, field := range cronFields {
		for part := range strings.SplitSeq(fields[i], ",") {
			if !field.allows(strings.ToUpper(part)) {
				return fmt.Sprintf("%q is no %s", part, field.name)
			}
		}
	}
	if (fields[2] == "?") == (fields[4] == "?") {
		return "of day-of-month and day-of-week exactly one must be ?"
	}
	return ""
}

// allows reports whether one element of a field's list is possible: 5, MON, 1-5, */15, 10/5, L.
func (f cronField) allows(part string) bool {
	if f.extra != "" && regexp.MustCompile(f.extra).MatchString(part) {
		return true
	}
	span, step, stepped := strings.Cut(part, "/")
	if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1) {
		return false
	}
	if span == "*" {
		return true
	}
	first, last, isRange := strings.Cut(span, "-")
	return f.holds(first) && (!isRange || f.holds(last))
}

// holds reports whether the field can have a value.
func (f cronField) holds(value string) bool {
	for _, name := range f.names {
		if value == name {
			return true
		}
	}
	n, err := strconv.Atoi(value)
	return err == nil && f.low <= n && n <= f.high
}
