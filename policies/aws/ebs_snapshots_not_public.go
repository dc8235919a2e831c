package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EBSSnapshotsNotPublic refuses to switch off the account's block of public snapshots.
var EBSSnapshotsNotPublic = policy.Policy{
	ID:       "aws-ebs-snapshots-not-public",
	Title:    "The block of public snapshots must stay on.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A snapshot that is shared with everybody is a disk for everybody to copy. The block makes that impossible in a " +
		"region, for whoever clicks on the wrong button.",
	Remediation: "Set state to block-all-sharing.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers:       []string{"AWS Config EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK", "Security Hub EC2.1"},
	Bad: []policy.Example{
		{Name: "block", Type: snapshotBlockType, Properties: props{"state": "unblocked"}},
	},
	Good: []policy.Example{
		{Name: "block", Type: snapshotBlockType, Properties: props{"state": "block-all-sharing"}},
	},
	Rules: []policy.Rule{
		policy.On(snapshotBlockType, func(r *policy.Report, b sharingBlock) {
			if b.State.Get() == "unblocked" {
				r.Fail("It lets snapshots be shared with everybody.")
			}
		}),
		policy.OnRemediate(snapshotBlockType, func(r *policy.Remediation, b sharingBlock) {
			if b.State.Get() == "unblocked" {
				r.Set("state", "block-all-sharing")
			}
		}),
	},
}
