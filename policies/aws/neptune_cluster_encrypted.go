package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// NeptuneClusterEncrypted wants clusters of Neptune to be encrypted.
var NeptuneClusterEncrypted = policy.Policy{
	ID:          "aws-neptune-cluster-encrypted",
	Title:       "Neptune clusters must be encrypted at rest.",
	Severity:    policy.High,
	Level:       policy.Mandatory,
	Rationale:   "Whoever gets hold of a disk, or of a snapshot of it, reads all that is not encrypted. It cannot be turned on later.",
	Remediation: "Set storageEncrypted to true. This replaces the cluster: restore a snapshot with encryption instead.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption"},
	Peers:       []string{"Checkov CKV_AWS_44", "Trivy AWS-0076", "AWS Config NEPTUNE_CLUSTER_ENCRYPTED", "Security Hub Neptune.1"},
	Bad:         []policy.Example{{Name: "friends", Type: neptuneClusterType}},
	Good:        []policy.Example{{Name: "friends", Type: neptuneClusterType, Properties: props{"storageEncrypted": true}}},
	Rules: []policy.Rule{
		policy.On(neptuneClusterType, checkStoredCluster),
		policy.OnRemediate(neptuneClusterType, mendStoredCluster),
	},
}
