package spec

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBackupDefaultsAreStrong(t *testing.T) {
	t.Parallel()
	b := Backup{}.WithDefaults()
	require.NoError(t, b.Validate())
	assert.Equal(t, b, b.WithDefaults(), "defaults are idempotent")
	assert.Equal(t, map[string]BackupRule{
		"hourly":  {Schedule: "0 * * * *", RetentionDays: 7, StartWindowMinutes: 60, CompletionWindowMinutes: 1440, CopyRetentionDays: 7},
		"daily":   {Schedule: "30 1 * * *", RetentionDays: 35, StartWindowMinutes: 60, CompletionWindowMinutes: 1440, CopyRetentionDays: 35},
		"weekly":  {Schedule: "30 2 * * sun", RetentionDays: 90, StartWindowMinutes: 60, CompletionWindowMinutes: 1440, CopyRetentionDays: 90},
		"monthly": {Schedule: "30 3 1 * *", RetentionDays: 365, StartWindowMinutes: 60, CompletionWindowMinutes: 1440, CopyRetentionDays: 365},
	}, b.Rules)
	assert.Equal(t, BackupLock{MinRetentionDays: 7, MaxRetentionDays: 3653}, b.Lock)
	assert.Equal(t, RestoreTests{Schedule: "0 6 * * sun", WindowDays: 7, ValidationHours: 4}, b.RestoreTests)
	assert.Equal(t, BackupAudit{ReportRetentionDays: 365}, b.Audit)
	assert.False(t, b.Notifications.Disabled || b.Erasable)
	assert.Equal(t, "Etc/UTC", b.TimeZone)
	assert.Equal(t, 240, b.RTOMinutes)
}

func TestBackupRulesAreMerged(t *testing.T) {
	t.Parallel()
	given := map[string]BackupRule{
		"hourly": {Disabled: true}, "daily": {RetentionDays: 14, CopyDisabled: true},
		"noon": {Schedule: "0 12 * * *", RetentionDays: 10},
	}
	b := Backup{Rules: given, Plans: map[string]BackupPlan{"gold": {Rules: map[string]BackupRule{"weekly": {}}}}}
	d := b.WithDefaults()
	assert.Equal(t, BackupRule{Disabled: true}, d.Rules["hourly"], "a rule that is off stays as it is")
	assert.Equal(t, BackupRule{
		Schedule: "30 1 * * *", RetentionDays: 14, StartWindowMinutes: 60, CompletionWindowMinutes: 1440, CopyDisabled: true,
	}, d.Rules["daily"])
	assert.Equal(t, 10, d.Rules["noon"].CopyRetentionDays)
	assert.Len(t, d.Rules, 5)
	assert.Len(t, given, 3, "what was given is not changed")

	plans := b.AllPlans()
	assert.Len(t, plans[MainPlan].Rules, 4, "without the one that is off")
	assert.Len(t, plans["gold"].Rules, 1, "no other plan gets rules that it does not list")
	assert.Equal(t, 90, plans["gold"].Rules["weekly"].RetentionDays)
	assert.Equal(t, "true", BackupPlanTag(MainPlan))
	assert.Equal(t, "gold", BackupPlanTag("gold"))
}

func TestBackupWithDefaultsSharesNothing(t *testing.T) {
	t.Parallel()
	original := Backup{Tags: map[string]string{"k": "v"}, Notifications: Notifications{Emails: map[string]string{"a": "a@b.c"}}}
	copied := original.WithDefaults()
	copied.Tags["k"], copied.Notifications.Emails["a"] = "z", "z"
	assert.Equal(t, "v", original.Tags["k"])
	assert.Equal(t, "a@b.c", original.Notifications.Emails["a"])
}

func TestObjectives(t *testing.T) {
	t.Parallel()
	off := BackupRule{Disabled: true}
	tests := map[string]struct {
		backup    Backup
		rpo, copy time.Duration
	}{
		"defaults: hourly, started up to an hour late": {Backup{}, 2 * time.Hour, 2 * time.Hour},
		"daily is the most frequent":                   {Backup{Rules: map[string]BackupRule{"hourly": off}}, 25 * time.Hour, 25 * time.Hour},
		"a day in Berlin has 25 hours once a year": {
			Backup{TimeZone: "Europe/Berlin", Rules: map[string]BackupRule{"hourly": off}}, 26 * time.Hour, 26 * time.Hour,
		},
		"a wider window": {
			Backup{Rules: map[string]BackupRule{"hourly": {StartWindowMinutes: 120}}}, 3 * time.Hour, 3 * time.Hour,
		},
		"copies are made less often": {
			Backup{Rules: map[string]BackupRule{"hourly": {CopyDisabled: true}}}, 2 * time.Hour, 25 * time.Hour,
		},
		"one that is not valid does not count": {
			Backup{Rules: map[string]BackupRule{"hourly": {Schedule: "x"}}}, 25 * time.Hour, 25 * time.Hour,
		},
	}
	for name, test := range tests {
		assert.Equal(t, test.rpo, test.backup.RPO(MainPlan), name)
		assert.Equal(t, test.copy, test.backup.CopyRPO(MainPlan), name)
	}
	assert.Zero(t, Backup{}.RPO("gold"), "no such plan")
	gold := Backup{Plans: map[string]BackupPlan{"gold": {Rules: map[string]BackupRule{"weekly": {CopyDisabled: true}}}}}
	assert.Equal(t, 7*24*time.Hour+time.Hour, gold.RPO("gold"))
	assert.Zero(t, gold.CopyRPO("gold"), "nothing is copied")
	assert.Equal(t, 4*time.Hour, Backup{}.RTO())
	assert.Equal(t, 30*time.Minute, Backup{RTOMinutes: 30}.RTO())
}

func TestBackupProblems(t *testing.T) {
	t.Parallel()
	rule := func(name string, r BackupRule) Backup { return Backup{Rules: map[string]BackupRule{name: r}} }
	off := BackupRule{Disabled: true}
	tests := map[string]struct {
		backup Backup
		want   []string
	}{
		"schedule": {rule("daily", BackupRule{Schedule: "0 25 * * *"}), []string{
			`rules.daily.schedule: "0 25 * * *" has "25" as the hour; use 0 to 23`}},
		"rule without a default": {rule("noon", BackupRule{}), []string{
			`rules.noon.schedule: "" is not a schedule; use the five fields of cron, for example "30 1 * * *"`,
			`rules.noon.retentionDays: 0 is out of range; use 1 to 36500 days`}},
		"rule name": {rule("Noon!", BackupRule{Schedule: "0 12 * * *", RetentionDays: 9}), []string{
			`rules.Noon!: is not a name; use up to 30 of a-z, 0-9 and -, starting with a letter`}},
		"shorter than the lock allows": {rule("daily", BackupRule{RetentionDays: 6}), []string{
			`rules.daily.retentionDays: 6 is shorter than the lock allows, so that every job would fail; use at least lock.minRetentionDays, 7`}},
		"longer than the lock allows": {Backup{Lock: BackupLock{MaxRetentionDays: 100}}, []string{
			`rules.monthly.retentionDays: 365 is longer than the lock allows, so that every job would fail; use at most lock.maxRetentionDays, 100`}},
		"copies shorter than the lock allows": {rule("daily", BackupRule{CopyRetentionDays: 3}), []string{
			`rules.daily.copyRetentionDays: 3 is shorter than the lock allows, so that every job would fail; use at least lock.minRetentionDays, 7`}},
		"copies that are off": {rule("daily", BackupRule{CopyDisabled: true, CopyRetentionDays: 30}), []string{
			`rules.daily.copyRetentionDays: 30 has no effect while copyDisabled is set; remove one of the two`}},
		"continuous for too long": {rule("weekly", BackupRule{PointInTime: true}), []string{
			`rules.weekly.retentionDays: 90 is too long for pointInTime; use at most 35 days`}},
		"continuous and cold": {rule("daily", BackupRule{PointInTime: true, ColdAfterDays: 30}), []string{
			`rules.daily.coldAfterDays: 30 contradicts pointInTime, which keeps nothing in cold storage; remove one of the two`}},
		"cold after its end": {rule("daily", BackupRule{ColdAfterDays: 35}), []string{
			`rules.daily.coldAfterDays: 35 is no sooner than backups are deleted, after 35 days`}},
		"cold before its start": {rule("daily", BackupRule{ColdAfterDays: -1}), []string{
			`rules.daily.coldAfterDays: -1 is out of range; use 1 or more days, or 0 for never`}},
		"start window": {rule("daily", BackupRule{StartWindowMinutes: 59}), []string{
			`rules.daily.startWindowMinutes: 59 is out of range; use 60 to 43200 minutes`}},
		"completion window": {rule("daily", BackupRule{StartWindowMinutes: 120, CompletionWindowMinutes: 179}), []string{
			`rules.daily.completionWindowMinutes: 179 is out of range; use 180 to 86400 minutes, an hour more than startWindowMinutes at least`}},
		"off with settings": {rule("daily", BackupRule{Disabled: true, RetentionDays: 3}), []string{
			`rules.daily: is disabled, so its other settings have no effect; remove them`}},
		"nothing left": {Backup{Rules: map[string]BackupRule{"hourly": off, "daily": off, "weekly": off, "monthly": off}}, []string{
			`rules: nothing is backed up; at least one rule must be in force`}},
		"plans": {Backup{Plans: map[string]BackupPlan{"main": {}, "Gold": {Rules: map[string]BackupRule{"daily": {RetentionDays: 1}}}, "true": {Rules: map[string]BackupRule{"daily": {}}}}}, []string{
			`plans.Gold: is not a name; use up to 30 of a-z, 0-9 and -, starting with a letter`,
			`plans.Gold.rules.daily.retentionDays: 1 is shorter than the lock allows, so that every job would fail; use at least lock.minRetentionDays, 7`,
			`plans.main: the name stands for the main plan; choose another, or set rules`,
			`plans.main.rules: nothing is backed up; at least one rule must be in force`,
			`plans.true: the name stands for the main plan; choose another, or set rules`}},
		"time zone":       {Backup{TimeZone: "Berlin"}, []string{`timeZone: "Berlin" is not a time zone; use for example Europe/Berlin`}},
		"local time zone": {Backup{TimeZone: "Local"}, []string{`timeZone: "Local" is not a time zone; use for example Europe/Berlin`}},
		"lock that is off": {Backup{Lock: BackupLock{Disabled: true, MinRetentionDays: 3}}, []string{
			`lock: is disabled, so its other settings have no effect; remove them`}},
		"lock bounds": {Backup{Lock: BackupLock{MinRetentionDays: -1, MaxRetentionDays: 40000}}, []string{
			`lock.minRetentionDays: -1 is out of range; use 1 to 36500 days`,
			`lock.maxRetentionDays: 40000 is out of range; use minRetentionDays to 36500 days`}},
		"consent": {Backup{Lock: BackupLock{Compliance: "true"}}, []string{
			`lock.compliance: "true" is not the consent that is needed; it must be "I understand that nobody can delete these backups before they expire"`}},
		"cooling off": {Backup{Lock: BackupLock{Compliance: ComplianceConsent, CoolingOffDays: 2}}, []string{
			`lock.coolingOffDays: 2 is out of range; use 3 to 36500 days`}},
		"cooling off nothing": {Backup{Lock: BackupLock{CoolingOffDays: 5}}, []string{
			`lock.coolingOffDays: 5 has no effect without lock.compliance; remove it`}},
		"force against compliance": {Backup{Erasable: true, Lock: BackupLock{Compliance: ComplianceConsent}}, []string{
			`erasable: has no effect on backups that nobody can delete; remove it or lock.compliance`}},
		"tests": {Backup{RestoreTests: RestoreTests{Schedule: "weekly", WindowDays: 366, ValidationHours: 169}}, []string{
			`restoreTests.schedule: "weekly" is not a schedule; use the five fields of cron, for example "30 1 * * *"`,
			`restoreTests.windowDays: 366 is out of range; use 1 to 365 days`,
			`restoreTests.validationHours: 169 is out of range; use 1 to 168 hours`}},
		"tests that are off": {Backup{RestoreTests: RestoreTests{Disabled: true, WindowDays: 3}}, []string{
			`restoreTests: are disabled, so their other settings have no effect; remove them`}},
		"audit":             {Backup{Audit: BackupAudit{ReportRetentionDays: 5000}}, []string{`audit.reportRetentionDays: 5000 is out of range; use 1 to 3653 days`}},
		"audit that is off": {Backup{Audit: BackupAudit{Disabled: true, ReportRetentionDays: 9}}, []string{`audit.reportRetentionDays: 9 has no effect while audit is disabled; remove one of the two`}},
		"objective":         {Backup{RTOMinutes: 50000}, []string{`rtoMinutes: 50000 is out of range; use 1 to 43200 minutes`}},
		"addresses": {Backup{Notifications: Notifications{Emails: map[string]string{"Ops": "ops"}}}, []string{
			`notifications.emails.Ops: is not a name; use up to 30 of a-z, 0-9 and -, starting with a letter`,
			`notifications.emails.Ops: "ops" is not an e-mail address; use for example operations@example.com`}},
		"addresses for nothing": {Backup{Notifications: Notifications{Disabled: true, Emails: map[string]string{"ops": "a@b.c"}}}, []string{
			`notifications.emails: 1 addresses get nothing while notifications are disabled; remove them`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.backup.Validate()
			require.EqualError(t, err, strings.Join(test.want, "\n"))
			var ps Problems
			require.True(t, errors.As(err, &ps))
			assert.Len(t, ps, len(test.want))
		})
	}
}

func TestBackupThatIsValid(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]Backup{
		"cold":       {Rules: map[string]BackupRule{"monthly": {ColdAfterDays: 30}}},
		"continuous": {Rules: map[string]BackupRule{"hourly": {PointInTime: true, RetentionDays: 35}}},
		"no lock":    {Lock: BackupLock{Disabled: true}, Rules: map[string]BackupRule{"hourly": {RetentionDays: 1}}, Erasable: true},
		"compliance": {Lock: BackupLock{Compliance: ComplianceConsent, CoolingOffDays: 3, MinRetentionDays: 7, MaxRetentionDays: 365}},
		"short":      {Lock: BackupLock{MinRetentionDays: 1}, Rules: map[string]BackupRule{"daily": {RetentionDays: 1, CopyRetentionDays: 365}}},
	} {
		assert.NoError(t, b.Validate(), name)
	}
}

func TestWithoutBackup(t *testing.T) {
	t.Parallel()
	tags := map[string]string{BackupTagKey: BackupTagValue, "team": "shop"}
	assert.Equal(t, map[string]string{"team": "shop"}, WithoutBackup(tags))
	assert.Len(t, tags, 2, "a copy")
	assert.Empty(t, WithoutBackup(nil))
}
