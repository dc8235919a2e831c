package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheFailover wants replication groups to fail over to another zone.
var ElastiCacheFailover = policy.Policy{
	ID:       "aws-elasticache-failover",
	Title:    "Caches must fail over to another zone.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "When the one node of a cache fails, the whole load falls on the database behind it, which is " +
		"sized for less.",
	Remediation: "Set automaticFailoverEnabled and multiAzEnabled to true, and numCacheClusters to 2 or more.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers:       []string{"Checkov CKV2_AWS_50", "Security Hub ElastiCache.3"},
	Bad: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{"description": "Sessions."}},
	},
	Good: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "automaticFailoverEnabled": true, "multiAzEnabled": true,
			"numCacheClusters": 2,
		}},
	},
	Rules: []policy.Rule{
		policy.On(replicationGroupType, checkRedundantCache),
	},
}

type redundantCache struct {
	Failover policy.Value[bool] `pulumi:"automaticFailoverEnabled"`
	MultiAZ  policy.Value[bool] `pulumi:"multiAzEnabled"`
}

// single reports whether a zone takes the cache down.
func (c redundantCache) single() bool {
	return policy.AnyOf(
		func() bool { return !c.Failover.Or(false) },
		func() bool { return !c.MultiAZ.Or(false) },
	)
}

func checkRedundantCache(r *policy.Report, v redundantCache) {
	if v.single() {
		r.Fail("It has automaticFailoverEnabled %v and multiAzEnabled %v.", v.Failover, v.MultiAZ)
	}
}
