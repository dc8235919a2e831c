package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EBSVolumeEncrypted wants volumes to be encrypted at rest. It does not rely on the default of the account, which the
// stack does not show.
var EBSVolumeEncrypted = policy.Policy{
	ID:       "aws-ebs-volume-encrypted",
	Title:    "Volumes must be encrypted at rest.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Whoever gets hold of a snapshot or a copy of a disk reads all that is not encrypted; snapshots " +
		"are shared by a single call.",
	Remediation: "Set encrypted to true, and kmsKeyId for a key of your own. This replaces the volume: take a " +
		"snapshot of it first and restore from that.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24", CISAWS: "5.1.1"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers:    []string{"Checkov CKV_AWS_3", "Trivy AWS-0026", "AWS Config ENCRYPTED_VOLUMES", "Security Hub EC2.3"},
	Bad: []policy.Example{
		{Name: "data", Type: volumeType, Properties: props{
			"availabilityZone": "eu-west-1a", "size": 20, "encrypted": false,
		}},
	},
	Good: []policy.Example{
		{Name: "data", Type: volumeType, Properties: props{
			"availabilityZone": "eu-west-1a", "size": 20, "encrypted": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(volumeType, checkEncryptedVolume),
		policy.OnRemediate(volumeType, mendEncryptedVolume),
	},
}

// encryptedVolume is encrypted as its snapshot is, if it is made of one (Amazon EBS User Guide, "Amazon EBS encryption").
type encryptedVolume struct {
	Encrypted policy.Value[bool]   `pulumi:"encrypted"`
	Snapshot  policy.Value[string] `pulumi:"snapshotId"`
}

func checkEncryptedVolume(r *policy.Report, v encryptedVolume) {
	if v.Snapshot.Present() && !v.Encrypted.Present() {
		r.NotApplicable("It is encrypted if its snapshot is")
	}
	if !v.Encrypted.Or(false) {
		r.Fail("It stores its data in the clear.")
	}
}

func mendEncryptedVolume(r *policy.Remediation, v encryptedVolume) {
	if !v.Snapshot.Present() && !v.Encrypted.Or(false) {
		r.Set("encrypted", true)
	}
}
