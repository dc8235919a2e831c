package aws

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// longestGap is the longest time, in minutes, between two runs of a schedule: cron(…) of six fields or rate(…), as the
// Amazon EventBridge User Guide has them ("Using cron and rate expressions"). Schedules with W or # are refused, and so are
// those of single years. The hour that a time zone skips or repeats is left out.
func longestGap(schedule string) (minutes int, err error) {
	kind, rest, _ := strings.Cut(schedule, "(")
	fields := strings.Fields(strings.TrimSuffix(rest, ")"))
	switch {
	case kind == "rate" && len(fields) == 2:
		return rate(fields[0], fields[1])
	case kind == "cron" && len(fields) == 6 && fields[5] == "*":
		return cronGap(fields)
	}
	return 0, fmt.Errorf("%q is no schedule that is known here", schedule)
}

func rate(count, unit string) (minutes int, err error) {
	per := map[string]int{"minute": 1, "hour": 60, "day": 24 * 60}[strings.TrimSuffix(unit, "s")]
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || per == 0 {
		return 0, errors.New("it is no rate")
	}
	return n * per, nil
}

var (
	monthNames = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
	dayNames   = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}
)

// cronGap goes through eight years, in which whatever comes at all comes twice, day by day.
func cronGap(fields []string) (longest int, err error) {
	var problems []error
	read := func(i, low, high int, names []string) []bool {
		set, err := cronField(fields[i], low, high, names)
		problems = append(problems, err)
		return set
	}
	minutes, hours := read(0, 0, 59, nil), read(1, 0, 23, nil)
	last := fields[2] == "L"
	if last {
		fields = slices.Replace(slices.Clone(fields), 2, 3, "?")
	}
	days, months, weekdays := read(2, 1, 31, nil), read(3, 1, 12, monthNames), read(4, 1, 7, dayNames)
	if err := errors.Join(problems...); err != nil {
		return 0, err
	}
	var times []int // of a day
	for hour := range hours {
		for minute := range minutes {
			if hours[hour] && minutes[minute] {
				times = append(times, hour*60+minute)
			}
		}
	}
	before, start := -1, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 8 * 366 {
		day := start.AddDate(0, 0, i)
		if !days[day.Day()] || !months[day.Month()] || !weekdays[day.Weekday()+1] || last && day.AddDate(0, 0, 1).Day() != 1 {
			continue
		}
		for _, at := range times {
			at += i * 24 * 60
			if before >= 0 {
				longest = max(longest, at-before)
			}
			before = at
		}
	}
	if longest == 0 {
		return 0, errors.New("it does not come twice in eight years")
	}
	return longest, nil
}

// cronField is the set of values that a field stands for.
func cronField(text string, low, high int, names []string) ([]bool, error) {
	set := make([]bool, high+1)
	value := func(text string) (int, error) {
		if i := slices.Index(names, strings.ToUpper(text)); i >= 0 {
			return low + i, nil
		}
		n, err := strconv.Atoi(text)
		if err == nil && (n < low || n > high) {
			err = fmt.Errorf("%d is out of range", n)
		}
		return n, err
	}
	for part := range strings.SplitSeq(text, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		from, to, step := low, high, 1
		var problems [3]error
		if span != "*" && span != "?" {
			first, until, isRange := strings.Cut(span, "-")
			from, problems[0] = value(first)
			switch {
			case isRange:
				to, problems[1] = value(until)
			case !stepped:
				to = from
			}
		}
		if stepped {
			step, problems[2] = strconv.Atoi(stepText)
		}
		if err := errors.Join(problems[:]...); err != nil || step < 1 {
			return nil, fmt.Errorf("%q is not known here: %w", text, err)
		}
		for n := from; n <= to; n += step {
			set[n] = true
		}
	}
	return set, nil
}
