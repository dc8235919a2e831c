package componenttest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// BackupDriver describes a cloud's backup component to the suite.
type BackupDriver struct {
	Driver[spec.Backup]
	// VaultType, RestoreTestType, AuditType and NotificationType are the types of what carries a vault, the tests of
	// restores, the audit and the notifications of failures.
	VaultType, RestoreTestType, AuditType, NotificationType string
	// Rules returns the rules in force, as "plan/rule".
	Rules func(Recording) map[string]BackupRuleSeen
	// Lock returns the lock of the vaults; nil if a vault has none.
	Lock func(Recording) *BackupLockSeen
	// Selected returns the values of the tag spec.BackupTagKey that choose what is backed up.
	Selected func(Recording) []string
	// Erasable reports whether destroying a vault deletes its backups.
	Erasable func(Recording) bool
	// Spanning are the inputs that list something of every rule and so grow with the rules, as "type.property". The cloud
	// must be able to change each of them in place.
	Spanning []string
	// Protected asserts, in the cloud's own terms, that every vault is encrypted with a key of its own and that nobody may
	// delete a backup.
	Protected func(t require.TestingT, recording Recording)
}

// BackupRuleSeen is what a cloud was told of a rule.
type BackupRuleSeen struct {
	// RetentionDays is how many days backups are kept.
	RetentionDays int
	// PointInTime says that the record is continuous.
	PointInTime bool
}

// BackupLockSeen is what a cloud was told of a lock.
type BackupLockSeen struct {
	// MinRetentionDays and MaxRetentionDays are the bounds.
	MinRetentionDays, MaxRetentionDays int
	// CoolingOffDays is 0 for a lock that can be removed at any time.
	CoolingOffDays int
}

// Backup runs the suite that every cloud's backup component must pass.
func Backup(t *testing.T, d BackupDriver) { d.checks().run(t) }

func (d BackupDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.Backup]{
		Tagged: []spec.Backup{{Tags: tags}, {Tags: tags, Plans: gold(), Notifications: spec.Notifications{
			Emails: map[string]string{"ops": "ops@example.com"},
		}}},
		Bad: badBackups(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"compliance is explicit":  d.compliance,
		"growth replaces nothing": d.growth,
	})
}

// gold is a plan with other rules than the main one.
func gold() map[string]spec.BackupPlan {
	return map[string]spec.BackupPlan{"gold": {Rules: map[string]spec.BackupRule{"hourly": {PointInTime: true, RetentionDays: 35}}}}
}

func (d BackupDriver) defaults(t require.TestingT) {
	r := d.run(t, spec.Backup{})
	assert.NotEmpty(t, r.OfType(d.VaultType), "a vault")
	assert.Equal(t, map[string]BackupRuleSeen{
		"main/hourly": {RetentionDays: 7}, "main/daily": {RetentionDays: 35},
		"main/weekly": {RetentionDays: 90}, "main/monthly": {RetentionDays: 365},
	}, d.Rules(r))
	assert.Equal(t, &BackupLockSeen{MinRetentionDays: 7, MaxRetentionDays: 3653}, d.Lock(r), "a lock that can be removed")
	assert.Equal(t, []string{spec.BackupTagValue}, d.Selected(r))
	assert.NotEmpty(t, r.OfType(d.RestoreTestType), "tests of restores")
	assert.NotEmpty(t, r.OfType(d.AuditType), "an audit")
	assert.NotEmpty(t, r.OfType(d.NotificationType), "notifications")
	assert.False(t, d.Erasable(r), "backups go with the vault")
	d.Protected(t, r)
}

func (d BackupDriver) weakened(t require.TestingT) {
	r := d.run(t, spec.Backup{RestoreTests: spec.RestoreTests{Disabled: true}})
	assert.Empty(t, r.OfType(d.RestoreTestType), "tests of restores that are off")
	d.Protected(t, r)
	assert.Empty(t, d.run(t, spec.Backup{Audit: spec.BackupAudit{Disabled: true}}).OfType(d.AuditType), "an audit that is off")
	r = d.run(t, spec.Backup{Notifications: spec.Notifications{Disabled: true}})
	assert.Empty(t, r.OfType(d.NotificationType), "notifications that are off")
	r = d.run(t, spec.Backup{Lock: spec.BackupLock{Disabled: true}, Erasable: true})
	assert.Nil(t, d.Lock(r), "a lock that is off")
	assert.True(t, d.Erasable(r))
	d.Protected(t, r)
	r = d.run(t, spec.Backup{Rules: map[string]spec.BackupRule{"hourly": {Disabled: true}, "daily": {RetentionDays: 14}}})
	assert.NotContains(t, d.Rules(r), "main/hourly", "a rule that is off")
	assert.Equal(t, 14, d.Rules(r)["main/daily"].RetentionDays)
	assert.Contains(t, d.Rules(r), "main/weekly", "rules that are not spoken of stay")
}

func (d BackupDriver) compliance(t require.TestingT) {
	r := d.run(t, spec.Backup{Lock: spec.BackupLock{Compliance: spec.ComplianceConsent, MinRetentionDays: 5}})
	assert.Equal(t, &BackupLockSeen{MinRetentionDays: 5, MaxRetentionDays: 3653, CoolingOffDays: 14}, d.Lock(r))
}

// growth adds a rule and a plan whose names come before, between and after the others.
func (d BackupDriver) growth(t require.TestingT) {
	before := d.run(t, spec.Backup{Plans: gold()})
	for _, name := range []string{"a", "i", "z"} {
		added := spec.BackupRule{Schedule: "15 12 * * *", RetentionDays: 10}
		rules := d.run(t, spec.Backup{Plans: gold(), Rules: map[string]spec.BackupRule{name: added}})
		assertGrown(t, before, rules, d.Spanning)
		assert.Equal(t, BackupRuleSeen{RetentionDays: 10}, d.Rules(rules)["main/"+name])

		more := gold()
		more[name] = spec.BackupPlan{Rules: map[string]spec.BackupRule{"noon": added}}
		plans := d.run(t, spec.Backup{Plans: more})
		assertGrown(t, before, plans, nil)
		assert.Contains(t, d.Rules(plans), name+"/noon")
		assert.ElementsMatch(t, []string{spec.BackupTagValue, "gold", name}, d.Selected(plans))
		assert.Greater(t, len(plans.Resources), len(before.Resources))
	}
}

func badBackups() map[string]Bad[spec.Backup] {
	rule := func(r spec.BackupRule) spec.Backup {
		return spec.Backup{Rules: map[string]spec.BackupRule{"daily": r}}
	}
	return map[string]Bad[spec.Backup]{
		"schedule":   {rule(spec.BackupRule{Schedule: "at noon"}), []string{"rules.daily.schedule"}},
		"too short":  {rule(spec.BackupRule{RetentionDays: 6}), []string{"rules.daily.retentionDays"}},
		"too long":   {rule(spec.BackupRule{RetentionDays: 4000}), []string{"rules.daily.retentionDays"}},
		"continuous": {rule(spec.BackupRule{PointInTime: true, RetentionDays: 36}), []string{"rules.daily.retentionDays"}},
		"window":     {rule(spec.BackupRule{StartWindowMinutes: 30}), []string{"rules.daily.startWindowMinutes"}},
		"copy":       {rule(spec.BackupRule{CopyRetentionDays: 1}), []string{"rules.daily.copyRetentionDays"}},
		"consent":    {spec.Backup{Lock: spec.BackupLock{Compliance: "yes"}}, []string{"lock.compliance"}},
		"cooling off": {
			spec.Backup{Lock: spec.BackupLock{Compliance: spec.ComplianceConsent, CoolingOffDays: 2}}, []string{"lock.coolingOffDays"},
		},
		"time zone": {spec.Backup{TimeZone: "Mars/Olympus"}, []string{"timeZone"}},
		"plan name": {spec.Backup{Plans: map[string]spec.BackupPlan{"main": {}}}, []string{"plans.main", "plans.main.rules"}},
		"all at once": {
			spec.Backup{TimeZone: "x", RTOMinutes: -1, RestoreTests: spec.RestoreTests{WindowDays: 400}},
			[]string{"timeZone", "restoreTests.windowDays", "rtoMinutes"},
		},
	}
}
