package spec

import (
	"maps"
	"slices"
)

// CacheEngine is the software of a cache. All speak the protocol of Redis.
type CacheEngine string

// The engines.
const (
	// CacheValkey is Valkey, which is free software. The default.
	CacheValkey CacheEngine = "valkey"
	// CacheRedis is Redis, in the last version that its cloud offers of it.
	CacheRedis CacheEngine = "redis"
)

// CacheUse says what a cache holds, and so what it does when its memory is full.
type CacheUse string

// The uses.
const (
	// CacheCopies holds copies of what is kept elsewhere; the least recently used make room for new ones. The default.
	CacheCopies CacheUse = "copies"
	// CacheState holds what is kept nowhere else, like sessions or queues: nothing makes room, a full cache refuses
	// writes.
	CacheState CacheUse = "state"
)

// The limits of a cache that hold on every cloud.
const (
	maxCacheReplicas    = 5
	maxShards           = 90 // what AWS offers without asking; others offer more
	defaultReplicas     = 2  // one in each of the other two zones of three
	defaultCacheBackups = 7
	defaultSlowMicros   = 10_000
	maxSlowMicros       = 60_000_000

	cacheBackup, cacheUpkeep = "03:00", "sun:05:00"
)

// Cache describes a cache in memory that only its clients in the network can reach, over TLS and signed in alone. The
// zero value is a production cache: a copy in each of two other zones that take over by themselves, and daily backups.
type Cache struct {
	// Engine is the software. Default CacheValkey.
	Engine CacheEngine `pulumi:"engine"`
	// Use says what the cache holds. Default CacheCopies.
	Use CacheUse `pulumi:"use"`
	// Class is the size of the nodes, as the cloud calls it. Default: 2 processors and about 6 GiB of memory; each cloud
	// documents its own.
	Class string `pulumi:"class"`
	// Replicas is how many copies of each shard there are in other zones, 1 to 5. Default 2.
	Replicas int `pulumi:"replicas"`
	// MaxReplicas is to how many copies the cache may grow by itself while reading keeps them busy, up to 5; it shrinks
	// back to Replicas. Default: Replicas, and it stays as it is.
	MaxReplicas int `pulumi:"maxReplicas"`
	// StandbyNone keeps no copy: losing a node loses its share of the data, and is an outage until a new one runs.
	// Default false.
	StandbyNone bool `pulumi:"standbyNone"`
	// Shards divides the data among so many nodes, each with its replicas, 1 to 90; clients must know the protocol of
	// Redis Cluster. Default 0: all data is on one node, for every client. Going from 0 to a number needs another cache.
	Shards int `pulumi:"shards"`
	// MaxShards is to how many shards the cache may grow by itself while the load needs them, up to 90; it shrinks back to
	// Shards. Default: Shards, and it stays as it is.
	MaxShards int `pulumi:"maxShards"`
	// BackupRetentionDays is how many days daily backups are kept, 1 to 35. Default 7.
	BackupRetentionDays int `pulumi:"backupRetentionDays"`
	// BackupsDisabled keeps no backups. Default false.
	BackupsDisabled bool `pulumi:"backupsDisabled"`
	// FinalBackupSkipped deletes the cache without a last backup. Default false.
	FinalBackupSkipped bool `pulumi:"finalBackupSkipped"`
	// BackupWindow is when the daily backup begins, in UTC. It lasts an hour. Default "03:00".
	BackupWindow string `pulumi:"backupWindow"`
	// MaintenanceWindow is when changes that need a restart may begin, in UTC. It lasts an hour. Default "sun:05:00".
	MaintenanceWindow string `pulumi:"maintenanceWindow"`
	// SlowMicroseconds is how long a command takes at least to be logged, 1 to 60000000 µs. Default 10000.
	SlowMicroseconds int `pulumi:"slowMicroseconds"`
	// LogRetentionDays is how many days logs are kept, 1 to 3653. Default 365.
	LogRetentionDays int `pulumi:"logRetentionDays"`
	// Parameters are settings of the engine, by their names, over those that the component chooses. Default none.
	Parameters map[string]string `pulumi:"parameters"`
	// MinorUpgradesDisabled leaves known faults unrepaired until somebody upgrades by hand. Default false.
	MinorUpgradesDisabled bool `pulumi:"minorUpgradesDisabled"`
	// ApplyImmediately makes changes at once in place of waiting for MaintenanceWindow. Default false.
	ApplyImmediately bool `pulumi:"applyImmediately"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// WithDefaults returns a copy with every unset field at its default.
func (c Cache) WithDefaults() Cache {
	setDefault(&c.Engine, CacheValkey)
	setDefault(&c.Use, CacheCopies)
	if !c.StandbyNone {
		setDefault(&c.Replicas, defaultReplicas)
	}
	setDefault(&c.MaxReplicas, c.Replicas)
	setDefault(&c.MaxShards, c.Shards)
	if !c.BackupsDisabled {
		setDefault(&c.BackupRetentionDays, defaultCacheBackups)
	}
	setDefault(&c.BackupWindow, cacheBackup)
	setDefault(&c.MaintenanceWindow, cacheUpkeep)
	setDefault(&c.SlowMicroseconds, defaultSlowMicros)
	setDefault(&c.LogRetentionDays, defaultRetentionDays)
	c.Parameters = maps.Clone(c.Parameters)
	c.Tags = maps.Clone(c.Tags)
	return c
}

// Validate reports everything wrong with the cache as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (c Cache) Validate() error {
	var ps Problems
	d := c.WithDefaults()
	checkChoice(&ps, "engine", "an engine", d.Engine, CacheValkey, CacheRedis)
	checkChoice(&ps, "use", "a use", d.Use, CacheCopies, CacheState)
	d.checkSize(&ps)
	if c.BackupsDisabled {
		if c.BackupRetentionDays != 0 {
			ps.Add("backupRetentionDays", c.BackupRetentionDays, "has no effect while backups are off; remove one of the two")
		}
	} else {
		checkRange(&ps, "backupRetentionDays", d.BackupRetentionDays, minBackupDays, maxBackupDays, " days")
	}
	checkWindows(&ps, "backupWindow", d.BackupWindow, "maintenanceWindow", d.MaintenanceWindow)
	checkRange(&ps, "slowMicroseconds", d.SlowMicroseconds, 1, maxSlowMicros, " µs")
	checkRange(&ps, "logRetentionDays", d.LogRetentionDays, 1, maxRetentionDays, " days")
	return ps.Err()
}

// checkSize reports what is wrong with how many nodes there are and may be.
func (c Cache) checkSize(ps *Problems) {
	switch {
	case !c.StandbyNone:
		checkGrowth(ps, "replicas", c.Replicas, "maxReplicas", c.MaxReplicas, 1, maxCacheReplicas)
	case c.Replicas != 0:
		ps.Add("replicas", c.Replicas, "contradicts standbyNone; remove one of the two")
	case c.MaxReplicas != 0:
		ps.Add("maxReplicas", c.MaxReplicas, "contradicts standbyNone; remove one of the two")
	}
	if c.Shards == 0 && c.MaxShards != 0 {
		ps.Add("maxShards", c.MaxShards, "has no effect without shards to begin with; give shards, 1 or more")
		return
	}
	checkGrowth(ps, "shards", c.Shards, "maxShards", c.MaxShards, 0, maxShards)
}

// checkGrowth reports a size, or what it may grow to, that is out of range, and growth to less.
func checkGrowth(ps *Problems, field string, size int, mostField string, most, low, high int) {
	checkRange(ps, field, size, low, high, "")
	switch {
	case size < low || size > high || most == size:
	case most < size:
		ps.Add(mostField, most, "is less than %s %d; use that or more", field, size)
	default:
		checkRange(ps, mostField, most, low, high, "")
	}
}

// checkChoice reports a value that is none of the choices.
func checkChoice[T ~string](ps *Problems, field, noun string, value T, choices ...T) {
	if slices.Contains(choices, value) {
		return
	}
	names := make([]string, len(choices))
	for i, choice := range choices {
		names[i] = string(choice)
	}
	ps.Add(field, value, "is not %s; %s", noun, DidYouMean(string(value), names))
}
