package monitoring

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// burn is a speed at which errors use up what the objective leaves room for, and the windows that it is seen in.
type burn struct {
	kind        string
	rate        float64 // 1 uses up exactly what 30 days leave room for
	long, short int     // seconds
	severity    spec.Severity
	means       string
}

// burns are the speeds to hear of: 2 % of a month's errors in one hour, 5 % in six, 10 % in three days. The short window
// ends the alarm soon after the errors do. Google, Site Reliability Workbook, chapter 5, table 5-8.
//
// A period may be longer than a day: what CloudWatch limits is periods times their length, to a week from an hour's period
// on (CloudWatch API, PutMetricAlarm, Period). It looks at an alarm of more than a day once an hour.
func burns() []burn {
	const minute, hour, day = 60, 3600, 86400
	return []burn{
		{"slo-fast", 14.4, hour, 5 * minute, spec.Critical, "At this rate the errors that a month has room for are used up in two days."},
		{"slo-medium", 6, 6 * hour, 30 * minute, spec.Critical, "At this rate the errors that a month has room for are used up in five days."},
		{"slo-slow", 1, 3 * day, 6 * hour, spec.Warning, "At this rate nothing is left at the end of the month of the errors that it has room for."},
	}
}

// burnAlarms are the alarms on each window; they notify nobody by themselves.
func (a *Args) burnAlarms() []alarm {
	if a.Objective.Disabled {
		return nil
	}
	var all []alarm
	for _, burn := range burns() {
		for _, window := range []struct {
			part    string
			seconds int
		}{{"long", burn.long}, {"short", burn.short}} {
			all = append(all, alarm{
				kind: burn.kind, part: window.part, severity: burn.severity, silent: true, means: burn.means,
				watched: a.LoadBalancer.failures(), expression: failing,
				compare: above, threshold: burn.threshold(a.Objective), fixed: true,
				period: window.seconds, periods: 1, points: 1, silence: silenceIsGood,
			})
		}
	}
	return all
}

// threshold is the share of failing requests, in percent, that is the burn's rate.
func (b burn) threshold(o spec.Objective) float64 {
	// Rounded: 100 - 99.9 is 0.09999999999999432.
	return float64(int(b.rate*(100-o.AvailabilityPercent)*1e6+0.5)) / 1e6
}

// rule is true while both windows see the burn.
func (b burn) rule() string {
	return fmt.Sprintf("ALARM({%s-long}) AND ALARM({%s-short})", b.kind, b.kind)
}
