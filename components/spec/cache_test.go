package spec

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCacheDefaults(t *testing.T) {
	t.Parallel()
	full := Cache{}.WithDefaults()
	assert.Equal(t, Cache{
		Engine: CacheValkey, Use: CacheCopies, Replicas: 2, MaxReplicas: 2, BackupRetentionDays: 7, BackupWindow: "03:00",
		MaintenanceWindow: "sun:05:00", SlowMicroseconds: 10_000, LogRetentionDays: 365,
	}, full)
	assert.Equal(t, full, full.WithDefaults(), "defaults of defaults are the same")
	weak := Cache{StandbyNone: true, BackupsDisabled: true}.WithDefaults()
	assert.Zero(t, weak.Replicas)
	assert.Zero(t, weak.BackupRetentionDays)
	assert.Equal(t, 4, Cache{Shards: 4}.WithDefaults().MaxShards, "it stays as it is")
	require.NoError(t, Cache{}.Validate())
	require.NoError(t, Cache{Shards: 1, MaxShards: 90, Replicas: 1, MaxReplicas: 5}.Validate())
	require.NoError(t, Cache{StandbyNone: true, BackupsDisabled: true, Shards: 90}.Validate())
}

func TestCacheProblems(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Cache{
		"engine: \"valky\" is not an engine; did you mean valkey? (use redis or valkey)":    {Engine: "valky"},
		"use: \"x\" is not a use; use copies or state":                                      {Use: "x"},
		"replicas: 6 is out of range; use 1 to 5":                                           {Replicas: 6},
		"replicas: 1 contradicts standbyNone; remove one of the two":                        {Replicas: 1, StandbyNone: true},
		"shards: 91 is out of range; use 0 to 90":                                           {Shards: 91},
		"maxReplicas: 6 is out of range; use 1 to 5":                                        {MaxReplicas: 6},
		"maxReplicas: 1 is less than replicas 2; use that or more":                          {MaxReplicas: 1},
		"maxReplicas: 1 contradicts standbyNone; remove one of the two":                     {MaxReplicas: 1, StandbyNone: true},
		"maxShards: 91 is out of range; use 0 to 90":                                        {Shards: 3, MaxShards: 91},
		"maxShards: 2 is less than shards 3; use that or more":                              {Shards: 3, MaxShards: 2},
		"maxShards: 3 has no effect without shards to begin with; give shards, 1 or more":   {MaxShards: 3},
		"backupRetentionDays: 36 is out of range; use 1 to 35 days":                         {BackupRetentionDays: 36},
		"backupRetentionDays: 1 has no effect while backups are off; remove one of the two": {BackupRetentionDays: 1, BackupsDisabled: true},
		"maintenanceWindow: \"mon:03:30\" overlaps backupWindow 03:00; each lasts an hour":  {MaintenanceWindow: "mon:03:30"},
		"slowMicroseconds: -1 is out of range; use 1 to 60000000 µs":                        {SlowMicroseconds: -1},
		"logRetentionDays: -1 is out of range; use 1 to 3653 days":                          {LogRetentionDays: -1},
	} {
		err := c.Validate()
		require.Error(t, err, want)
		assert.Equal(t, want, err.Error())
	}
}
