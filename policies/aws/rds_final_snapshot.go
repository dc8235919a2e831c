package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSFinalSnapshot wants databases to leave a snapshot behind when they are deleted.
var RDSFinalSnapshot = policy.Policy{
	ID:       "aws-rds-final-snapshot",
	Title:    "Databases must leave a final snapshot.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Deleted without a snapshot, a database is gone with its automated backups: one mistaken destroy " +
		"ends it.",
	Remediation: "Leave skipFinalSnapshot at false and set finalSnapshotIdentifier.",
	Controls:    frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13"}.List(),
	Tags:        []string{"reliability", "backup"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "finalSnapshotIdentifier": "orders-final",
			"skipFinalSnapshot": true,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "finalSnapshotIdentifier": "orders-final",
			"skipFinalSnapshot": false,
		}},
		{Name: "orders2", Type: rdsClusterType, Properties: props{
			"engine": "aurora-postgresql", "finalSnapshotIdentifier": "orders-final", "skipFinalSnapshot": false,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, func(r *policy.Report, v snapshotInstance) {
			if v.skips() {
				r.Fail(noSnapshot)
			}
		}),
		policy.On(rdsClusterType, func(r *policy.Report, v snapshotDatabase) {
			if v.skips() {
				r.Fail(noSnapshot)
			}
		}),
		policy.OnRemediate(rdsInstanceType, func(r *policy.Remediation, v snapshotInstance) {
			if v.skips() {
				r.Set("skipFinalSnapshot", false)
			}
		}),
		policy.OnRemediate(rdsClusterType, func(r *policy.Remediation, v snapshotDatabase) {
			if v.skips() {
				r.Set("skipFinalSnapshot", false)
			}
		}),
	},
}

const noSnapshot = "It leaves no snapshot when it is deleted."

type snapshotDatabase struct {
	Skips policy.Value[bool] `pulumi:"skipFinalSnapshot"`
}

func (d snapshotDatabase) skips() bool { return d.Skips.Or(false) }

type snapshotInstance struct {
	Source policy.Value[string] `pulumi:"replicateSourceDb"`
	snapshotDatabase
}

// skips leaves out replicas, of which RDS makes none: they have to skip it (DeleteDBInstance in the Amazon RDS API Reference).
func (i snapshotInstance) skips() bool {
	return policy.AllOf(i.snapshotDatabase.skips, func() bool { return !i.Source.Present() })
}
