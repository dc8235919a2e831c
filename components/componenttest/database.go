package componenttest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// DatabaseDriver describes a cloud's database component to the suite.
type DatabaseDriver struct {
	Driver[spec.Database]
	// Facts reads off what the component made of the database, in the cloud's own terms.
	Facts func(t require.TestingT, recording Recording) DatabaseFacts
	// Spanning are the inputs that list something of every replica and so grow with them, as "type.property". The cloud
	// must be able to change them in place.
	Spanning []string
}

// DatabaseFacts are what can be said of a database on every cloud.
type DatabaseFacts struct {
	Version                               int  // the major version
	Standbys                              int  // in other zones
	ReadableStandbys                      bool // they can be read from
	Replicas                              int  // to read from, beside the standbys
	StorageGiB, MaxStorageGiB             int  // the same when it cannot grow
	BackupDays, LogDays, SlowMilliseconds int  // as in spec.Database
	Private                               bool // no address on the internet, and nobody let in but clients
	Encrypted                             bool // with a key that is not the cloud's own, where there is a choice
	TLSOnly                               bool // no connection in the clear
	Protected, FinalBackup                bool // from deletion, and what is left of one
	MinorUpgrades, MajorUpgrades          bool // the first by themselves, the second when asked for
	Immediately                           bool // changes do not wait for their window
	Notified                              bool // somebody can hear of failovers and failures, of every server
}

// Database runs the suite that every cloud's database component must pass.
func Database(t *testing.T, d DatabaseDriver) { d.checks().run(t) }

func (d DatabaseDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.Database]{
		Tagged: []spec.Database{{Tags: tags}, {Tags: tags, Replicas: replicasNamed("a")}, {Tags: tags, Standby: spec.StandbyReadable, Notifications: notifying()}},
		Bad:    d.bad(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"what is asked for":       d.asked,
		"growth replaces nothing": d.growth,
	})
}

// strongDatabase are the facts of the zero value.
var strongDatabase = DatabaseFacts{
	Version: 17, Standbys: 1, StorageGiB: 100, MaxStorageGiB: 1000, BackupDays: 30, LogDays: 365, SlowMilliseconds: 1000,
	Private: true, Encrypted: true, TLSOnly: true, Protected: true, FinalBackup: true, MinorUpgrades: true, Notified: true,
}

func (d DatabaseDriver) defaults(t require.TestingT) {
	assert.Equal(t, strongDatabase, d.Facts(t, d.run(t, spec.Database{})))
}

// weakened sets every field that weakens something, and holds that it weakens that alone.
func (d DatabaseDriver) weakened(t require.TestingT) {
	for name, test := range map[string]struct {
		given spec.Database
		want  func(*DatabaseFacts)
	}{
		"no standby":          {spec.Database{Standby: spec.StandbyNone}, func(f *DatabaseFacts) { f.Standbys = 0 }},
		"deletion":            {spec.Database{DeletionAllowed: true}, func(f *DatabaseFacts) { f.Protected = false }},
		"no final backup":     {spec.Database{FinalBackupSkipped: true}, func(f *DatabaseFacts) { f.FinalBackup = false }},
		"no minor upgrades":   {spec.Database{MinorUpgradesDisabled: true}, func(f *DatabaseFacts) { f.MinorUpgrades = false }},
		"changes at any time": {spec.Database{ApplyImmediately: true}, func(f *DatabaseFacts) { f.Immediately = true }},
		"major upgrades": {spec.Database{MajorUpgradeAllowed: true, ApplyImmediately: true}, func(f *DatabaseFacts) {
			f.MajorUpgrades, f.Immediately = true, true
		}},
		"no notifications": {spec.Database{Notifications: spec.Notifications{Disabled: true}}, func(f *DatabaseFacts) {
			f.Notified = false
		}},
		"fewer backups": {spec.Database{BackupRetentionDays: 7}, func(f *DatabaseFacts) { f.BackupDays = 7 }},
		"fewer logs":    {spec.Database{LogRetentionDays: 30}, func(f *DatabaseFacts) { f.LogDays = 30 }},
	} {
		want := strongDatabase
		test.want(&want)
		assert.Equal(t, want, d.Facts(t, d.run(t, test.given)), name)
	}
}

// asked sets what weakens nothing.
func (d DatabaseDriver) asked(t require.TestingT) {
	got := d.Facts(t, d.run(t, spec.Database{Version: 16, StorageGiB: 50, MaxStorageGiB: 50, SlowMilliseconds: 250}))
	want := strongDatabase
	want.Version, want.StorageGiB, want.MaxStorageGiB, want.SlowMilliseconds = 16, 50, 50, 250
	assert.Equal(t, want, got)

	got = d.Facts(t, d.run(t, spec.Database{Replicas: replicasNamed("a", "b")}))
	want = strongDatabase
	want.Replicas = 2
	assert.Equal(t, want, got)

	got = d.Facts(t, d.run(t, spec.Database{Standby: spec.StandbyReadable}))
	want = strongDatabase
	want.Standbys, want.ReadableStandbys, want.MaxStorageGiB = 2, true, got.MaxStorageGiB
	assert.Equal(t, want, got)
}

func (d DatabaseDriver) bad() map[string]Bad[spec.Database] {
	return map[string]Bad[spec.Database]{
		"version":      {spec.Database{Version: 9}, []string{"version"}},
		"standby":      {spec.Database{Standby: "somewhere"}, []string{"standby"}},
		"storage":      {spec.Database{StorageGiB: 5}, []string{"storageGib"}},
		"less storage": {spec.Database{StorageGiB: 200, MaxStorageGiB: 100}, []string{"maxStorageGib"}},
		"name":         {spec.Database{Name: "my-app"}, []string{"name"}},
		"user":         {spec.Database{AdminUser: "admin"}, []string{"adminUser"}},
		"backups":      {spec.Database{BackupRetentionDays: 36}, []string{"backupRetentionDays"}},
		"address":      {spec.Database{Notifications: spec.Notifications{Emails: map[string]string{"ops": "ops"}}}, []string{"notifications.emails.ops"}},
		"windows":      {spec.Database{BackupWindow: "05:30"}, []string{"maintenanceWindow"}},
		"all at once": {
			spec.Database{Version: -1, Standby: "x", BackupWindow: "noon"}, []string{"version", "standby", "backupWindow"},
		},
	}
}

// growth adds every replica to every set of the others: their names, not their order, say which is which.
func (d DatabaseDriver) growth(t require.TestingT) {
	names := []string{"a", "b", "c"}
	after := d.run(t, spec.Database{Replicas: replicasNamed(names...)})
	for added := range names {
		before := d.run(t, spec.Database{Replicas: replicasNamed(slices.Delete(slices.Clone(names), added, added+1)...)})
		assertGrown(t, before, after, d.Spanning)
		assert.Greater(t, len(after.Resources), len(before.Resources))
	}
}

// notifying writes to somebody.
func notifying() spec.Notifications {
	return spec.Notifications{Emails: map[string]string{"ops": "ops@example.com"}}
}

// replicasNamed returns replicas of these names.
func replicasNamed(names ...string) map[string]spec.DatabaseReplica {
	replicas := map[string]spec.DatabaseReplica{}
	for _, name := range names {
		replicas[name] = spec.DatabaseReplica{}
	}
	return replicas
}
