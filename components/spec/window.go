package spec

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// WindowMinutes is how long the windows for backups and for maintenance last, in minutes.
const WindowMinutes = 60

const (
	dayMinutes  = 24 * 60
	weekMinutes = 7 * dayMinutes
)

var (
	daily  = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)
	weekly = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$`)
)

// weekdays are in the order of the week.
var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// minute returns the minute of the day ("03:00"), or of the week that begins on Monday ("sun:03:00").
func minute(at string) int {
	day := 0
	for i, name := range weekdays {
		if rest, ok := strings.CutPrefix(at, name+":"); ok {
			day, at = i, rest
		}
	}
	hours, minutes, _ := strings.Cut(at, ":")
	h, _ := strconv.Atoi(hours)
	m, _ := strconv.Atoi(minutes)
	return day*dayMinutes + h*60 + m
}

// minuteOf returns the minute of the week, as minute does.
func minuteOf(t time.Time) int {
	return (int(t.Weekday())+6)%7*dayMinutes + t.Hour()*60 + t.Minute()
}

// checkWindows reports windows that are not written as they must be, and a daily one that overlaps the weekly one.
func checkWindows(ps *Problems, backupField, backup, maintenanceField, maintenance string) {
	ok := true
	if !daily.MatchString(backup) {
		ok = false
		ps.Add(backupField, backup, "is not a time of the day; use for example 03:00, in UTC")
	}
	if !weekly.MatchString(maintenance) {
		ok = false
		ps.Add(maintenanceField, maintenance, "is not a time of the week; use for example sun:05:00, in UTC")
	}
	// Two windows of an hour overlap when they begin less than an hour apart, also around midnight.
	apart := (minute(maintenance) - minute(backup) + weekMinutes) % dayMinutes
	if ok && (apart < WindowMinutes || apart > dayMinutes-WindowMinutes) {
		ps.Add(maintenanceField, maintenance, "overlaps %s %s; each lasts an hour", backupField, backup)
	}
}
