package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSStorageEncrypted wants databases of RDS and Aurora to be encrypted at rest.
var RDSStorageEncrypted = policy.Policy{
	ID:       "aws-rds-storage-encrypted",
	Title:    "Databases must be encrypted at rest.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A snapshot of a database that is not encrypted is all its data in the clear, for whoever may copy " +
		"or share it.",
	Remediation: "Set storageEncrypted to true, and kmsKeyId for a key of your own. This replaces the database: " +
		"restore an encrypted copy of a snapshot instead, and move over.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24", CISAWS: "2.2.1"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers: []string{
		"Checkov CKV_AWS_16", "Checkov CKV_AWS_96", "Trivy AWS-0079", "Trivy AWS-0080",
		"AWS Config RDS_STORAGE_ENCRYPTED", "AWS Config RDS_CLUSTER_ENCRYPTED_AT_REST", "Security Hub RDS.3",
		"Security Hub RDS.27",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "storageEncrypted": false,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "storageEncrypted": true,
		}},
		{Name: "orders2", Type: rdsClusterType, Properties: props{
			"engine": "aurora-postgresql", "storageEncrypted": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, func(r *policy.Report, i encryptedInstance) { i.check(r, i.Source) }),
		policy.On(rdsClusterType, func(r *policy.Report, c encryptedCluster) { c.check(r, c.Source) }),
		policy.OnRemediate(rdsInstanceType, func(r *policy.Remediation, i encryptedInstance) { i.mend(r, i.Source) }),
		policy.OnRemediate(rdsClusterType, func(r *policy.Remediation, c encryptedCluster) { c.mend(r, c.Source) }),
	},
}

// encryptedDatabase takes its encryption from its source, if it has one: a replica, or what is restored (RDS API).
type encryptedDatabase struct {
	Encrypted policy.Value[bool]   `pulumi:"storageEncrypted"`
	Snapshot  policy.Value[string] `pulumi:"snapshotIdentifier"`
	Restored  policy.Value[any]    `pulumi:"restoreToPointInTime"`
}

type encryptedInstance struct {
	encryptedDatabase
	Source policy.Value[string] `pulumi:"replicateSourceDb"`
}

type encryptedCluster struct {
	encryptedDatabase
	Source policy.Value[string] `pulumi:"replicationSourceIdentifier"`
}

func (d encryptedDatabase) check(r *policy.Report, source policy.Value[string]) {
	sourced := d.Snapshot.Present() || d.Restored.Present() || source.Present()
	if sourced && !d.Encrypted.Present() {
		r.NotApplicable("It is encrypted if its source is")
	}
	if !d.Encrypted.Or(false) {
		r.Fail("It stores its data in the clear.")
	}
}

func (d encryptedDatabase) mend(r *policy.Remediation, source policy.Value[string]) {
	sourced := d.Snapshot.Present() || d.Restored.Present() || source.Present()
	if !sourced && !d.Encrypted.Or(false) {
		r.Set("storageEncrypted", true)
	}
}
