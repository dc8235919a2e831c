package spec

import (
	"maps"
	"regexp"
	"slices"
)

// Standby says what takes over from a database's server when that, or the zone it is in, is lost.
type Standby string

// The kinds of standby.
const (
	// StandbyZone keeps a copy in another zone that takes over by itself and without losing a transaction. The default.
	StandbyZone Standby = "zone"
	// StandbyReadable keeps two copies in two other zones, which can be read from while they wait.
	StandbyReadable Standby = "readable"
	// StandbyNone keeps no copy: losing the server is an outage until it is restored, losing its zone a longer one.
	StandbyNone Standby = "none"
)

// The limits of a database that hold on every cloud.
const (
	minVersion, maxVersion         = 14, 18 // see Database.Version
	minBackupDays, maxBackupDays   = 1, 35  // 35 is the most of AWS and of Azure
	minStorageGiB, maxStorageGiB   = 20, 65536
	maxReplicas                    = 15
	defaultBackupDays              = 30
	defaultStorageGiB              = 100
	growth                         = 10 // times the storage
	defaultSlowMilliseconds        = 1000
	maxSlowMilliseconds            = 3600_000
	databaseBackup, databaseUpkeep = "22:00", "sun:06:00" // clear of the rules of Backup, in UTC
	defaultDatabase, defaultDBUser = "app", "dbadmin"
	defaultVersion                 = 17
)

// Database describes a PostgreSQL database that only its clients in the network can reach, over TLS alone. The zero
// value is a production database: a standby in another zone, backups for 30 days to the second, protected from
// deletion.
type Database struct {
	// Version is the major version of PostgreSQL, 14 to 18. Default 17, which its community maintains until 8 November
	// 2029; 14 is no longer, since 12 November 2026 (postgresql.org, "Versioning Policy"), and RDS charges for it as
	// extended support from March 2027 on (RDS, "PostgreSQL release calendar"). The cloud chooses the minor version and
	// keeps it current; one cannot be pinned, because the next automatic upgrade would contradict it.
	Version int `pulumi:"version"`
	// Class is the size of the servers, as the cloud calls it. Default: 2 processors and 8 GiB of memory; each cloud
	// documents its own.
	Class string `pulumi:"class"`
	// Standby says what takes over when the server or its zone is lost. Default StandbyZone.
	Standby Standby `pulumi:"standby"`
	// Replicas are further copies to read from, by names that stay when others come and go: a letter, then letters and
	// digits, in lower case. At most 15. Default none.
	Replicas map[string]DatabaseReplica `pulumi:"replicas"`
	// StorageGiB is the storage to begin with, 20 to 65536 GiB. Default 100.
	StorageGiB int `pulumi:"storageGib"`
	// MaxStorageGiB is how far the storage may grow by itself, up to 65536 GiB; the same as StorageGiB lets it not grow.
	// Default: ten times StorageGiB.
	MaxStorageGiB int `pulumi:"maxStorageGib"`
	// Name is the name of the first database: a letter, then letters, digits and underscores, up to 63. Default "app". It
	// cannot be changed later without replacing the server.
	Name string `pulumi:"name"`
	// AdminUser is the name of the first user, as Name is written. Default "dbadmin". It cannot be changed later either.
	AdminUser string `pulumi:"adminUser"`
	// BackupRetentionDays is how many days back the database can be restored, to any second of them, 1 to 35. Default 30.
	BackupRetentionDays int `pulumi:"backupRetentionDays"`
	// BackupWindow is when the daily backup begins, in UTC. It lasts an hour. A vault's backup of the database must not
	// start in either window, nor in the hour before: see Timetable.Meets. Default "22:00".
	BackupWindow string `pulumi:"backupWindow"`
	// MaintenanceWindow is when changes that need a restart may begin, in UTC. It lasts an hour. Default "sun:06:00";
	// replicas come a day before, so that a patch that goes wrong does so on a copy.
	MaintenanceWindow string `pulumi:"maintenanceWindow"`
	// SlowMilliseconds is how long a statement takes at least to be logged, 1 to 3600000 ms. Default 1000.
	SlowMilliseconds int `pulumi:"slowMilliseconds"`
	// LogRetentionDays is how many days logs are kept, 1 to 3653. Default 365.
	LogRetentionDays int `pulumi:"logRetentionDays"`
	// Parameters are settings of PostgreSQL, by their names, over those that the component chooses. Default none.
	Parameters map[string]string `pulumi:"parameters"`
	// Notifications says who hears of failovers, failures, full storage and maintenance.
	Notifications Notifications `pulumi:"notifications"`
	// DeletionAllowed lets the database be deleted, as by destroying the stack. Default false.
	DeletionAllowed bool `pulumi:"deletionAllowed"`
	// FinalBackupSkipped deletes the database without a last backup. Default false.
	FinalBackupSkipped bool `pulumi:"finalBackupSkipped"`
	// MinorUpgradesDisabled leaves known faults unrepaired until somebody upgrades by hand. Default false.
	MinorUpgradesDisabled bool `pulumi:"minorUpgradesDisabled"`
	// MajorUpgradeAllowed lets a higher Version upgrade the database, an outage of minutes that cannot be undone. Default
	// false: the cloud then refuses the change.
	MajorUpgradeAllowed bool `pulumi:"majorUpgradeAllowed"`
	// ApplyImmediately makes changes at once in place of waiting for MaintenanceWindow, with a restart if they need one.
	// Default false.
	ApplyImmediately bool `pulumi:"applyImmediately"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// DatabaseReplica is a copy to read from. It follows the database by moments and does not take over from it.
type DatabaseReplica struct {
	// Class is the size of its server. Default: that of the database.
	Class string `pulumi:"class"`
}

var (
	identifier  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,62}$`)
	replicaName = regexp.MustCompile(`^[a-z][a-z0-9]{0,15}$`)
	setting     = regexp.MustCompile(`^[a-z][a-z0-9_.]*$`)
)

// reservedUsers are names that at least one cloud refuses, or that PostgreSQL keeps for itself.
var reservedUsers = []string{
	"admin", "administrator", "azure_pg_admin", "azure_superuser", "cloudsqladmin", "cloudsqlsuperuser", "doadmin", "guest",
	"postgres", "public", "rdsadmin", "replication", "root",
}

// WithDefaults returns a copy with every unset field at its default.
func (d Database) WithDefaults() Database {
	setDefault(&d.Version, defaultVersion)
	setDefault(&d.Standby, StandbyZone)
	setDefault(&d.StorageGiB, defaultStorageGiB)
	setDefault(&d.MaxStorageGiB, min(growth*d.StorageGiB, maxStorageGiB))
	setDefault(&d.Name, defaultDatabase)
	setDefault(&d.AdminUser, defaultDBUser)
	setDefault(&d.BackupRetentionDays, defaultBackupDays)
	setDefault(&d.BackupWindow, databaseBackup)
	setDefault(&d.MaintenanceWindow, databaseUpkeep)
	setDefault(&d.SlowMilliseconds, defaultSlowMilliseconds)
	setDefault(&d.LogRetentionDays, defaultRetentionDays)
	d.Replicas = maps.Clone(d.Replicas)
	for name, replica := range d.Replicas {
		setDefault(&replica.Class, d.Class)
		d.Replicas[name] = replica
	}
	d.Parameters = maps.Clone(d.Parameters)
	d.Notifications.Emails = maps.Clone(d.Notifications.Emails)
	d.Tags = maps.Clone(d.Tags)
	return d
}

// Validate reports everything wrong with the database as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (d Database) Validate() error {
	var ps Problems
	full := d.WithDefaults()
	checkRange(&ps, "version", full.Version, minVersion, maxVersion, "")
	checkChoice(&ps, "standby", "a kind of standby", full.Standby, StandbyZone, StandbyReadable, StandbyNone)
	full.checkReplicas(&ps)
	full.checkStorage(&ps)
	full.checkNames(&ps)
	checkRange(&ps, "backupRetentionDays", full.BackupRetentionDays, minBackupDays, maxBackupDays, " days")
	checkWindows(&ps, "backupWindow", full.BackupWindow, "maintenanceWindow", full.MaintenanceWindow)
	checkRange(&ps, "slowMilliseconds", full.SlowMilliseconds, 1, maxSlowMilliseconds, " ms")
	checkRange(&ps, "logRetentionDays", full.LogRetentionDays, 1, maxRetentionDays, " days")
	for _, name := range slices.Sorted(maps.Keys(full.Parameters)) {
		if !setting.MatchString(name) {
			ps.Add("parameters."+name, nil, "is not the name of a setting of PostgreSQL; use for example work_mem")
		}
	}
	full.Notifications.check(&ps, "notifications")
	return ps.Err()
}

func (d Database) checkReplicas(ps *Problems) {
	if len(d.Replicas) > maxReplicas {
		ps.Add("replicas", len(d.Replicas), "are too many; use at most %d", maxReplicas)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Replicas)) {
		if !replicaName.MatchString(name) {
			ps.Add("replicas."+name, nil, "is not a name for a replica; use a letter, then up to 15 letters and digits, in lower case")
		}
	}
}

func (d Database) checkStorage(ps *Problems) {
	checkRange(ps, "storageGib", d.StorageGiB, minStorageGiB, maxStorageGiB, " GiB")
	switch {
	case d.MaxStorageGiB > maxStorageGiB:
		ps.Add("maxStorageGib", d.MaxStorageGiB, "is out of range; use at most %d GiB", maxStorageGiB)
	case d.MaxStorageGiB < d.StorageGiB:
		ps.Add("maxStorageGib", d.MaxStorageGiB, "is less than storageGib %d; use that or more", d.StorageGiB)
	}
}

func (d Database) checkNames(ps *Problems) {
	if !identifier.MatchString(d.Name) {
		ps.Add("name", d.Name, "is not a name for a database; use a letter, then up to 62 letters, digits and underscores")
	}
	switch {
	case !identifier.MatchString(d.AdminUser):
		ps.Add("adminUser", d.AdminUser, "is not a name for a user; use a letter, then up to 62 letters, digits and underscores")
	case slices.Contains(reservedUsers, d.AdminUser):
		ps.Add("adminUser", d.AdminUser, "is reserved; use another name, for example %s", defaultDBUser)
	}
}
