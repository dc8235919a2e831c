// Package window writes the windows for backups and maintenance as RDS and ElastiCache want them.
package window

import (
	"slices"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/components/spec"
)

const clock = "15:04"

var days = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// Daily returns the window that begins at a time of the day: "03:00-04:00" for "03:00". The time must be valid.
func Daily(start string) string {
	end, _ := ended(start)
	return start + "-" + end
}

// Weekly returns the window that begins at a time of the week: "sun:23:30-mon:00:30" for "sun:23:30".
func Weekly(start string) string {
	day, at, _ := strings.Cut(start, ":")
	end, next := ended(at)
	if next {
		day = daysAfter(day, 1)
	}
	return start + "-" + day + ":" + end
}

// DayBefore returns the same time of the day before: "sat:05:00" for "sun:05:00".
func DayBefore(start string) string {
	day, at, _ := strings.Cut(start, ":")
	return daysAfter(day, len(days)-1) + ":" + at
}

// ended returns the time at which a window ends, and whether that is on the next day.
func ended(start string) (end string, next bool) {
	at, _ := time.Parse(clock, start)
	end = at.Add(spec.WindowMinutes * time.Minute).Format(clock)
	return end, end < start
}

func daysAfter(day string, n int) string { return days[(slices.Index(days, day)+n)%len(days)] }
