package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheEncryptedAtRest wants replication groups of ElastiCache to be encrypted at rest.
var ElastiCacheEncryptedAtRest = policy.Policy{
	ID:       "aws-elasticache-encrypted-at-rest",
	Title:    "Caches must be encrypted at rest.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Caches write snapshots and swap to disk: sessions and personal data that nobody thinks of as " +
		"stored lie there in the clear.",
	Remediation: "Set atRestEncryptionEnabled to true. This replaces the replication group: take a snapshot to " +
		"restore from, or let the cache warm up anew.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers:    []string{"Checkov CKV_AWS_29", "Trivy AWS-0045", "Security Hub ElastiCache.4"},
	Bad: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "atRestEncryptionEnabled": false,
		}},
	},
	Good: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "atRestEncryptionEnabled": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(replicationGroupType, checkEncryptedCache),
		policy.OnRemediate(replicationGroupType, mendEncryptedCache),
	},
}

type encryptedCache struct {
	Encrypted policy.Value[bool] `pulumi:"atRestEncryptionEnabled"`
}

func checkEncryptedCache(r *policy.Report, v encryptedCache) {
	if !v.Encrypted.Or(false) {
		r.Fail("It stores its data in the clear.")
	}
}

func mendEncryptedCache(r *policy.Remediation, v encryptedCache) {
	if !v.Encrypted.Or(false) {
		r.Set("atRestEncryptionEnabled", true)
	}
}
