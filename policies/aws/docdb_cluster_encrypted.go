package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DocDBClusterEncrypted wants clusters of DocumentDB to be encrypted.
var DocDBClusterEncrypted = policy.Policy{
	ID:          "aws-docdb-cluster-encrypted",
	Title:       "DocumentDB clusters must be encrypted at rest.",
	Severity:    policy.High,
	Level:       policy.Mandatory,
	Rationale:   "Whoever gets hold of a disk, or of a snapshot of it, reads all that is not encrypted. It cannot be turned on later.",
	Remediation: "Set storageEncrypted to true. This replaces the cluster: restore a snapshot with encryption instead.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption"},
	Peers:       []string{"Checkov CKV_AWS_74", "Trivy AWS-0021", "AWS Config DOCDB_CLUSTER_ENCRYPTED", "Security Hub DocumentDB.1"},
	Bad:         []policy.Example{{Name: "catalogue", Type: docdbClusterType}},
	Good:        []policy.Example{{Name: "catalogue", Type: docdbClusterType, Properties: props{"storageEncrypted": true}}},
	Rules: []policy.Rule{
		policy.On(docdbClusterType, checkStoredCluster),
		policy.OnRemediate(docdbClusterType, mendStoredCluster),
	},
}

// storedCluster is a cluster of DocumentDB or Neptune. What is restored from a snapshot is encrypted as that is.
type storedCluster struct {
	Encrypted policy.Value[bool]   `pulumi:"storageEncrypted"`
	Snapshot  policy.Value[string] `pulumi:"snapshotIdentifier"`
}

func (c storedCluster) clear() bool {
	return policy.AllOf(
		func() bool { return !c.Encrypted.Or(false) },
		func() bool { return !c.Snapshot.Present() },
	)
}

func checkStoredCluster(r *policy.Report, c storedCluster) {
	if c.clear() {
		r.Fail("It stores its data in the clear.")
	}
}

func mendStoredCluster(r *policy.Remediation, c storedCluster) {
	if c.clear() {
		r.Set("storageEncrypted", true)
	}
}
