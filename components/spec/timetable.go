package spec

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // time zones are known wherever the program runs
)

// Timetable is a time that comes again and again: the minutes and hours of a day, on some days. Each list is in rising
// order; an empty list of days or months means all of them. Never both MonthDays and Weekdays are set.
type Timetable struct {
	Minutes   []int // 0 to 59
	Hours     []int // 0 to 23
	MonthDays []int // 1 to 31
	Months    []int // 1 to 12
	Weekdays  []int // 0 for Sunday to 6
}

// timetableField is one of the five fields of a schedule.
type timetableField struct {
	name     string
	min, max int
	names    []string // of min and what follows
}

var (
	minuteField   = timetableField{name: "minute", max: 59}
	hourField     = timetableField{name: "hour", max: 23}
	monthDayField = timetableField{name: "day of the month", min: 1, max: 31}
	monthField    = timetableField{name: "month", min: 1, max: 12, names: []string{
		"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
	}}
	weekdayField = timetableField{name: "weekday", max: 6, names: []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}}
)

// ParseTimetable reads a schedule in the five fields of cron: minute, hour, day of the month, month, weekday. A field is *
// for all, or a list of numbers, names (jan, sun) and ranges, each with a step if need be: "*/15", "1-5", "mon,thu". The
// week starts with Sunday, which is 0. A day of the month and a weekday cannot both be given, because clouds disagree on
// what that means.
func ParseTimetable(text string) (Timetable, error) {
	parts := strings.Fields(text)
	if len(parts) != 5 {
		return Timetable{}, errors.New(`is not a schedule; use the five fields of cron, for example "30 1 * * *"`)
	}
	var t Timetable
	for i, target := range []struct {
		timetableField
		list *[]int
	}{
		{minuteField, &t.Minutes}, {hourField, &t.Hours}, {monthDayField, &t.MonthDays},
		{monthField, &t.Months}, {weekdayField, &t.Weekdays},
	} {
		list, err := target.parse(parts[i])
		if err != nil {
			return Timetable{}, err
		}
		if isDay := i >= 2; isDay && len(list) == target.max-target.min+1 {
			list = nil
		}
		*target.list = list
	}
	if t.MonthDays != nil && t.Weekdays != nil {
		return Timetable{}, errors.New("gives both a day of the month and a weekday; make one of them *")
	}
	if len(t.runDays()) == 0 {
		return Timetable{}, errors.New("never comes: no such month has such a day")
	}
	return t, nil
}

// parse returns the values that a field stands for, in rising order.
func (f timetableField) parse(text string) ([]int, error) {
	var list []int
	for part := range strings.SplitSeq(text, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		low, high, err := f.span(span, stepped)
		if err != nil {
			return nil, err
		}
		step := 1
		if stepped {
			if step, err = strconv.Atoi(stepText); err != nil || step < 1 || step > f.max {
				return nil, fmt.Errorf("has %q as a step of the %s; use 1 to %d", stepText, f.name, f.max)
			}
		}
		for value := low; value <= high; value += step {
			list = append(list, value)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// span returns the first and the last value of *, of a range or of a single value; a single one with a step runs on.
func (f timetableField) span(text string, stepped bool) (low, high int, err error) {
	if text == "*" {
		return f.min, f.max, nil
	}
	first, last, isRange := strings.Cut(text, "-")
	if low, err = f.value(first); err != nil {
		return 0, 0, err
	}
	switch {
	case isRange:
		if high, err = f.value(last); err == nil && high < low {
			err = fmt.Errorf("has %q as a range of the %s, which ends before it starts", text, f.name)
		}
		return low, high, err
	case stepped:
		return low, f.max, nil
	}
	return low, low, nil
}

func (f timetableField) value(text string) (int, error) {
	if i := slices.Index(f.names, strings.ToLower(text)); i >= 0 {
		return f.min + i, nil
	}
	// Not Atoi alone, which takes signs.
	value, err := strconv.Atoi(text)
	if err != nil || value < f.min || value > f.max || !isDigit(text[0]) {
		return 0, fmt.Errorf("has %q as the %s; use %d to %d", text, f.name, f.min, f.max)
	}
	return value, nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// epoch is a day to count days from, and epochDays are eight years of them: whatever comes at all comes twice in them.
var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

const epochDays = 8*365 + 2

// runDays returns the days from the epoch on which the schedule comes.
func (t Timetable) runDays() []int {
	var days []int
	for day := range epochDays {
		date := epoch.AddDate(0, 0, day)
		if allows(t.Months, int(date.Month())) && allows(t.MonthDays, date.Day()) && allows(t.Weekdays, int(date.Weekday())) {
			days = append(days, day)
		}
	}
	return days
}

func allows(list []int, value int) bool { return len(list) == 0 || slices.Contains(list, value) }

// LongestGap returns the longest time between two times of the schedule, in a time zone: over a month or a year with its
// longest days, and with the hour that a day is longer when daylight saving ends. It is 0 if the schedule never comes.
func (t Timetable) LongestGap(zone string) time.Duration {
	days := t.runDays()
	if len(days) == 0 || len(t.Hours) == 0 || len(t.Minutes) == 0 {
		return 0
	}
	var times []time.Duration // within a day, rising
	for _, hour := range t.Hours {
		for _, minute := range t.Minutes {
			times = append(times, time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute)
		}
	}
	var longest time.Duration
	for i := 1; i < len(times); i++ {
		longest = max(longest, times[i]-times[i-1])
	}
	overnight := times[0] - times[len(times)-1]
	for i := 1; i < len(days); i++ {
		longest = max(longest, time.Duration(days[i]-days[i-1])*24*time.Hour+overnight)
	}
	return longest + daylightSaving(zone)
}

// Meets reports whether the schedule, in a time zone, ever comes within a window, or within so many minutes before it. The
// window is one of Database's: it lasts WindowMinutes from a time of the day or of the week, in UTC.
func (t Timetable) Meets(zone, window string, before int) bool {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return false
	}
	opens, period := minute(window)-before, dayMinutes
	if weekly.MatchString(window) {
		period = weekMinutes
	}
	for _, day := range t.runDays() {
		date := epoch.AddDate(0, 0, day)
		for _, hour := range t.Hours {
			for _, at := range t.Minutes {
				comes := time.Date(date.Year(), date.Month(), date.Day(), hour, at, 0, 0, location)
				if since := (minuteOf(comes.UTC()) - opens + weekMinutes) % period; since < before+WindowMinutes {
					return true
				}
			}
		}
	}
	return false
}

// daylightSaving returns by how much the clocks of a zone go back in autumn; 0 where they do not.
func daylightSaving(zone string) time.Duration {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return 0
	}
	_, winter := epoch.In(location).Zone()
	_, summer := epoch.AddDate(0, 6, 0).In(location).Zone()
	return (time.Duration(summer-winter) * time.Second).Abs()
}
