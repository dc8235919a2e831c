package spec

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// cronFields are the fields of a Unix cron expression, with their bounds and the names that stand for numbers.
var cronFields = []struct {
	name        string
	least, most int
	names       []string // of least, least+1 …
}{
	{name: "minute", least: 0, most: 59},
	{name: "hour", least: 0, most: 23},
	{name: "day of the month", least: 1, most: 31},
	{name: "month", least: 1, most: 12, names: strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")},
	{name: "day of the week", least: 0, most: 7, names: strings.Fields("SUN MON TUE WED THU FRI SAT")},
}

// zoneNamePattern is what the names of the IANA time zone database look like.
var zoneNamePattern = regexp.MustCompile(`^(UTC|GMT|[A-Z][A-Za-z_-]+(/[A-Za-z0-9_+-]+){1,2})$`)

func (c Cluster) checkSchedule(ps *Problems, field string, s Schedule) {
	checkCron(ps, field+".cron", s.Cron)
	if !zoneNamePattern.MatchString(s.TimeZone) {
		ps.Add(field+".timeZone", s.TimeZone, "is not a time zone; use a name like Europe/Berlin or Etc/UTC")
	}
	if s.Min < c.Min || s.Min > c.Max {
		ps.Add(field+".min", s.Min, "is out of bounds; use the cluster's min to max, %d to %d", c.Min, c.Max)
	}
}

// checkCron records at field what is wrong with a Unix cron expression.
func checkCron(ps *Problems, field, cron string) {
	parts := strings.Fields(cron)
	if len(parts) != len(cronFields) {
		ps.Add(field, cron, `has not five fields; write minute, hour, day, month and day of the week, like "0 7 * * 1-5"`)
		return
	}
	for i, part := range parts {
		f := cronFields[i]
		number := func(text string) (int, bool) {
			if at := slices.Index(f.names, strings.ToUpper(text)); at >= 0 {
				return f.least + at, true
			}
			n, err := strconv.Atoi(text)
			return n, err == nil && n >= f.least && n <= f.most
		}
		if slices.ContainsFunc(strings.Split(part, ","), func(element string) bool { return !cronElement(element, number) }) {
			ps.Add(field, cron, "has %s as its %s; that goes from %d to %d", part, f.name, f.least, f.most)
		}
	}
}

// cronElement reports whether a cron field may list the element: *, 5, 1-5, MON, and each of them with a step (*/15).
func cronElement(element string, number func(string) (int, bool)) bool {
	span, step, stepped := strings.Cut(element, "/")
	if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1) {
		return false
	}
	if span == "*" {
		return true
	}
	from, to, isRange := strings.Cut(span, "-")
	first, ok := number(from)
	if !isRange {
		return ok
	}
	last, okLast := number(to)
	return ok && okLast && first <= last
}
