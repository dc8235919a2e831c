package spec

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseTimetable(t *testing.T) {
	t.Parallel()
	all := func(low, high int) (list []int) {
		for value := low; value <= high; value++ {
			list = append(list, value)
		}
		return list
	}
	for text, want := range map[string]Timetable{
		"0 * * * *":        {Minutes: []int{0}, Hours: all(0, 23)},
		"30 1 * * *":       {Minutes: []int{30}, Hours: []int{1}},
		"0 6 * * sun":      {Minutes: []int{0}, Hours: []int{6}, Weekdays: []int{0}},
		"0 6 * * MON-Fri":  {Minutes: []int{0}, Hours: []int{6}, Weekdays: []int{1, 2, 3, 4, 5}},
		"5 4 1,15 * *":     {Minutes: []int{5}, Hours: []int{4}, MonthDays: []int{1, 15}},
		"0 0 1 */3 *":      {Minutes: []int{0}, Hours: []int{0}, MonthDays: []int{1}, Months: []int{1, 4, 7, 10}},
		"0 8-20/6 * * *":   {Minutes: []int{0}, Hours: []int{8, 14, 20}},
		"0 20/2 * * *":     {Minutes: []int{0}, Hours: []int{20, 22}},
		"*/20 0 * feb *":   {Minutes: []int{0, 20, 40}, Hours: []int{0}, Months: []int{2}},
		"9,3,3 2,1 * * *":  {Minutes: []int{3, 9}, Hours: []int{1, 2}},
		"0 0 1-31 1-12 *":  {Minutes: []int{0}, Hours: []int{0}},
		"0 0 29 2 *":       {Minutes: []int{0}, Hours: []int{0}, MonthDays: []int{29}, Months: []int{2}},
		" 0  0 * *   0-6 ": {Minutes: []int{0}, Hours: []int{0}},
	} {
		got, err := ParseTimetable(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
}

func TestParseTimetableRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                  `is not a schedule; use the five fields of cron, for example "30 1 * * *"`,
		"cron(0 5 * * ? *)": `is not a schedule; use the five fields of cron, for example "30 1 * * *"`,
		"60 * * * *":        `has "60" as the minute; use 0 to 59`,
		"+5 * * * *":        `has "+5" as the minute; use 0 to 59`,
		"-5 * * * *":        `has "" as the minute; use 0 to 59`,
		"0 24 * * *":        `has "24" as the hour; use 0 to 23`,
		"0 0 0 * *":         `has "0" as the day of the month; use 1 to 31`,
		"0 0 * 13 *":        `has "13" as the month; use 1 to 12`,
		"0 0 * * 7":         `has "7" as the weekday; use 0 to 6`,
		"0 0 * * sunday":    `has "sunday" as the weekday; use 0 to 6`,
		"0 5-3 * * *":       `has "5-3" as a range of the hour, which ends before it starts`,
		"0 5- * * *":        `has "" as the hour; use 0 to 23`,
		"*/0 * * * *":       `has "0" as a step of the minute; use 1 to 59`,
		"*/x * * * *":       `has "x" as a step of the minute; use 1 to 59`,
		"0,, * * * *":       `has "" as the minute; use 0 to 59`,
		"0 0 1 * mon":       "gives both a day of the month and a weekday; make one of them *",
		"0 0 31 2,4 *":      "never comes: no such month has such a day",
	} {
		_, err := ParseTimetable(text)
		assert.EqualError(t, err, want, "%q", text)
	}
}

func TestLongestGap(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, test := range []struct {
		schedule, zone string
		want           time.Duration
	}{
		{"0 * * * *", "Etc/UTC", time.Hour},
		{"*/15 * * * *", "Etc/UTC", 15 * time.Minute},
		{"0 */6 * * *", "Etc/UTC", 6 * time.Hour},
		{"0 8-18 * * *", "Etc/UTC", 14 * time.Hour}, // from evening to morning
		{"30 1 * * *", "Etc/UTC", day},
		{"0 6,18 * * *", "Etc/UTC", 12 * time.Hour},
		{"0 1 * * mon-fri", "Etc/UTC", 3 * day}, // over a weekend
		{"0 1 * * sun", "Etc/UTC", 7 * day},
		{"0 1 * * sun,wed", "Etc/UTC", 4 * day},
		{"0 1 1 * *", "Etc/UTC", 31 * day},
		{"0 1 31 * *", "Etc/UTC", 61 * day}, // from March to May
		{"0 0 1 1 *", "Etc/UTC", 366 * day},
		{"0 0 29 2 *", "Etc/UTC", 4*365*day + day},
		{"30 1 * * *", "Europe/Berlin", 25 * time.Hour}, // the day that daylight saving ends
		{"30 1 * * *", "Australia/Lord_Howe", day + 30*time.Minute},
		{"30 1 * * *", "Asia/Tokyo", day},
		{"30 1 * * *", "Nowhere", day},
	} {
		table, err := ParseTimetable(test.schedule)
		require.NoError(t, err)
		assert.Equal(t, test.want, table.LongestGap(test.zone), "%s in %s", test.schedule, test.zone)
	}
	assert.Zero(t, Timetable{}.LongestGap("Etc/UTC"), "nothing ever comes")
}

// Whatever is typed, parsing answers without a panic, and what it accepts comes again.
func FuzzTimetable(f *testing.F) {
	for _, seed := range []string{"0 * * * *", "*/15 1-5 * jan mon", "0 0 31 2 *", "9-5 * * * *", ",, , , ,", "é * * * *"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := ParseTimetable(text)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		gap := table.LongestGap("Etc/UTC")
		require.Positive(t, gap, text)
		require.LessOrEqual(t, gap, 5*366*24*time.Hour, text)
	})
}

func TestTimetableMeetsWindows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		schedule, zone, window string
		want                   bool
	}{
		{"0 21 * * *", "Etc/UTC", "22:00", true}, // an hour before
		{"59 20 * * *", "Etc/UTC", "22:00", false},
		{"59 22 * * *", "Etc/UTC", "22:00", true},
		{"0 23 * * *", "Etc/UTC", "22:00", false},
		{"30 23 * * *", "Etc/UTC", "00:15", true}, // around midnight
		{"30 0 * * *", "Etc/UTC", "23:45", true},
		{"0 * * * *", "Etc/UTC", "22:00", true},
		{"0 5 * * sun", "Etc/UTC", "sun:06:00", true},
		{"0 5 * * sat", "Etc/UTC", "sun:06:00", false},
		{"30 23 * * sun", "Etc/UTC", "mon:00:15", true}, // around the end of the week
		{"30 23 * * mon", "Etc/UTC", "mon:00:15", false},
		{"0 6 13 * *", "Etc/UTC", "sun:06:00", true}, // some 13th is a Sunday
		{"0 0 * * *", "Europe/Berlin", "22:00", true},
		{"30 23 * * *", "Europe/Berlin", "22:00", true},  // in winter
		{"30 22 * * *", "Europe/Berlin", "22:00", true},  // 21:30 in winter
		{"30 22 * * *", "Europe/Berlin", "20:00", true},  // 20:30 in summer
		{"30 22 * * *", "Europe/Berlin", "18:00", false}, // neither
		{"0 22 * * *", "Nowhere/Land", "22:00", false},
	} {
		table, err := ParseTimetable(test.schedule)
		require.NoError(t, err)
		assert.Equal(t, test.want, table.Meets(test.zone, test.window, 60), "%+v", test)
	}
}

// A database whose windows are at their defaults is never in the way of a backup whose rules are, wherever in its window a
// backup starts.
func TestDefaultWindowsAreClearOfBackups(t *testing.T) {
	t.Parallel()
	backup, database := Backup{}.WithDefaults(), Database{}.WithDefaults()
	for name, rule := range backup.Rules {
		if name == "hourly" {
			continue
		}
		table, err := ParseTimetable(rule.Schedule)
		require.NoError(t, err)
		for _, window := range []string{database.BackupWindow, database.MaintenanceWindow} {
			assert.False(t, table.Meets(backup.TimeZone, window, 60+rule.StartWindowMinutes), "%s and %s", name, window)
		}
	}
}
