package aws

import (
	"fmt"
	"strings"
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
		"cron(30 3 L FEB,MAR ? *)":       335 * day,
		"cron(0 12,0 * * ? *)":           12 * hour,
		"cron(0 0 1 1/3 ? *)":            92 * day,
		"cron(0 0 31 * ? *)":             61 * day,
		"cron(0 0 1 jan-mar,dec ? *)":    275 * day,
		"cron(0 0 1 12,12,1-3 ? *)":      275 * day,
		"cron(0 0 1 1,JUL ? *)":          184 * day,
		"cron(59 23 ? * 1-7 *)":          day,
		"cron(0/59 0/23 * * ? *)":        22*hour + 1,
		"cron(0 0 */30 * ? *)":           30 * day,
		"cron(0 0 29 FEB ? *)":           (4*365 + 1) * day,
		"cron(0 0 ? * MON#1 *)":          0,
		"cron(0 0 15W * ? *)":            0,
		"cron(0 0 * * ? 2027)":           0,
		"cron(0 0 30 FEB ? *)":           0,
		"cron(0 24 * * ? *)":             0,
		"cron(0 0 * * ?)":                0,
		"cron(0/0 0 * * ? *)":            0,
		"cron(0 x * * ? *)":              0,
		"cron(0-60 0 * * ? *)":           0,
		"cron(0 0-24 * * ? *)":           0,
		"cron(0 0 1-32 * ? *)":           0,
		"cron(0 0 0-31 * ? *)":           0,
		"cron(0 0 * 1-13 ? *)":           0,
		"cron(0 0 * 0-12 ? *)":           0,
		"cron(0 0 ? * 1-8 *)":            0,
		"cron(0 0 ? * 0-7 *)":            0,
		"cron(0 0/x * * ? *)":            0,
		"often(0 5 ? * * *)":             0,
		"often(9 days)":                  0,
		"rate(9)":                        0,
		"rate(x days)":                   0,
		"rate(9999999999 days)":          0,
		"rate(0 hours)":                  0,
		"rate(1 fortnight)":              0,
		"at(2027-01-01T00:00:00)":        0,
		"":                               0,
		"cron(":                          0,
		"cron(0 5-3 * * ? *)":            0,
		"cron(99999999999999 1 * * ? *)": 0,
	} {
		assert.Equal(t, want, longestGap(schedule), schedule)
	}
}

func TestMonthsAndDaysOfSchedules(t *testing.T) {
	t.Parallel()
	for i, month := range strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC") {
		byNumber := longestGap(fmt.Sprintf("cron(0 0 L MAY,%d ? *)", i+1))
		assert.NotZero(t, byNumber, month)
		assert.Equal(t, byNumber, longestGap(fmt.Sprintf("cron(0 0 L MAY,%s ? *)", month)), month)
	}
	for i, day := range strings.Fields("SUN MON TUE WED THU FRI SAT") {
		byNumber := longestGap(fmt.Sprintf("cron(0 0 ? * 1,%d *)", i+1))
		assert.NotZero(t, byNumber, day)
		assert.Equal(t, byNumber, longestGap(fmt.Sprintf("cron(0 0 ? * 1,%s *)", day)), day)
	}
}
