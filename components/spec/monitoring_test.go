package spec

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMonitoringDefaultsAreStrong(t *testing.T) {
	t.Parallel()
	m := Monitoring{}.WithDefaults()
	require.NoError(t, m.Validate())
	assert.Equal(t, Objective{AvailabilityPercent: 99.9, LatencyMilliseconds: 1000}, m.Objective)
	assert.False(t, m.Dashboard.Disabled)
	assert.Equal(t, m, m.WithDefaults(), "defaults are idempotent")
}

func TestMonitoringWithDefaultsSharesNothing(t *testing.T) {
	t.Parallel()
	original := Monitoring{
		Alarms: map[string]AlarmChange{"cpu": {}}, Tags: map[string]string{"k": "v"},
		Emails: map[string]Email{"ops": {Address: "ops@example.com"}, "dev": {Severities: []Severity{Warning}}},
		Logs:   map[string]ApplicationLog{"shop": {Counts: map[string]LogCount{"errors": {Text: "ERROR"}}}},
	}
	copied := original.WithDefaults()
	assert.Equal(t, []Severity{Critical, Warning}, copied.Emails["ops"].Severities)
	assert.Equal(t, 365, copied.Logs["shop"].RetentionDays)
	copied.Tags["k"], copied.Alarms["cpu"] = "z", AlarmChange{Disabled: true}
	copied.Logs["shop"].Counts["errors"] = LogCount{}
	copied.Emails["dev"].Severities[0] = Critical
	assert.Equal(t, "v", original.Tags["k"])
	assert.False(t, original.Alarms["cpu"].Disabled)
	assert.Equal(t, "ERROR", original.Logs["shop"].Counts["errors"].Text)
	assert.Equal(t, Warning, original.Emails["dev"].Severities[0])
	assert.Empty(t, original.Emails["ops"].Severities)
}

func TestMonitoringProblems(t *testing.T) {
	t.Parallel()
	half, negative := 0.5, -1.0
	log := func(text string) Monitoring {
		return Monitoring{Logs: map[string]ApplicationLog{"shop": {Counts: map[string]LogCount{"errors": {Text: text}}}}}
	}
	change := func(name string, c AlarmChange) Monitoring {
		return Monitoring{Alarms: map[string]AlarmChange{name: c}}
	}
	email := func(name string, e Email) Monitoring { return Monitoring{Emails: map[string]Email{name: e}} }
	notText := ` is not a text to look out for; use 1 to 200 characters without quotes and backslashes`
	for name, c := range map[string]struct {
		monitoring Monitoring
		want       string
	}{
		"availability too low":  {Monitoring{Objective: Objective{AvailabilityPercent: 94.9}}, "objective.availabilityPercent: 94.9 is out of range; use 95 to 99.999 percent"},
		"availability too high": {Monitoring{Objective: Objective{AvailabilityPercent: 100}}, "objective.availabilityPercent: 100 is out of range; use 95 to 99.999 percent"},
		"latency":               {Monitoring{Objective: Objective{LatencyMilliseconds: 60001}}, "objective.latencyMilliseconds: 60001 is out of range; use 1 to 60000 milliseconds"},
		"objective and none": {Monitoring{Objective: Objective{Disabled: true, AvailabilityPercent: 99}},
			"objective.availabilityPercent: 99 has no effect while the objective is not watched; remove one of the two"},
		"unknown alarm":        {change("databse-cpu", AlarmChange{Threshold: &half}), "alarms.databse-cpu: there is no such alarm; did you mean database-cpu?"},
		"changed and disabled": {change("cpu", AlarmChange{Disabled: true, Severity: Warning}), "alarms.cpu: is changed and disabled at once; remove one of the two"},
		"threshold":            {change("cpu", AlarmChange{Threshold: &negative}), `alarms.cpu.threshold: "-1" is out of range; no metric here is ever negative`},
		"severity":             {change("cpu", AlarmChange{Severity: "warnin"}), `alarms.cpu.severity: "warnin" is not a severity; did you mean warning? (use critical or warning)`},
		"address":              {email("ops", Email{Address: "Ops <ops@example.com>"}), `emails.ops.address: "Ops <ops@example.com>" is not an email address`},
		"name":                 {email("Ops Team", Email{Address: "ops@example.com"}), `emails.Ops Team: is not a name; use up to 40 lower-case letters, digits and hyphens between them`},
		"long name":            {email(strings.Repeat("a", 41), Email{Address: "ops@example.com"}), "is not a name"},
		"severity twice":       {email("ops", Email{"ops@example.com", []Severity{Warning, Warning}}), `emails.ops.severities: "warning" is listed twice; list each severity once`},
		"runbook without TLS":  {Monitoring{RunbookURL: "http://wiki.example.com"}, `runbookUrl: "http://wiki.example.com" is not the address of a page`},
		"part of a runbook":    {Monitoring{RunbookURL: "https://wiki.example.com/a#b"}, "is not the address of a page"},
		"long runbook":         {Monitoring{RunbookURL: "https://wiki.example.com/" + strings.Repeat("a", 200)}, "is not the address of a page"},
		"runbook":              {Monitoring{RunbookURL: "https://%"}, "is not the address of a page"},
		"retention":            {Monitoring{Logs: map[string]ApplicationLog{"shop": {RetentionDays: 3654}}}, "logs.shop.retentionDays: 3654 is out of range; use 1 to 3653 days"},
		"no text":              {log(""), `logs.shop.counts.errors.text: ""` + notText},
		"quoted text":          {log(`"x"`), notText},
		"long text":            {log(strings.Repeat("x", 201)), notText},
		"count":                {Monitoring{Logs: map[string]ApplicationLog{"shop": {Counts: map[string]LogCount{"-": {Text: "x"}}}}}, `logs.shop.counts.-: is not a name`},
	} {
		err := c.monitoring.Validate()
		require.ErrorContains(t, err, c.want, name)
		var ps Problems
		require.ErrorAs(t, err, &ps)
		assert.Len(t, ps, 1, name)
	}
	all := Monitoring{Objective: Objective{AvailabilityPercent: 1, LatencyMilliseconds: -1}, RunbookURL: "x"}
	assert.Len(t, all.Validate(), 3, "all at once")
}

func TestMonitoringThatIsFine(t *testing.T) {
	t.Parallel()
	zero := 0.0
	for name, m := range map[string]Monitoring{
		"one alarm":    {Alarms: map[string]AlarmChange{"database-cpu-main": {Threshold: &zero}}},
		"all nines":    {Objective: Objective{AvailabilityPercent: 99.999, LatencyMilliseconds: 1}},
		"no objective": {Objective: Objective{Disabled: true, LatencyMilliseconds: 500}},
		"runbook":      {RunbookURL: "https://wiki.example.com/runbook?page=1"},
		"log":          {Logs: map[string]ApplicationLog{"shop": {Counts: map[string]LogCount{"errors": {Text: strings.Repeat("x", 200)}}}}},
	} {
		assert.NoError(t, m.Validate(), name)
	}
}
