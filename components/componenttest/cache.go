package componenttest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// CacheDriver describes a cloud's cache component to the suite.
type CacheDriver struct {
	Driver[spec.Cache]
	// Facts reads off what the component made of the cache, in the cloud's own terms.
	Facts func(t require.TestingT, recording Recording) CacheFacts
	// Resized are the inputs that say how many nodes there are, as "type.property". The cloud must be able to change
	// each of them in place.
	Resized []string
}

// CacheFacts are what can be said of a cache on every cloud.
type CacheFacts struct {
	Engine                    spec.CacheEngine // the software
	Shards                    int              // 0 for a cache that is not divided
	Replicas                  int              // of each shard, in other zones
	MaxShards, MaxReplicas    int              // to how many it grows by itself; the same when it does not
	Failover                  bool             // a replica takes over by itself
	Evicts                    bool             // makes room when it is full
	BackupDays                int              // 0 for none
	LogDays, SlowMicroseconds int              // as in spec.Cache
	Private                   bool             // no address on the internet, and nobody let in but clients
	Encrypted                 bool             // at rest, with a key that is not the cloud's own, where there is a choice
	TLSOnly                   bool             // no connection in the clear
	SignedIn                  bool             // nobody gets in without being somebody
	FinalBackup               bool             // is left of a deletion
	MinorUpgrades             bool             // by themselves
	Immediately               bool             // changes do not wait for their window
}

// Cache runs the suite that every cloud's cache component must pass.
func Cache(t *testing.T, d CacheDriver) { d.checks().run(t) }

func (d CacheDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.Cache]{
		Tagged: []spec.Cache{{Tags: tags}, {Tags: tags, Shards: 2, MaxShards: 4, MaxReplicas: 3, Use: spec.CacheState, Engine: spec.CacheRedis}},
		Bad:    d.bad(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"what is asked for":       d.asked,
		"growth replaces nothing": d.growth,
	})
}

// strongCache are the facts of the zero value.
var strongCache = CacheFacts{
	Engine: spec.CacheValkey, Replicas: 2, MaxReplicas: 2, Failover: true, Evicts: true, BackupDays: 7, LogDays: 365, SlowMicroseconds: 10_000,
	Private: true, Encrypted: true, TLSOnly: true, SignedIn: true, FinalBackup: true, MinorUpgrades: true,
}

func (d CacheDriver) defaults(t require.TestingT) {
	assert.Equal(t, strongCache, d.Facts(t, d.run(t, spec.Cache{})))
}

type cacheChange struct {
	given spec.Cache
	want  func(*CacheFacts)
}

// changed holds that what is given changes the facts that it must and no other.
func (d CacheDriver) changed(t require.TestingT, table map[string]cacheChange) {
	for name, test := range table {
		want := strongCache
		test.want(&want)
		assert.Equal(t, want, d.Facts(t, d.run(t, test.given)), name)
	}
}

// weakened sets every field that weakens something, and holds that it weakens that alone.
func (d CacheDriver) weakened(t require.TestingT) {
	d.changed(t, map[string]cacheChange{
		"no standby": {spec.Cache{StandbyNone: true}, func(f *CacheFacts) {
			f.Replicas, f.MaxReplicas, f.Failover = 0, 0, false
		}},
		"no backups":          {spec.Cache{BackupsDisabled: true}, func(f *CacheFacts) { f.BackupDays = 0 }},
		"no final backup":     {spec.Cache{FinalBackupSkipped: true}, func(f *CacheFacts) { f.FinalBackup = false }},
		"no minor upgrades":   {spec.Cache{MinorUpgradesDisabled: true}, func(f *CacheFacts) { f.MinorUpgrades = false }},
		"changes at any time": {spec.Cache{ApplyImmediately: true}, func(f *CacheFacts) { f.Immediately = true }},
		"one replica":         {spec.Cache{Replicas: 1}, func(f *CacheFacts) { f.Replicas, f.MaxReplicas = 1, 1 }},
		"fewer backups":       {spec.Cache{BackupRetentionDays: 1}, func(f *CacheFacts) { f.BackupDays = 1 }},
		"fewer logs":          {spec.Cache{LogRetentionDays: 30}, func(f *CacheFacts) { f.LogDays = 30 }},
	})
}

// asked sets what weakens nothing.
func (d CacheDriver) asked(t require.TestingT) {
	d.changed(t, map[string]cacheChange{
		"state": {spec.Cache{Use: spec.CacheState}, func(f *CacheFacts) { f.Evicts = false }},
		"Redis": {spec.Cache{Engine: spec.CacheRedis}, func(f *CacheFacts) { f.Engine = spec.CacheRedis }},
		"shards": {spec.Cache{Shards: 3, Replicas: 1}, func(f *CacheFacts) {
			f.Shards, f.MaxShards, f.Replicas, f.MaxReplicas = 3, 3, 1, 1
		}},
		"shards that grow": {spec.Cache{Shards: 2, MaxShards: 8, MaxReplicas: 4}, func(f *CacheFacts) {
			f.Shards, f.MaxShards, f.MaxReplicas = 2, 8, 4
		}},
		"slow": {spec.Cache{SlowMicroseconds: 500}, func(f *CacheFacts) { f.SlowMicroseconds = 500 }},
	})
}

func (d CacheDriver) bad() map[string]Bad[spec.Cache] {
	return map[string]Bad[spec.Cache]{
		"engine":   {spec.Cache{Engine: "memcached"}, []string{"engine"}},
		"use":      {spec.Cache{Use: "x"}, []string{"use"}},
		"replicas": {spec.Cache{Replicas: 6}, []string{"replicas"}},
		"shards":   {spec.Cache{Shards: -1}, []string{"shards"}},
		"growth":   {spec.Cache{Shards: 1, MaxReplicas: 6, MaxShards: 91}, []string{"maxReplicas", "maxShards"}},
		"standby":  {spec.Cache{StandbyNone: true, Replicas: 1}, []string{"replicas"}},
		"backups":  {spec.Cache{BackupsDisabled: true, BackupRetentionDays: 1}, []string{"backupRetentionDays"}},
		"windows":  {spec.Cache{BackupWindow: "05:30"}, []string{"maintenanceWindow"}},
		"all at once": {
			spec.Cache{Engine: "x", Replicas: 9, LogRetentionDays: -1}, []string{"engine", "replicas", "logRetentionDays"},
		},
	}
}

// growth adds replicas and shards, which changes how many there are and nothing else.
func (d CacheDriver) growth(t require.TestingT) {
	for name, pair := range map[string][2]spec.Cache{
		"replicas":           {{Replicas: 1}, {Replicas: 3}},
		"shards":             {{Shards: 1}, {Shards: 5}},
		"replicas of shards": {{Shards: 2, Replicas: 1}, {Shards: 2, Replicas: 2}},
		"most shards":        {{Shards: 2, MaxShards: 3, MaxReplicas: 3}, {Shards: 3, MaxShards: 9, MaxReplicas: 5}},
	} {
		before, after := d.run(t, pair[0]), d.run(t, pair[1])
		assert.Equal(t, before.URNs(), after.URNs(), "%s: the same resources", name)
		grown := after.ByURN()
		for _, old := range before.Resources {
			inputs := old.Inputs.Copy()
			for key, value := range grown[old.URN].Inputs {
				if slices.Contains(d.Resized, old.Type+"."+string(key)) {
					inputs[key] = value
				}
			}
			assert.Equal(t, inputs, grown[old.URN].Inputs, "%s: %s", name, old.URN)
		}
	}
}
