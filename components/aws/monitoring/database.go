package monitoring

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

const (
	gib = 1 << 30
	mib = 1 << 20
)

// alarms are the alarms on a database. An instance reports every minute for as long as it runs.
func (d Database) alarms(name string) []alarm {
	on := pulumi.StringMap{dimDatabase: d.Identifier}
	all := []alarm{
		{
			kind: "database-cpu", target: name, severity: spec.Warning,
			means:   "The database is busy, or does not report any more. Look at Database Insights for the heaviest queries.",
			watched: one(databaseCPU, on),
			compare: above, threshold: 90, period: 300, periods: 3, points: 3, silence: silenceIsBad,
		},
		{
			kind: "database-memory", target: name, severity: spec.Warning,
			means:   "The database runs out of memory. Look at the number of connections, or take a larger class.",
			watched: one(databaseMemory, on),
			compare: below, threshold: 256 * mib, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
		{
			kind: "database-storage", target: name, severity: spec.Critical,
			means:   "The database's storage fills up; it stops when nothing is free. Look for replication slots, then add storage.",
			watched: one(databaseStorage, on),
			compare: below, threshold: float64(d.StorageGiB) * gib * 15 / 100,
			period: 300, periods: 2, points: 2, silence: silenceIsSilence,
		},
		{
			kind: "database-connections", target: name, severity: spec.Warning,
			means:   "The database nearly has all the connections that it takes. Look for clients that do not close theirs.",
			watched: one(databaseSessions, on),
			compare: above, threshold: float64(d.MaxConnections) * 80 / 100,
			period: 60, periods: 5, points: 3, silence: silenceIsSilence,
		},
	}
	for _, replica := range sorted(d.Replicas) {
		all = append(all, alarm{
			// Of a database that nobody writes to, a replica reports up to five minutes (RDS User Guide, "Monitoring read
			// replication", PostgreSQL): its log moves on that often by itself.
			kind: "database-lag", target: joined(name, replica), severity: spec.Warning,
			means:   "A read replica is behind, or does not replicate any more. Look for long transactions on it.",
			watched: one(databaseLag, pulumi.StringMap{dimDatabase: d.Replicas[replica]}),
			compare: above, threshold: 360, period: 60, periods: 5, points: 5, silence: silenceIsBad,
		})
	}
	if d.LogGroupName != nil {
		all = append(all, alarm{
			kind: "database-deadlocks", target: name, severity: spec.Warning,
			means:   "Transactions block each other. Look in the database's log for the statements, and at the order of their locks.",
			watched: one(Metric{Name: joined("database-deadlocks", name), Statistic: "Sum"}, nil),
			compare: above, threshold: 0, period: 300, periods: 1, points: 1, silence: silenceIsGood,
		})
	}
	return all
}
