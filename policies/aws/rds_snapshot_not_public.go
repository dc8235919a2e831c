package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSSnapshotNotPublic refuses to share snapshots of databases with everybody.
var RDSSnapshotNotPublic = policy.Policy{
	ID:       "aws-rds-snapshot-not-public",
	Title:    "Snapshots of databases must not be public.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A public snapshot is the whole database, for everybody with an account of AWS to restore. They are found by " +
		"search within hours.",
	Remediation: "Put the ids of the accounts that are meant into sharedAccounts.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers:       []string{"Checkov CKV_AWS_302", "AWS Config RDS_SNAPSHOTS_PUBLIC_PROHIBITED", "Security Hub RDS.1"},
	Bad: []policy.Example{
		{Name: "release", Type: rdsSnapshotType, Properties: props{
			"dbInstanceIdentifier": "orders", "dbSnapshotIdentifier": "release", "sharedAccounts": []any{"all"},
		}},
	},
	Good: []policy.Example{
		{Name: "release", Type: rdsSnapshotType, Properties: props{
			"dbInstanceIdentifier": "orders", "dbSnapshotIdentifier": "release", "sharedAccounts": []any{"123456789012"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsSnapshotType, checkSharedSnapshot),
		policy.On(rdsClusterSnapshotType, checkSharedSnapshot),
		policy.OnRemediate(rdsSnapshotType, mendSharedSnapshot),
		policy.OnRemediate(rdsClusterSnapshotType, mendSharedSnapshot),
	},
}

type sharedSnapshot struct {
	Accounts policy.List[string] `pulumi:"sharedAccounts"`
}

const everyAccount = "all"

func (s sharedSnapshot) public() bool {
	return s.Accounts.Any(func(account string) bool { return account == everyAccount })
}

func checkSharedSnapshot(r *policy.Report, s sharedSnapshot) {
	if s.public() {
		r.Fail("It is shared with everybody.")
	}
}

// mendSharedSnapshot leaves the accounts that are named.
func mendSharedSnapshot(r *policy.Remediation, s sharedSnapshot) {
	if s.public() {
		r.Set("sharedAccounts", slices.DeleteFunc(slices.Clone(s.Accounts.Get()), func(account string) bool { return account == everyAccount }))
	}
}
