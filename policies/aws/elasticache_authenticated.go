package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheAuthenticated wants caches to ask who connects: by a token, or by users.
var ElastiCacheAuthenticated = policy.Policy{
	ID:       "aws-elasticache-authenticated",
	Title:    "Caches must ask who connects.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "A cache without authentication lets everybody who reaches its port read all sessions, write to them and " +
		"delete them.",
	Remediation: "Set userGroupIds to a group of users with passwords or IAM authentication, or authToken to a secret; both " +
		"need transitEncryptionEnabled.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.3 A.8.5"}.List(),
	Tags:     []string{"security", "iam"},
	Peers: []string{
		"Checkov CKV_AWS_31", "AWS Config ELASTICACHE_REPL_GRP_REDIS_AUTH_ENABLED",
		"AWS Config ELASTICACHE_RBAC_AUTH_ENABLED", "Security Hub ElastiCache.6",
	},
	Bad: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "transitEncryptionEnabled": true,
		}},
	},
	Good: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "transitEncryptionEnabled": true, "userGroupIds": []any{"shop"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(replicationGroupType, func(r *policy.Report, c askingCache) {
			if !c.asks() {
				r.Fail("It lets in whoever reaches it: it has neither userGroupIds nor an authToken.")
			}
		}),
	},
}

type askingCache struct {
	Token  policy.Value[string] `pulumi:"authToken"`
	Groups policy.List[string]  `pulumi:"userGroupIds"`
}

func (c askingCache) asks() bool { return c.Token.Present() || c.Groups.Len() > 0 }
