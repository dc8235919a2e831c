package monitoring

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// natAlarms are the alarms on a NAT gateway.
func natAlarms(name string, id pulumi.StringInput) []alarm {
	return []alarm{{
		kind: "nat-ports", target: name, severity: spec.Critical,
		means: "Connections to the internet fail: the NAT gateway has no port left for a destination. Look for clients that " +
			"open many connections to one address, or give the gateway more addresses.",
		watched: one(natPorts, pulumi.StringMap{dimNAT: id}),
		compare: above, threshold: 0, period: 60, periods: 5, points: 3, silence: silenceIsGood,
	}}
}

// vaultAlarms are the alarms on a backup vault.
func vaultAlarms(name string, vault pulumi.StringInput) []alarm {
	const hour, day = 3600, 86400
	d := pulumi.StringMap{dimVault: vault}
	return []alarm{
		{
			kind: "backup-failed", target: name, severity: spec.Warning,
			means:   "A backup failed. Look at the job's message, and start it again.",
			watched: one(backupsFailed, d),
			compare: above, threshold: 0, period: hour, periods: 1, points: 1, silence: silenceIsGood,
		},
		{
			kind: "backup-none", target: name, severity: spec.Warning,
			means:   "No backup was completed for two days. Look at whether the plan is there and still selects anything.",
			watched: one(backupsCompleted, d),
			compare: below, threshold: 1, period: day, periods: 2, points: 2, silence: silenceIsBad,
		},
	}
}
