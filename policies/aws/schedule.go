package aws

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// longestGap is the longest time, in minutes, between two runs of a schedule: cron(…) of six fields or rate(…), as the
// Amazon EventBridge User Guide has them ("Using cron and rate expressions"). It is 0 for what is not known here: schedules
// with W or #, those of single years, and what never comes. The hour that a time zone skips or repeats is left out.
func longestGap(schedule string) (minutes int) {
	kind, rest, _ := strings.Cut(schedule, "(")
	fields := strings.Fields(strings.TrimSuffix(rest, ")"))
	switch {
	case kind == "rate" && len(fields) == 2:
		return rate(fields[0], fields[1])
	case kind == "cron" && len(fields) == 6 && fields[5] == "*":
		return cronGap(fields)
	}
	return 0
}

func rate(count, unit string) (minutes int) {
	n, err := strconv.ParseUint(count, 10, 31)
	if err != nil {
		return 0
	}
	return int(n) * map[string]int{"minute": 1, "hour": 60, "day": 24 * 60}[strings.TrimSuffix(unit, "s")]
}

var (
	monthNames = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
	dayNames   = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}
)

// cronGap goes through eight years day by day: the 29th of February comes twice in them, and all else more often.
func cronGap(fields []string) (longest int) {
	lastDay := fields[2] == "L"
	if lastDay {
		fields[2] = "?"
	}
	minutes, hours := cronField(fields[0], 0, 59, nil), cronField(fields[1], 0, 23, nil)
	days, months, weekdays := cronField(fields[2], 1, 31, nil), cronField(fields[3], 1, 12, monthNames), cronField(fields[4], 1, 7, dayNames)
	var midnight, before int
	for day := (time.Time{}); day.Year() < 9; midnight += 24 * 60 {
		next := day.AddDate(0, 0, 1)
		if slices.Contains(days, day.Day()) && slices.Contains(months, int(day.Month())) &&
			slices.Contains(weekdays, int(day.Weekday())+1) && (!lastDay || next.Day() == 1) {
			for _, hour := range hours {
				for _, minute := range minutes {
					at := midnight + hour*60 + minute
					longest = max(longest, at-before)
					before = at
				}
			}
		}
		day = next
	}
	return longest
}

// cronField is the values that a field stands for, in order; none if it is not known here.
func cronField(text string, low, high int, names []string) (values []int) {
	known := true
	value := func(text string) int {
		if i := slices.Index(names, strings.ToUpper(text)); i >= 0 {
			return low + i
		}
		n, err := strconv.Atoi(text)
		known = known && err == nil && n >= low && n <= high
		return n
	}
	for part := range strings.SplitSeq(text, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		from, to, step := low, high, 1
		if span != "*" && span != "?" {
			first, last, isRange := strings.Cut(span, "-")
			from = value(first)
			switch {
			case isRange:
				to = value(last)
			case !stepped:
				to = from
			}
		}
		if stepped {
			step = value(stepText)
		}
		if !known || step < 1 {
			return nil
		}
		for n := from; n <= to; n += step {
			values = append(values, n)
		}
	}
	slices.Sort(values)
	return values
}
