package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheVersionSupported advises against versions of Redis OSS after the end of their standard support in
// ElastiCache. Without a version, AWS takes its default.
var ElastiCacheVersionSupported = policy.Policy{
	ID:       "aws-elasticache-version-supported",
	Title:    "Caches must run a version in standard support.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "After standard support, a cache costs more by the hour, gets no fixes but those of critical flaws, and is " +
		"upgraded at a time of AWS's choosing in the end.",
	Remediation: "Set engine to valkey and engineVersion to a version of it: AWS upgrades a running cache in place.",
	Controls:    frameworks.Controls{SOC2: "CC7.1 A1.2", ISO27001: "A.8.8"}.List(),
	Tags:        []string{"reliability", "versions"},
	Bad: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions of the shop.", "engine": "redis", "engineVersion": "5.0.6",
		}},
	},
	Good: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions of the shop.", "engine": "valkey", "engineVersion": "8.0",
		}},
	},
	Rules: []policy.Rule{
		policy.On(replicationGroupType, func(r *policy.Report, c versionedCache) { c.check(r, "redis") }),
		policy.On(cacheClusterType, func(r *policy.Report, c versionedCache) { c.check(r, "") }),
	},
}

type versionedCache struct {
	Engine  policy.Value[string] `pulumi:"engine"`
	Version policy.Value[string] `pulumi:"engineVersion"`
}

// check takes the engine that there is by default.
func (c versionedCache) check(r *policy.Report, engine string) {
	if c.Engine.Or(engine) == "redis" {
		redisEnds.check(r, "Redis OSS", c.Version.Get())
	}
}
