package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RedshiftSnapshotsKept wants a week of snapshots of warehouses.
var RedshiftSnapshotsKept = policy.Policy{
	ID:          "aws-redshift-snapshots-kept",
	Title:       "Data warehouses must keep automated snapshots for a week.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "Wrong loads are noticed days later. The default keeps one day of snapshots, and 0 keeps none.",
	Remediation: "Set automatedSnapshotRetentionPeriod to 7 or more.",
	Controls:    frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13"}.List(),
	Tags:        []string{"reliability", "backup"},
	Peers:       []string{"AWS Config REDSHIFT_BACKUP_ENABLED", "Security Hub Redshift.3"},
	Bad: []policy.Example{
		{Name: "reports", Type: redshiftClusterType, Properties: props{
			"clusterIdentifier": "reports", "nodeType": "ra3.large",
		}},
	},
	Good: []policy.Example{
		{Name: "reports", Type: redshiftClusterType, Properties: props{
			"clusterIdentifier": "reports", "nodeType": "ra3.large", "automatedSnapshotRetentionPeriod": 7,
		}},
	},
	Rules: []policy.Rule{
		policy.On(redshiftClusterType, checkRedshiftSnapshotsKept),
		policy.OnRemediate(redshiftClusterType, mendRedshiftSnapshotsKept),
	},
}

type snapshotWarehouse struct {
	Days policy.Value[int] `pulumi:"automatedSnapshotRetentionPeriod"`
}

func checkRedshiftSnapshotsKept(r *policy.Report, v snapshotWarehouse) {
	if v.Days.Or(1) < 7 {
		r.Fail("It keeps %d days.", v.Days.Or(1))
	}
}

func mendRedshiftSnapshotsKept(r *policy.Remediation, v snapshotWarehouse) {
	if v.Days.Or(1) < 7 {
		r.Set("automatedSnapshotRetentionPeriod", 7)
	}
}
