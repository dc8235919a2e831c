package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EFSFileSystemEncrypted wants file systems of EFS to be encrypted at rest.
var EFSFileSystemEncrypted = policy.Policy{
	ID:       "aws-efs-file-system-encrypted",
	Title:    "File systems must be encrypted at rest.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "What is stored in the clear can be read by whoever gets at the storage or a backup of it, past " +
		"every permission of the file system.",
	Remediation: "Set encrypted to true, and kmsKeyId for a key of your own. This replaces the file system: copy " +
		"the data with AWS DataSync first.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24", CISAWS: "2.3.1"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers: []string{
		"Checkov CKV_AWS_42", "Trivy AWS-0037", "AWS Config EFS_ENCRYPTED_CHECK", "Security Hub EFS.1",
	},
	Bad: []policy.Example{
		{Name: "files", Type: fileSystemType, Properties: props{"encrypted": false}},
	},
	Good: []policy.Example{
		{Name: "files", Type: fileSystemType, Properties: props{"encrypted": true}},
	},
	Rules: []policy.Rule{
		policy.On(fileSystemType, checkEncryptedFileSystem),
		policy.OnRemediate(fileSystemType, mendEncryptedFileSystem),
	},
}

type encryptedFileSystem struct {
	Encrypted policy.Value[bool] `pulumi:"encrypted"`
}

func checkEncryptedFileSystem(r *policy.Report, v encryptedFileSystem) {
	if !v.Encrypted.Or(false) {
		r.Fail("It stores its data in the clear.")
	}
}

func mendEncryptedFileSystem(r *policy.Remediation, v encryptedFileSystem) {
	if !v.Encrypted.Or(false) {
		r.Set("encrypted", true)
	}
}
