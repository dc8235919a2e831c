package aws

import (
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Schedules as several services write them. Source: EventBridge guide, "Setting a schedule pattern", and the pages of
// AWS Backup and CloudWatch Synthetics that refer to it.

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

// cronTimes are the times of cron(…) in the year that begins at a time, in its time zone. There are none of an expression
// with a fault, and of one whose days depend on the month: L, W, #.
func cronTimes(expression string, from time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if cronFault(expression) != "" {
			return
		}
		var sets [6][]int
		for i, text := range strings.Fields(strings.TrimSuffix(strings.TrimPrefix(expression, "cron("), ")")) {
			set, ok := cronFields[i].values(strings.ToUpper(text))
			if !ok {
				return
			}
			sets[i] = set
		}
		for day := range 366 {
			date := from.AddDate(0, 0, day)
			if !slices.Contains(sets[2], date.Day()) || !slices.Contains(sets[3], int(date.Month())) ||
				!slices.Contains(sets[4], int(date.Weekday())+1) || !slices.Contains(sets[5], date.Year()) {
				continue
			}
			for _, hour := range sets[1] {
				for _, minute := range sets[0] {
					if !yield(time.Date(date.Year(), date.Month(), date.Day(), hour, minute, 0, 0, from.Location())) {
						return
					}
				}
			}
		}
	}
}

// values returns what a field without fault stands for. It fails for what depends on the month.
func (f cronField) values(text string) (set []int, ok bool) {
	for part := range strings.SplitSeq(text, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		low, high, step := f.low, f.high, 1
		if stepped {
			step, _ = strconv.Atoi(stepText)
		}
		if first, last, isRange := strings.Cut(span, "-"); span != "*" && span != "?" {
			if !f.holds(first) || isRange && !f.holds(last) {
				return nil, false
			}
			low = f.value(first)
			switch {
			case isRange:
				high = f.value(last)
			case !stepped:
				high = low
			}
		}
		for value := low; value <= high; value += step {
			set = append(set, value)
		}
	}
	return set, true
}

// value is the number that a field's value stands for.
func (f cronField) value(text string) int {
	if i := slices.Index(f.names, text); i >= 0 {
		return f.low + i
	}
	n, _ := strconv.Atoi(text)
	return n
}
