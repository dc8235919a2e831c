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
		Engine: CacheValkey, Use: CacheCopies, Replicas: 2, BackupRetentionDays: 7, BackupWindow: "03:00",
		MaintenanceWindow: "sun:05:00", SlowMicroseconds: 10_000, LogRetentionDays: 365,
	}, full)
	assert.Equal(t, full, full.WithDefaults(), "defaults of defaults are the same")
	weak := Cache{StandbyNone: true, BackupsDisabled: true}.WithDefaults()
	assert.Zero(t, weak.Replicas)
	assert.Zero(t, weak.BackupRetentionDays)
	require.NoError(t, Cache{}.Validate())
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
