package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheEncryptedInTransit wants replication groups of ElastiCache to speak TLS.
var ElastiCacheEncryptedInTransit = policy.Policy{
	ID:       "aws-elasticache-encrypted-in-transit",
	Title:    "Caches must encrypt traffic.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Whoever can listen in the network reads sessions and tokens from a cache that speaks in the " +
		"clear, and authentication needs TLS.",
	Remediation: "Set transitEncryptionEnabled to true, and let clients connect by TLS. Existing groups are moved " +
		"by transitEncryptionMode preferred, then required.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:     []string{"security", "encryption"},
	Peers:    []string{"Checkov CKV_AWS_30", "Trivy AWS-0051", "Security Hub ElastiCache.5"},
	Bad: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "transitEncryptionEnabled": false,
		}},
	},
	Good: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "transitEncryptionEnabled": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(replicationGroupType, checkTlsCache),
		policy.OnRemediate(replicationGroupType, mendTlsCache),
	},
}

// tlsCache requires TLS where that is on, unless the mode is "preferred": then it takes both (Amazon ElastiCache API
// Reference, "CreateReplicationGroup").
type tlsCache struct {
	Encrypted policy.Value[bool]   `pulumi:"transitEncryptionEnabled"`
	Mode      policy.Value[string] `pulumi:"transitEncryptionMode"`
}

func (c tlsCache) takesBoth() bool { return c.Mode.Or("required") == "preferred" }

func checkTlsCache(r *policy.Report, v tlsCache) {
	if policy.AnyOf(func() bool { return !v.Encrypted.Or(false) }, v.takesBoth) {
		r.Fail("It lets clients connect in the clear.")
	}
}

func mendTlsCache(r *policy.Remediation, v tlsCache) {
	if !v.Encrypted.Or(false) {
		r.Set("transitEncryptionEnabled", true)
	}
	if v.takesBoth() {
		r.Set("transitEncryptionMode", "required")
	}
}
