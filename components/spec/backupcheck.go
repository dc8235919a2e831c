package spec

import (
	"maps"
	"regexp"
	"slices"
	"time"
)

// The limits of backups, the same on every cloud.
const (
	// The longest that AWS keeps a recovery point (AWS Backup API, Lifecycle, DeleteAfterDays): a hundred years.
	maxKeptDays = 36500
	// Point-in-time recovery reaches no further back anywhere (AWS Backup guide, "Point-in-time recovery"; Azure Database
	// for PostgreSQL, "Backup retention").
	maxPointInTimeDays = 35
	// AWS Backup API, BackupRuleInput: a job has at least an hour to start, and an hour more to complete.
	minWindowMinutes = 60
	maxWindowMinutes = 30 * 24 * 60
	// AWS Backup API, PutBackupVaultLockConfiguration, ChangeableForDays.
	minCoolingOffDays = 3
	maxRTOMinutes     = 30 * 24 * 60
)

// planNamePattern is what plans and rules may be called on every cloud.
var planNamePattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,29}$`)

// Validate reports everything wrong with the backup as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (b Backup) Validate() error {
	var ps Problems
	d := b.WithDefaults()
	d.checkRules(&ps, "rules", d.Rules)
	for _, name := range slices.Sorted(maps.Keys(d.Plans)) {
		field := "plans." + name
		switch {
		case name == MainPlan || name == BackupTagValue:
			ps.Add(field, nil, "the name stands for the main plan; choose another, or set rules")
		case !planNamePattern.MatchString(name):
			ps.Add(field, nil, "is not a name; use up to 30 of a-z, 0-9 and -, starting with a letter")
		}
		d.checkRules(&ps, field+".rules", d.Plans[name].Rules)
	}
	if _, err := time.LoadLocation(d.TimeZone); err != nil || d.TimeZone == "Local" {
		ps.Add("timeZone", d.TimeZone, "is not a time zone; use for example Europe/Berlin")
	}
	b.Lock.check(&ps)
	b.checkTests(&ps)
	b.checkAudit(&ps)
	if d.RTOMinutes < 1 || d.RTOMinutes > maxRTOMinutes {
		ps.Add("rtoMinutes", d.RTOMinutes, "is out of range; use 1 to %d minutes", maxRTOMinutes)
	}
	if b.Erasable && b.Lock.Compliance != "" {
		ps.Add("erasable", nil, "has no effect on backups that nobody can delete; remove it or lock.compliance")
	}
	b.Notifications.check(&ps, "notifications")
	return ps.Err()
}

func (b Backup) checkRules(ps *Problems, field string, rules map[string]BackupRule) {
	inForce := 0
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		at, rule := field+"."+name, rules[name]
		if !planNamePattern.MatchString(name) {
			ps.Add(at, nil, "is not a name; use up to 30 of a-z, 0-9 and -, starting with a letter")
		}
		if rule.Disabled {
			if rule != (BackupRule{Disabled: true}) {
				ps.Add(at, nil, "is disabled, so its other settings have no effect; remove them")
			}
			continue
		}
		inForce++
		rule.check(ps, at, b.Lock)
	}
	if inForce == 0 {
		ps.Add(field, nil, "nothing is backed up; at least one rule must be in force")
	}
}

// check records what is wrong with a rule, its defaults filled in, in a vault with a lock.
func (r BackupRule) check(ps *Problems, at string, lock BackupLock) {
	if _, err := ParseTimetable(r.Schedule); err != nil {
		ps.Add(at+".schedule", r.Schedule, "%s", err)
	}
	checkRetention(ps, at+".retentionDays", r.RetentionDays, lock)
	switch {
	case r.CopyDisabled && r.CopyRetentionDays != 0:
		ps.Add(at+".copyRetentionDays", r.CopyRetentionDays, "has no effect while copyDisabled is set; remove one of the two")
	case !r.CopyDisabled && r.CopyRetentionDays != r.RetentionDays:
		checkRetention(ps, at+".copyRetentionDays", r.CopyRetentionDays, lock)
	}
	if r.PointInTime && r.RetentionDays > maxPointInTimeDays {
		ps.Add(at+".retentionDays", r.RetentionDays, "is too long for pointInTime; use at most %d days", maxPointInTimeDays)
	}
	switch {
	case r.ColdAfterDays < 0:
		ps.Add(at+".coldAfterDays", r.ColdAfterDays, "is out of range; use 1 or more days, or 0 for never")
	case r.ColdAfterDays > 0 && r.PointInTime:
		ps.Add(at+".coldAfterDays", r.ColdAfterDays, "contradicts pointInTime, which keeps nothing in cold storage; remove one of the two")
	case r.ColdAfterDays > 0 && r.ColdAfterDays >= r.RetentionDays:
		ps.Add(at+".coldAfterDays", r.ColdAfterDays, "is no sooner than backups are deleted, after %d days", r.RetentionDays)
	}
	if r.StartWindowMinutes < minWindowMinutes || r.StartWindowMinutes > maxWindowMinutes {
		ps.Add(at+".startWindowMinutes", r.StartWindowMinutes, "is out of range; use %d to %d minutes", minWindowMinutes, maxWindowMinutes)
	}
	if least := r.StartWindowMinutes + minWindowMinutes; r.CompletionWindowMinutes < least || r.CompletionWindowMinutes > 2*maxWindowMinutes {
		ps.Add(at+".completionWindowMinutes", r.CompletionWindowMinutes,
			"is out of range; use %d to %d minutes, an hour more than startWindowMinutes at least", least, 2*maxWindowMinutes)
	}
}

// checkRetention records a retention that no cloud offers, or that the lock lets no job have.
func checkRetention(ps *Problems, at string, days int, lock BackupLock) {
	switch {
	case days < 1 || days > maxKeptDays:
		ps.Add(at, days, "is out of range; use 1 to %d days", maxKeptDays)
	case lock.Disabled:
	case days < lock.MinRetentionDays:
		ps.Add(at, days, "is shorter than the lock allows, so that every job would fail; use at least lock.minRetentionDays, %d", lock.MinRetentionDays)
	case days > lock.MaxRetentionDays:
		ps.Add(at, days, "is longer than the lock allows, so that every job would fail; use at most lock.maxRetentionDays, %d", lock.MaxRetentionDays)
	}
}

// check records what is wrong with a lock as it was given.
func (l BackupLock) check(ps *Problems) {
	if l.Disabled {
		if l != (BackupLock{Disabled: true}) {
			ps.Add("lock", nil, "is disabled, so its other settings have no effect; remove them")
		}
		return
	}
	d := Backup{Lock: l}.WithDefaults().Lock
	if d.MinRetentionDays < 1 || d.MinRetentionDays > maxKeptDays {
		ps.Add("lock.minRetentionDays", d.MinRetentionDays, "is out of range; use 1 to %d days", maxKeptDays)
	}
	if d.MaxRetentionDays < d.MinRetentionDays || d.MaxRetentionDays > maxKeptDays {
		ps.Add("lock.maxRetentionDays", d.MaxRetentionDays, "is out of range; use minRetentionDays to %d days", maxKeptDays)
	}
	switch {
	case l.Compliance == "" && l.CoolingOffDays != 0:
		ps.Add("lock.coolingOffDays", l.CoolingOffDays, "has no effect without lock.compliance; remove it")
	case l.Compliance != "" && l.Compliance != ComplianceConsent:
		ps.Add("lock.compliance", l.Compliance, "is not the consent that is needed; it must be %q", ComplianceConsent)
	case l.Compliance != "" && (d.CoolingOffDays < minCoolingOffDays || d.CoolingOffDays > maxKeptDays):
		ps.Add("lock.coolingOffDays", d.CoolingOffDays, "is out of range; use %d to %d days", minCoolingOffDays, maxKeptDays)
	}
}

func (b Backup) checkTests(ps *Problems) {
	if b.RestoreTests.Disabled {
		if b.RestoreTests != (RestoreTests{Disabled: true}) {
			ps.Add("restoreTests", nil, "are disabled, so their other settings have no effect; remove them")
		}
		return
	}
	d := b.WithDefaults().RestoreTests
	if _, err := ParseTimetable(d.Schedule); err != nil {
		ps.Add("restoreTests.schedule", d.Schedule, "%s", err)
	}
	if d.WindowDays < 1 || d.WindowDays > 365 {
		ps.Add("restoreTests.windowDays", d.WindowDays, "is out of range; use 1 to 365 days")
	}
	if d.ValidationHours < 1 || d.ValidationHours > 168 {
		ps.Add("restoreTests.validationHours", d.ValidationHours, "is out of range; use 1 to 168 hours")
	}
}

func (b Backup) checkAudit(ps *Problems) {
	days := b.WithDefaults().Audit.ReportRetentionDays
	switch {
	case b.Audit.Disabled && days != 0:
		ps.Add("audit.reportRetentionDays", days, "has no effect while audit is disabled; remove one of the two")
	case !b.Audit.Disabled && (days < 1 || days > maxRetentionDays):
		ps.Add("audit.reportRetentionDays", days, "is out of range; use 1 to %d days", maxRetentionDays)
	}
}
