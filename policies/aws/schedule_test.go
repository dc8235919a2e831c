package aws

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLongestGap(t *testing.T) {
	t.Parallel()
	const hour, day = 60, 24 * 60
	for schedule, want := range map[string]int{
		"rate(1 hour)":                   hour,
		"rate(12 hours)":                 12 * hour,
		"rate(2 days)":                   2 * day,
		"rate(30 minutes)":               30,
		"cron(0 * * * ? *)":              hour,
		"cron(15 * ? * * *)":             hour,
		"cron(0/15 * ? * * *)":           15,
		"cron(0 5 ? * * *)":              day,
		"cron(0 0,12 * * ? *)":           12 * hour,
		"cron(0 0,6,20 * * ? *)":         14 * hour,
		"cron(0 8-17 * * ? *)":           15 * hour,
		"cron(0 0 ? * SUN *)":            7 * day,
		"cron(0 0 ? * 1 *)":              7 * day,
		"cron(0 6 ? * MON-FRI *)":        3 * day,
		"cron(0 6 ? * mon,tue,wed *)":    5 * day,
		"cron(30 3 1 * ? *)":             31 * day,
		"cron(30 3 L * ? *)":             31 * day,
		"cron(0 0 1 1/3 ? *)":            92 * day,
		"cron(0 0 29 FEB ? *)":           (4*365 + 1) * day,
		"cron(0 0 ? * MON#1 *)":          0,
		"cron(0 0 15W * ? *)":            0,
		"cron(0 0 * * ? 2027)":           0,
		"cron(0 0 30 FEB ? *)":           0,
		"cron(0 24 * * ? *)":             0,
		"cron(0 0 * * ?)":                0,
		"cron(0/0 0 * * ? *)":            0,
		"cron(0 x * * ? *)":              0,
		"rate(0 hours)":                  0,
		"rate(1 fortnight)":              0,
		"at(2027-01-01T00:00:00)":        0,
		"":                               0,
		"cron(":                          0,
		"cron(0 5-3 * * ? *)":            0,
		"cron(99999999999999 1 * * ? *)": 0,
	} {
		got, err := longestGap(schedule)
		assert.Equal(t, want, got, schedule)
		assert.Equal(t, want == 0, err != nil, "%s: %v", schedule, err)
	}
}
