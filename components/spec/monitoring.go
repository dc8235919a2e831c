package spec

import (
	"fmt"
	"maps"
	"net/mail"
	"net/url"
	"slices"
	"strings"
)

// The limits of monitoring, the same on every cloud.
const (
	defaultAvailability = 99.9
	// At 95 % the fastest burn that is watched, 14.4 times the budget, is 72 % of all requests; below 93 % it would be
	// more than there are.
	minAvailability, maxAvailability = 95.0, 99.999

	defaultLatency = 1000
	maxLatency     = 60_000

	maxRunbookURL = 200 // an alarm has little room for it: 1024 characters on AWS
)

// Severity says how soon somebody must look at an alarm.
type Severity string

// The severities.
const (
	// Critical is for what users feel now: it wakes somebody up.
	Critical Severity = "critical"
	// Warning is for what users will feel if nobody acts within a working day.
	Warning Severity = "warning"
)

// Severities returns all severities, the gravest first.
func Severities() []Severity { return []Severity{Critical, Warning} }

// Monitoring describes how a platform is watched: which alarms there are, who hears of them, what is kept. The zero value
// has every alarm, a dashboard, and an objective of 99.9 %.
type Monitoring struct {
	// Objective is what the service promises its users.
	Objective Objective `pulumi:"objective"`
	// Alarms changes alarms, by name: a kind, such as "cpu", for all alarms of that kind, or one alarm, such as
	// "cpu-main", which wins. Default: no changes.
	Alarms map[string]AlarmChange `pulumi:"alarms"`
	// Emails are the people who hear of alarms by email, by a name that stays. Each must confirm the first message.
	// Default none.
	Emails map[string]Email `pulumi:"emails"`
	// RunbookURL is the page that says what to do about each alarm, https only, up to 200 characters; an alarm links to
	// the part of it that is named as its kind, for example "https://wiki.example.com/runbook#cpu". Default none.
	RunbookURL string `pulumi:"runbookUrl"`
	// Dashboard says how the dashboard is made.
	Dashboard Dashboard `pulumi:"dashboard"`
	// Logs are logs for applications to write to, by name. Default none.
	Logs map[string]ApplicationLog `pulumi:"logs"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// Objective is what the service promises its users. How fast it uses up the errors that the promise leaves room for is
// watched over three pairs of windows (Google, Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate
// Alerts").
type Objective struct {
	// Disabled does not watch how fast errors are used up. Default false.
	Disabled bool `pulumi:"disabled"`
	// AvailabilityPercent is how many of a hundred requests succeed, over 30 days: 95 to 99.999. Default 99.9.
	AvailabilityPercent float64 `pulumi:"availabilityPercent"`
	// LatencyMilliseconds is how long 99 of 100 requests take at most: 1 to 60000. Default 1000.
	LatencyMilliseconds int `pulumi:"latencyMilliseconds"`
}

// AlarmChange changes an alarm, or all of a kind.
type AlarmChange struct {
	// Disabled leaves the alarm out. Default false.
	Disabled bool `pulumi:"disabled"`
	// Threshold is the value beyond which the alarm goes off, in the unit of its metric. Default: the alarm's own.
	Threshold *float64 `pulumi:"threshold"`
	// Severity is how soon somebody must look. Default: the alarm's own.
	Severity Severity `pulumi:"severity"`
}

// Email is somebody who hears of alarms by email.
type Email struct {
	// Address is the address alone, such as "ops@example.com". Required.
	Address string `pulumi:"address"`
	// Severities are the severities to hear of. Default: all.
	Severities []Severity `pulumi:"severities"`
}

// Dashboard says how the dashboard is made.
type Dashboard struct {
	// Disabled makes none. Default false.
	Disabled bool `pulumi:"disabled"`
}

// ApplicationLog is a log that an application writes to.
type ApplicationLog struct {
	// RetentionDays is how many days records are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
	// Counts are texts to look out for, by name: the alarm "log-<log>-<name>" goes off when any record of five minutes has
	// one, or more of them than the alarm's threshold. Default none.
	Counts map[string]LogCount `pulumi:"counts"`
}

// LogCount is a text to look out for in a log.
type LogCount struct {
	// Text is what a record contains, in upper and lower case as written here: 1 to 200 characters, none of them a quote or
	// a backslash. Required.
	Text string `pulumi:"text"`
}

// AlarmKinds returns the kinds of alarms. Every cloud has those that its services report a metric for, under the same
// names.
func AlarmKinds() []string {
	return []string{
		"service-down", "errors", "latency", "latency-anomaly", "requests-anomaly", "tls",
		"hosts-unhealthy", "hosts-few", "balancer-ports",
		"slo-fast", "slo-medium", "slo-slow",
		"cpu", "memory", "disk", "status", "capacity", "nodes-failed",
		"database-cpu", "database-memory", "database-storage", "database-connections", "database-lag", "database-deadlocks",
		"cache-cpu", "cache-memory", "cache-evictions", "cache-lag",
		"nat-ports", "backup-failed", "backup-none", "log",
	}
}

// WithDefaults returns a copy with every unset field at its default.
func (m Monitoring) WithDefaults() Monitoring {
	setDefault(&m.Objective.AvailabilityPercent, defaultAvailability)
	setDefault(&m.Objective.LatencyMilliseconds, defaultLatency)
	m.Alarms, m.Emails, m.Logs, m.Tags = maps.Clone(m.Alarms), maps.Clone(m.Emails), maps.Clone(m.Logs), maps.Clone(m.Tags)
	for name, email := range m.Emails {
		email.Severities = SeveritiesOr(email.Severities)
		m.Emails[name] = email
	}
	for name, log := range m.Logs {
		setDefault(&log.RetentionDays, defaultRetentionDays)
		log.Counts = maps.Clone(log.Counts)
		m.Logs[name] = log
	}
	return m
}

// SeveritiesOr returns a copy of the severities, or all of them if there are none.
func SeveritiesOr(given []Severity) []Severity {
	if len(given) == 0 {
		return Severities()
	}
	return slices.Clone(given)
}

// Validate reports everything wrong with the monitoring as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (m Monitoring) Validate() error {
	var ps Problems
	d := m.WithDefaults()
	if percent := d.Objective.AvailabilityPercent; !(percent >= minAvailability && percent <= maxAvailability) {
		ps.Add("objective.availabilityPercent", percent, "is out of range; use %v to %v percent", minAvailability, maxAvailability)
	}
	if ms := d.Objective.LatencyMilliseconds; ms < 1 || ms > maxLatency {
		ps.Add("objective.latencyMilliseconds", ms, "is out of range; use 1 to %d milliseconds", maxLatency)
	}
	if m.Objective.Disabled && m.Objective.AvailabilityPercent != 0 {
		ps.Add("objective.availabilityPercent", m.Objective.AvailabilityPercent,
			"has no effect while the objective is not watched; remove one of the two")
	}
	for _, name := range slices.Sorted(maps.Keys(m.Alarms)) {
		m.Alarms[name].check(&ps, "alarms."+name, name)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Emails)) {
		m.Emails[name].check(&ps, name)
	}
	if m.RunbookURL != "" {
		if page, err := url.Parse(m.RunbookURL); err != nil || page.Scheme != "https" || page.Host == "" || page.Fragment != "" ||
			len(m.RunbookURL) > maxRunbookURL {
			ps.Add("runbookUrl", m.RunbookURL, "is not the address of a page; use for example https://wiki.example.com/runbook")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Logs)) {
		d.Logs[name].check(&ps, name)
	}
	return ps.Err()
}

func (c AlarmChange) check(ps *Problems, field, name string) {
	isKind := func(kind string) bool { return name == kind || strings.HasPrefix(name, kind+"-") }
	if !slices.ContainsFunc(AlarmKinds(), isKind) {
		ps.Add(field, nil, "there is no such alarm; %s", DidYouMean(name, AlarmKinds()))
	}
	if c.Disabled && (c.Threshold != nil || c.Severity != "") {
		ps.Add(field, nil, "is changed and disabled at once; remove one of the two")
	}
	if c.Threshold != nil && !(*c.Threshold >= 0 && *c.Threshold < 1e15) {
		ps.Add(field+".threshold", fmt.Sprint(*c.Threshold), "is out of range; no metric here is ever negative")
	}
	if c.Severity != "" {
		CheckSeverities(ps, field+".severity", []Severity{c.Severity})
	}
}

func (e Email) check(ps *Problems, name string) {
	field := "emails." + name
	CheckKey(ps, "emails", name)
	if address, err := mail.ParseAddress(e.Address); err != nil || address.Address != e.Address {
		ps.Add(field+".address", e.Address, "is not an email address; use for example ops@example.com")
	}
	CheckSeverities(ps, field+".severities", e.Severities)
}

func (l ApplicationLog) check(ps *Problems, name string) {
	field := "logs." + name
	CheckKey(ps, "logs", name)
	if l.RetentionDays < 1 || l.RetentionDays > maxRetentionDays {
		ps.Add(field+".retentionDays", l.RetentionDays, "is out of range; use 1 to %d days", maxRetentionDays)
	}
	for _, count := range slices.Sorted(maps.Keys(l.Counts)) {
		at := field + ".counts." + count
		CheckKey(ps, field+".counts", count)
		if text := l.Counts[count].Text; text == "" || len(text) > 200 || strings.ContainsAny(text, "\"\\\r\n\t") {
			ps.Add(at+".text", text, "is not a text to look out for; use 1 to 200 characters without quotes and backslashes")
		}
	}
}

// CheckSeverities records at field every severity that there is not, and every one that is listed twice.
func CheckSeverities(ps *Problems, field string, severities []Severity) {
	names := []string{string(Critical), string(Warning)}
	for i, severity := range severities {
		switch {
		case !slices.Contains(Severities(), severity):
			ps.Add(field, severity, "is not a severity; %s", DidYouMean(string(severity), names))
		case slices.Index(severities, severity) < i:
			ps.Add(field, severity, "is listed twice; list each severity once")
		}
	}
}
