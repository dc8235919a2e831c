package spec

import (
	"cmp"
	"maps"
	"time"
)

// The tag that a resource carries to be backed up.
const (
	// BackupTagKey is the key of the tag.
	BackupTagKey = "Backup"
	// BackupTagValue is the value for the main plan. Another plan backs up what carries the plan's name as the value.
	BackupTagValue = "true"
)

// MainPlan is the name of the plan that every backup has.
const MainPlan = "main"

// ComplianceConsent is what BackupLock.Compliance must say, word by word.
const ComplianceConsent = "I understand that nobody can delete these backups before they expire"

// Backup describes a vault, what is copied into it when, and how long it is kept. The zero value is a production
// backup: hourly, daily, weekly and monthly copies, locked against deletion, restored every week to see that they can be.
type Backup struct {
	// Rules say when the main plan makes backups, by name. The rules "hourly", "daily", "weekly" and "monthly" are always
	// there unless they are Disabled; what an entry of that name leaves unset has the value below. Other names add rules,
	// which need a Schedule and RetentionDays. Default: hourly kept 7 days, daily at 01:30 kept 35, weekly on Sunday at
	// 02:30 kept 90, monthly on the first at 03:30 kept 365. Their hours lie apart so that no two start at a time.
	Rules map[string]BackupRule `pulumi:"rules"`
	// Plans are more plans, by name, for resources that need other rules than the main plan's: a plan backs up what carries
	// the tag Backup with the plan's name as its value. It has the rules that it lists, and no others. Default none.
	Plans map[string]BackupPlan `pulumi:"plans"`
	// TimeZone is the zone that schedules are in, for example "Europe/Berlin". Default "Etc/UTC".
	TimeZone string `pulumi:"timeZone"`
	// Lock keeps backups from being deleted before their time. Default: removable only by those who administer the vault.
	Lock BackupLock `pulumi:"lock"`
	// RestoreTests says how often backups are restored to see that they can be. Default: every week.
	RestoreTests RestoreTests `pulumi:"restoreTests"`
	// Audit says how it is checked and reported that backups are made.
	Audit BackupAudit `pulumi:"audit"`
	// Notifications says who hears of jobs that fail.
	Notifications Notifications `pulumi:"notifications"`
	// RTOMinutes is how many minutes a restore may take, from the decision to a working service: the recovery time objective.
	// Nothing enforces it. It is an estimate that restores are compared with, so measure one and set it. Default 240.
	RTOMinutes int `pulumi:"rtoMinutes"`
	// Erasable deletes all backups when the vault is destroyed; otherwise destroying fails while there are any. It does
	// nothing against a lock. Default false.
	Erasable bool `pulumi:"erasable"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// BackupPlan is a set of rules for the resources that carry its tag.
type BackupPlan struct {
	// Rules say when backups are made, by name. The names "hourly", "daily", "weekly" and "monthly" have the defaults of
	// Backup.Rules; other names need a Schedule and RetentionDays. At least one.
	Rules map[string]BackupRule `pulumi:"rules"`
}

// BackupRule says when backups are made and how long they are kept.
type BackupRule struct {
	// Disabled leaves the rule out. Default false.
	Disabled bool `pulumi:"disabled"`
	// Schedule is when backups start, in the five fields of cron, for example "30 1 * * *". See ParseTimetable.
	Schedule string `pulumi:"schedule"`
	// RetentionDays is how many days a backup is kept, 1 to 36500, within the bounds of the lock.
	RetentionDays int `pulumi:"retentionDays"`
	// ColdAfterDays is after how many days a backup moves to cheaper and slower storage, where the cloud has such. Clouds ask
	// for a minimum stay there. Default 0: never.
	ColdAfterDays int `pulumi:"coldAfterDays"`
	// PointInTime keeps a continuous record of what supports it (on AWS: RDS, Aurora, S3 and SAP HANA), so that it can be
	// restored to any second of the last RetentionDays, at most 35; the rest is backed up by Schedule. It takes a
	// database's own backup settings over, so leave it to those where the database already keeps such a record.
	// Default false.
	PointInTime bool `pulumi:"pointInTime"`
	// StartWindowMinutes is within how many minutes of its time a backup starts or is given up, at least 60. Default 60.
	StartWindowMinutes int `pulumi:"startWindowMinutes"`
	// CompletionWindowMinutes is within how many minutes of its time a backup completes or is given up, at least 60 more
	// than StartWindowMinutes. Default 1440, a day.
	CompletionWindowMinutes int `pulumi:"completionWindowMinutes"`
	// CopyDisabled keeps the rule's backups out of the second region and the second account. Default false.
	CopyDisabled bool `pulumi:"copyDisabled"`
	// CopyRetentionDays is how many days copies are kept, 1 to 36500, within the bounds of the lock. Default RetentionDays.
	CopyRetentionDays int `pulumi:"copyRetentionDays"`
}

// BackupLock keeps backups from being deleted early, and from being kept for longer than they may be. A vault with a lock
// refuses, when they run, jobs with a retention outside of its bounds, so rules outside of them are not valid.
type BackupLock struct {
	// Disabled lets whoever may delete backups do it at any time. Default false.
	Disabled bool `pulumi:"disabled"`
	// MinRetentionDays is the least that backups are kept, 1 to 36500. Default 7.
	MinRetentionDays int `pulumi:"minRetentionDays"`
	// MaxRetentionDays is the most that backups are kept, MinRetentionDays to 36500. Default 3653, ten years.
	MaxRetentionDays int `pulumi:"maxRetentionDays"`
	// Compliance turns the lock into one that nobody can ever remove, the account's owner and the cloud included, once
	// CoolingOffDays have passed: the vault then stays, and is paid for, until its last backup has expired. It must be the
	// sentence in ComplianceConsent. Default "": the vault's administrators can remove the lock.
	Compliance string `pulumi:"compliance"`
	// CoolingOffDays is for how many days a lock with Compliance can still be changed or removed, 3 to 36500. Default 14.
	CoolingOffDays int `pulumi:"coolingOffDays"`
}

// RestoreTests says how often backups are restored, to see that they can be.
type RestoreTests struct {
	// Disabled restores nothing: that a backup is of no use is found out in the disaster. Default false.
	Disabled bool `pulumi:"disabled"`
	// Schedule is when tests start, as in BackupRule. Default "0 6 * * sun".
	Schedule string `pulumi:"schedule"`
	// WindowDays is how many days back the backup to restore is picked from, 1 to 365. Default 7.
	WindowDays int `pulumi:"windowDays"`
	// ValidationHours is how many hours what was restored stays for a check of its content, 1 to 168. Default 4.
	ValidationHours int `pulumi:"validationHours"`
}

// BackupAudit says how it is checked and reported that backups are made.
type BackupAudit struct {
	// Disabled checks and reports nothing. Default false.
	Disabled bool `pulumi:"disabled"`
	// ReportRetentionDays is how many days reports are kept, 1 to 3653. Default 365.
	ReportRetentionDays int `pulumi:"reportRetentionDays"`
}

// defaultRules are the rules of the main plan.
func defaultRules() map[string]BackupRule {
	return map[string]BackupRule{
		"hourly":  {Schedule: "0 * * * *", RetentionDays: 7},
		"daily":   {Schedule: "30 1 * * *", RetentionDays: 35},
		"weekly":  {Schedule: "30 2 * * sun", RetentionDays: 90},
		"monthly": {Schedule: "30 3 1 * *", RetentionDays: defaultRetentionDays},
	}
}

// WithDefaults returns a copy with every unset field at its default.
func (b Backup) WithDefaults() Backup {
	main := defaultRules()
	maps.Copy(main, b.Rules)
	b.Rules = rulesWithDefaults(main)
	plans := map[string]BackupPlan{}
	for name, plan := range b.Plans {
		plans[name] = BackupPlan{Rules: rulesWithDefaults(plan.Rules)}
	}
	b.Plans = plans
	b.TimeZone = cmp.Or(b.TimeZone, "Etc/UTC")
	if !b.Lock.Disabled {
		b.Lock.MinRetentionDays = cmp.Or(b.Lock.MinRetentionDays, 7)
		b.Lock.MaxRetentionDays = cmp.Or(b.Lock.MaxRetentionDays, maxRetentionDays)
		if b.Lock.Compliance != "" {
			b.Lock.CoolingOffDays = cmp.Or(b.Lock.CoolingOffDays, 14)
		}
	}
	if !b.RestoreTests.Disabled {
		b.RestoreTests.Schedule = cmp.Or(b.RestoreTests.Schedule, "0 6 * * sun")
		b.RestoreTests.WindowDays = cmp.Or(b.RestoreTests.WindowDays, 7)
		b.RestoreTests.ValidationHours = cmp.Or(b.RestoreTests.ValidationHours, 4)
	}
	if !b.Audit.Disabled {
		b.Audit.ReportRetentionDays = cmp.Or(b.Audit.ReportRetentionDays, defaultRetentionDays)
	}
	b.RTOMinutes = cmp.Or(b.RTOMinutes, 240)
	b.Notifications.Emails = maps.Clone(b.Notifications.Emails)
	b.Tags = maps.Clone(b.Tags)
	return b
}

func rulesWithDefaults(rules map[string]BackupRule) map[string]BackupRule {
	filled := map[string]BackupRule{}
	for name, rule := range rules {
		if !rule.Disabled {
			standard := defaultRules()[name]
			rule.Schedule = cmp.Or(rule.Schedule, standard.Schedule)
			rule.RetentionDays = cmp.Or(rule.RetentionDays, standard.RetentionDays)
			rule.StartWindowMinutes = cmp.Or(rule.StartWindowMinutes, minWindowMinutes)
			rule.CompletionWindowMinutes = cmp.Or(rule.CompletionWindowMinutes, 24*60)
			if !rule.CopyDisabled {
				rule.CopyRetentionDays = cmp.Or(rule.CopyRetentionDays, rule.RetentionDays)
			}
		}
		filled[name] = rule
	}
	return filled
}

// AllPlans returns every plan by its name, the main plan among them, with the rules that are in force.
func (b Backup) AllPlans() map[string]BackupPlan {
	d := b.WithDefaults()
	plans := map[string]BackupPlan{MainPlan: {Rules: d.Rules}}
	maps.Copy(plans, d.Plans)
	for name, plan := range plans {
		maps.DeleteFunc(plan.Rules, func(_ string, rule BackupRule) bool { return rule.Disabled })
		plans[name] = plan
	}
	return plans
}

// BackupPlanTag returns the value of the tag that a plan's resources carry.
func BackupPlanTag(plan string) string {
	if plan == MainPlan {
		return BackupTagValue
	}
	return plan
}

// WithoutBackup returns tags without the one that a plan backs up by: for what comes and goes and holds nothing that is
// nowhere else, such as machines. Every backup of them is one more that a lock keeps.
func WithoutBackup(tags map[string]string) map[string]string {
	rest := maps.Clone(tags)
	delete(rest, BackupTagKey)
	return rest
}

// RPO is the recovery point objective of a plan: how much work a disaster can cost at the most while its backups succeed.
// It is the longest time between two backups of its most frequent rule, with the window that the later may start late in.
// What PointInTime covers loses less. It is 0 if there is no such plan or its rules are not valid.
func (b Backup) RPO(plan string) time.Duration {
	return b.rpo(plan, func(BackupRule) bool { return true })
}

// CopyRPO is the recovery point objective of a plan in the second region, without the time that copying takes: the RPO of
// the rules whose backups are copied, 0 if there are none.
func (b Backup) CopyRPO(plan string) time.Duration {
	return b.rpo(plan, func(rule BackupRule) bool { return !rule.CopyDisabled })
}

// RTO is the recovery time objective.
func (b Backup) RTO() time.Duration {
	return time.Duration(b.WithDefaults().RTOMinutes) * time.Minute
}

func (b Backup) rpo(plan string, counts func(BackupRule) bool) time.Duration {
	var best time.Duration
	for _, rule := range b.AllPlans()[plan].Rules {
		schedule, err := ParseTimetable(rule.Schedule)
		if err != nil || !counts(rule) {
			continue
		}
		loss := schedule.LongestGap(b.WithDefaults().TimeZone) + time.Duration(rule.StartWindowMinutes)*time.Minute
		if best == 0 || loss < best {
			best = loss
		}
	}
	return best
}
