package componenttest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// MonitoringDriver describes a cloud's monitoring component to the suite. Its New watches at least the "errors" of a
// service, the "cpu" of some cluster "main" and the "database-cpu" of some database "main".
type MonitoringDriver struct {
	Driver[spec.Monitoring]
	// AlarmTypes are the types of alarms. DashboardType is that of a dashboard, RouteType that of what alarms notify per
	// severity, RecipientType that of who hears of it, LogType that of a log.
	AlarmTypes                                       []string
	DashboardType, RouteType, RecipientType, LogType string
	// AlarmName returns an alarm's name within the component, such as "cpu-main".
	AlarmName func(Resource) string
	// Threshold returns the value beyond which an alarm goes off.
	Threshold func(Resource) float64
	// Notifies reports whether anybody is told when an alarm goes off.
	Notifies func(Resource) bool
	// Retention returns how many days a log is kept.
	Retention func(Resource) int
	// Encrypted reports whether a route or a log is encrypted with a key of the account's own.
	Encrypted func(Resource) bool
}

// Monitoring runs the suite that every cloud's monitoring component must pass.
func Monitoring(t *testing.T, d MonitoringDriver) { d.checks().run(t) }

func (d MonitoringDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.Monitoring]{
		Tagged: []spec.Monitoring{{
			Tags: tags, Emails: map[string]spec.Email{"ops": {Address: "ops@example.com"}},
			Logs: map[string]spec.ApplicationLog{"shop": {Counts: map[string]spec.LogCount{"errors": {Text: "ERROR"}}}},
		}},
		Bad: d.bad(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"alarms can be changed":   d.changed,
		"recipients and logs":     d.recipients,
		"growth replaces nothing": d.growth,
	})
}

// alarms returns the alarms by their names.
func (d MonitoringDriver) alarms(r Recording) map[string]Resource {
	alarms := map[string]Resource{}
	for _, token := range d.AlarmTypes {
		for _, alarm := range r.OfType(token) {
			alarms[d.AlarmName(alarm)] = alarm
		}
	}
	return alarms
}

func (d MonitoringDriver) defaults(t require.TestingT) {
	r := d.run(t, spec.Monitoring{})
	assert.Len(t, r.OfType(d.DashboardType), 1, "a dashboard")
	assert.NotEmpty(t, r.OfType(d.RouteType), "somewhere for alarms to go")
	for _, route := range r.OfType(d.RouteType) {
		assert.True(t, d.Encrypted(route), "%s is encrypted", route.URN)
	}
	alarms := d.alarms(r)
	for _, name := range []string{"errors", "cpu-main", "database-cpu-main", "slo-fast", "slo-medium", "slo-slow", "service-down"} {
		if assert.Contains(t, alarms, name) {
			assert.True(t, d.Notifies(alarms[name]), "%s notifies somebody", name)
		}
	}
}

// weakened holds that what a field turns off is off, and everything else as it was.
func (d MonitoringDriver) weakened(t require.TestingT) {
	strong := d.run(t, spec.Monitoring{})
	for name, c := range map[string]struct {
		weak spec.Monitoring
		gone func(Resource) bool
	}{
		"dashboard": {spec.Monitoring{Dashboard: spec.Dashboard{Disabled: true}}, func(r Resource) bool { return r.Type == d.DashboardType }},
		"objective": {spec.Monitoring{Objective: spec.Objective{Disabled: true}}, d.isAlarm("slo-")},
		"kind":      {spec.Monitoring{Alarms: map[string]spec.AlarmChange{"cpu": {Disabled: true}}}, d.isAlarm("cpu")},
		"alarm":     {spec.Monitoring{Alarms: map[string]spec.AlarmChange{"database-cpu-main": {Disabled: true}}}, d.isAlarm("database-cpu-main")},
		"composite": {spec.Monitoring{Alarms: map[string]spec.AlarmChange{"slo-slow": {Disabled: true}}}, d.isAlarm("slo-slow")},
	} {
		left := d.run(t, c.weak).ByURN()
		gone := 0
		for _, res := range strong.Resources {
			_, isLeft := left[res.URN]
			assert.Equal(t, !c.gone(res), isLeft, "%s is disabled: %s", name, res.URN)
			if c.gone(res) {
				gone++
			}
		}
		assert.Positive(t, gone, "%s can be disabled", name)
	}
}

// isAlarm finds alarms whose names begin with a prefix.
func (d MonitoringDriver) isAlarm(prefix string) func(Resource) bool {
	return func(r Resource) bool {
		for _, token := range d.AlarmTypes {
			if name := ""; r.Type == token {
				name = d.AlarmName(r)
				return len(name) >= len(prefix) && name[:len(prefix)] == prefix
			}
		}
		return false
	}
}

func (d MonitoringDriver) changed(t require.TestingT) {
	seventy, eighty := 70.0, 80.0
	alarms := d.alarms(d.run(t, spec.Monitoring{Alarms: map[string]spec.AlarmChange{
		"cpu": {Threshold: &seventy}, "cpu-main": {Threshold: &eighty}, "database-cpu": {Threshold: &seventy},
	}}))
	assert.Equal(t, eighty, d.Threshold(alarms["cpu-main"]), "what is said of an alarm wins over its kind")
	assert.Equal(t, seventy, d.Threshold(alarms["database-cpu-main"]), "what is said of a kind counts")
}

func (d MonitoringDriver) recipients(t require.TestingT) {
	all := d.run(t, spec.Monitoring{
		Emails: map[string]spec.Email{"ops": {Address: "ops@example.com"}},
		Logs:   map[string]spec.ApplicationLog{"shop": {}, "short": {RetentionDays: 30}},
	})
	one := d.run(t, spec.Monitoring{
		Emails: map[string]spec.Email{"ops": {Address: "ops@example.com", Severities: []spec.Severity{spec.Critical}}},
	})
	assert.Greater(t, len(all.OfType(d.RecipientType)), len(one.OfType(d.RecipientType)), "fewer severities, fewer messages")
	assert.NotEmpty(t, one.OfType(d.RecipientType))
	var days []int
	_, children := d.family(t, all)
	for _, log := range children {
		if log.Type == d.LogType {
			days = append(days, d.Retention(log))
			assert.True(t, d.Encrypted(log), "%s is encrypted", log.URN)
		}
	}
	assert.ElementsMatch(t, []int{365, 30}, days)
}

// growth adds a recipient and a log before and after others.
func (d MonitoringDriver) growth(t require.TestingT) {
	email := func(names ...string) spec.Monitoring {
		m := spec.Monitoring{Emails: map[string]spec.Email{}, Logs: map[string]spec.ApplicationLog{}}
		for _, name := range names {
			m.Emails[name] = spec.Email{Address: name + "@example.com"}
			m.Logs[name] = spec.ApplicationLog{}
		}
		return m
	}
	before, after := d.run(t, email("m")), d.run(t, email("a", "m", "z"))
	assertGrown(t, before, after, nil)
	assert.Greater(t, len(after.Resources), len(before.Resources))
}

func (d MonitoringDriver) bad() map[string]Bad[spec.Monitoring] {
	negative := -1.0
	change := func(name string, c spec.AlarmChange) spec.Monitoring {
		return spec.Monitoring{Alarms: map[string]spec.AlarmChange{name: c}}
	}
	return map[string]Bad[spec.Monitoring]{
		"availability":       {spec.Monitoring{Objective: spec.Objective{AvailabilityPercent: 100}}, []string{"objective.availabilityPercent"}},
		"latency":            {spec.Monitoring{Objective: spec.Objective{LatencyMilliseconds: -1}}, []string{"objective.latencyMilliseconds"}},
		"no such kind":       {change("cpuu", spec.AlarmChange{Disabled: true}), []string{"alarms.cpuu"}},
		"no such target":     {change("cpu-nowhere", spec.AlarmChange{Disabled: true}), []string{"alarms.cpu-nowhere"}},
		"negative threshold": {change("cpu", spec.AlarmChange{Threshold: &negative}), []string{"alarms.cpu.threshold"}},
		"derived threshold":  {change("slo-fast", spec.AlarmChange{Threshold: new(float64)}), []string{"alarms.slo-fast.threshold"}},
		"severity":           {change("cpu", spec.AlarmChange{Severity: "fatal"}), []string{"alarms.cpu.severity"}},
		"email":              {spec.Monitoring{Emails: map[string]spec.Email{"ops": {Address: "ops"}}}, []string{"emails.ops.address"}},
		"runbook":            {spec.Monitoring{RunbookURL: "http://wiki"}, []string{"runbookUrl"}},
		"retention":          {spec.Monitoring{Logs: map[string]spec.ApplicationLog{"shop": {RetentionDays: -1}}}, []string{"logs.shop.retentionDays"}},
		"all at once": {spec.Monitoring{
			Objective: spec.Objective{AvailabilityPercent: 10}, RunbookURL: "x", Logs: map[string]spec.ApplicationLog{"S": {RetentionDays: -1}},
		}, []string{"objective.availabilityPercent", "runbookUrl", "logs.S", "logs.S.retentionDays"}},
	}
}
