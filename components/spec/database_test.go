package spec

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDatabaseDefaults(t *testing.T) {
	t.Parallel()
	d := Database{Class: "big", Replicas: map[string]DatabaseReplica{"a": {}, "b": {Class: "small"}}}
	full := d.WithDefaults()
	assert.Equal(t, Database{
		Version: 17, Class: "big", Standby: StandbyZone, StorageGiB: 100, MaxStorageGiB: 1000, Name: "app", AdminUser: "dbadmin",
		BackupRetentionDays: 30, BackupWindow: "22:00", MaintenanceWindow: "sun:06:00", SlowMilliseconds: 1000, LogRetentionDays: 365,
		Replicas: map[string]DatabaseReplica{"a": {Class: "big"}, "b": {Class: "small"}},
	}, full)
	assert.Equal(t, full, full.WithDefaults(), "defaults of defaults are the same")
	assert.Equal(t, DatabaseReplica{}, d.Replicas["a"], "the original is left alone")
	assert.Equal(t, 65536, Database{StorageGiB: 60000}.WithDefaults().MaxStorageGiB)
	require.NoError(t, Database{}.Validate())
}

func TestDatabaseProblems(t *testing.T) {
	t.Parallel()
	many := map[string]DatabaseReplica{}
	for c := 'a'; c <= 'p'; c++ {
		many[string(c)] = DatabaseReplica{}
	}
	for want, d := range map[string]Database{
		"version: 9 is out of range; use 14 to 18":                                                     {Version: 9},
		"standby: \"zones\" is not a kind of standby; did you mean zone? (use none, readable or zone)": {Standby: "zones"},
		"replicas: 16 are too many; use at most 15":                                                    {Replicas: many},
		"replicas.A-1: is not a name for a replica; use a letter, then up to 15 letters and digits, in lower case": {
			Replicas: map[string]DatabaseReplica{"A-1": {}},
		},
		"storageGib: 10 is out of range; use 20 to 65536 GiB":                                                      {StorageGiB: 10},
		"maxStorageGib: 50 is less than storageGib 100; use that or more":                                          {MaxStorageGiB: 50},
		"maxStorageGib: 70000 is out of range; use at most 65536 GiB":                                              {MaxStorageGiB: 70000},
		"name: \"1st\" is not a name for a database; use a letter, then up to 62 letters, digits and underscores":  {Name: "1st"},
		"adminUser: \"a b\" is not a name for a user; use a letter, then up to 62 letters, digits and underscores": {AdminUser: "a b"},
		"adminUser: \"postgres\" is reserved; use another name, for example dbadmin":                               {AdminUser: "postgres"},
		"backupRetentionDays: -1 is out of range; use 1 to 35 days":                                                {BackupRetentionDays: -1},
		"backupWindow: \"24:00\" is not a time of the day; use for example 03:00, in UTC":                          {BackupWindow: "24:00"},
		"maintenanceWindow: \"05:00\" is not a time of the week; use for example sun:05:00, in UTC":                {MaintenanceWindow: "05:00"},
		"slowMilliseconds: -1 is out of range; use 1 to 3600000 ms":                                                {SlowMilliseconds: -1},
		"logRetentionDays: 4000 is out of range; use 1 to 3653 days":                                               {LogRetentionDays: 4000},
		"parameters.work mem: is not the name of a setting of PostgreSQL; use for example work_mem":                {Parameters: map[string]string{"work mem": "1"}},
	} {
		err := d.Validate()
		require.Error(t, err, want)
		assert.Equal(t, want, err.Error())
	}
}

func TestWindowsOverlap(t *testing.T) {
	t.Parallel()
	for maintenance, want := range map[string]bool{
		"sun:02:00": false, "sun:02:01": true, "mon:03:00": true, "wed:03:59": true, "sun:04:00": false, "sat:05:00": false,
	} {
		assert.Equal(t, want, Database{BackupWindow: "03:00", MaintenanceWindow: maintenance}.Validate() != nil, maintenance)
	}
	for maintenance, want := range map[string]bool{
		"mon:00:00": true, "mon:00:29": true, "mon:00:30": false, "sun:23:00": true, "sun:22:30": false,
	} {
		assert.Equal(t, want, Database{BackupWindow: "23:30", MaintenanceWindow: maintenance}.Validate() != nil, maintenance)
	}
}
