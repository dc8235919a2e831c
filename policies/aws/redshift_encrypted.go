package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RedshiftEncrypted wants clusters of Redshift to be encrypted at rest.
var RedshiftEncrypted = policy.Policy{
	ID:       "aws-redshift-encrypted",
	Title:    "Data warehouses must be encrypted at rest.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A data warehouse holds the data of every other system; its disks and snapshots must be worthless " +
		"without the key.",
	Remediation: "Set encrypted to true, and kmsKeyId for a key of your own. Redshift migrates the data in the " +
		"background.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers:    []string{"Checkov CKV_AWS_64", "Trivy AWS-0084", "Security Hub Redshift.10"},
	Bad: []policy.Example{
		{Name: "reports", Type: redshiftClusterType, Properties: props{
			"clusterIdentifier": "reports", "nodeType": "ra3.large", "encrypted": false,
		}},
	},
	Good: []policy.Example{
		{Name: "reports", Type: redshiftClusterType, Properties: props{
			"clusterIdentifier": "reports", "nodeType": "ra3.large", "encrypted": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(redshiftClusterType, checkEncryptedWarehouse),
		policy.OnRemediate(redshiftClusterType, mendEncryptedWarehouse),
	},
}

type encryptedWarehouse struct {
	Encrypted policy.Value[bool] `pulumi:"encrypted"`
}

func checkEncryptedWarehouse(r *policy.Report, v encryptedWarehouse) {
	if !v.Encrypted.Or(false) {
		r.Fail("It stores its data in the clear.")
	}
}

func mendEncryptedWarehouse(r *policy.Remediation, v encryptedWarehouse) {
	if !v.Encrypted.Or(false) {
		r.Set("encrypted", true)
	}
}
