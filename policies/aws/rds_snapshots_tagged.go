package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSSnapshotsTagged wants snapshots to be told apart.
var RDSSnapshotsTagged = policy.Policy{
	ID:       "aws-rds-snapshots-tagged",
	Title:    "Snapshots of databases must take over their tags.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Tags say who owns data, who may restore it and when it goes. A snapshot without them is kept " +
		"forever or deleted too early.",
	Remediation: "Set copyTagsToSnapshot to true.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 C1.1", ISO27001: "A.5.9 A.8.13"}.List(),
	Tags:        []string{"reliability", "backup"},
	Peers:       []string{"Security Hub RDS.16", "Security Hub RDS.17"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres",
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "copyTagsToSnapshot": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkRDSSnapshotsTagged),
		policy.On(rdsClusterType, checkRDSSnapshotsTagged),
		policy.OnRemediate(rdsInstanceType, mendRDSSnapshotsTagged),
		policy.OnRemediate(rdsClusterType, mendRDSSnapshotsTagged),
	},
}

type taggedSnapshots struct {
	Copied policy.Value[bool] `pulumi:"copyTagsToSnapshot"`
}

func checkRDSSnapshotsTagged(r *policy.Report, v taggedSnapshots) {
	if !v.Copied.Or(false) {
		r.Fail("Its snapshots have no tags.")
	}
}

func mendRDSSnapshotsTagged(r *policy.Remediation, v taggedSnapshots) {
	if !v.Copied.Or(false) {
		r.Set("copyTagsToSnapshot", true)
	}
}
