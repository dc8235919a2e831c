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
		policy.On(rdsInstanceType, checkSnapshotDatabase),
		policy.On(rdsClusterType, checkSnapshotDatabase),
		policy.OnRemediate(rdsInstanceType, mendSnapshotDatabase),
		policy.OnRemediate(rdsClusterType, mendSnapshotDatabase),
	},
}

type snapshotDatabase struct {
	Skips policy.Value[bool] `pulumi:"skipFinalSnapshot"`
}

func checkSnapshotDatabase(r *policy.Report, v snapshotDatabase) {
	if v.Skips.Or(false) {
		r.Fail("It leaves no snapshot when it is deleted.")
	}
}

func mendSnapshotDatabase(r *policy.Remediation, v snapshotDatabase) {
	if v.Skips.Or(false) {
		r.Set("skipFinalSnapshot", false)
	}
}
