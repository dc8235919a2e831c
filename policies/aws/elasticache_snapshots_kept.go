package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheSnapshotsKept wants replication groups to have snapshots to start from.
var ElastiCacheSnapshotsKept = policy.Policy{
	ID:       "aws-elasticache-snapshots-kept",
	Title:    "Caches must keep snapshots.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "After a failure, a cache without a snapshot starts empty, and the database behind it takes the " +
		"whole load until it is warm.",
	Remediation: "Set snapshotRetentionLimit to 1 or more days.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.13"}.List(),
	Tags:        []string{"reliability", "backup"},
	Peers: []string{
		"Checkov CKV_AWS_134",
		"Trivy AWS-0050",
		"AWS Config ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK",
		"Security Hub ElastiCache.1",
	},
	Bad: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{"description": "Sessions."}},
	},
	Good: []policy.Example{
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "snapshotRetentionLimit": 7,
		}},
	},
	Rules: []policy.Rule{
		policy.On(replicationGroupType, checkElastiCacheSnapshotsKept),
		policy.OnRemediate(replicationGroupType, mendElastiCacheSnapshotsKept),
	},
}

type snapshotCache struct {
	Days policy.Value[int] `pulumi:"snapshotRetentionLimit"`
}

func checkElastiCacheSnapshotsKept(r *policy.Report, v snapshotCache) {
	if v.Days.Or(0) == 0 {
		r.Fail("It keeps none.")
	}
}

func mendElastiCacheSnapshotsKept(r *policy.Remediation, v snapshotCache) {
	if v.Days.Or(0) == 0 {
		r.Set("snapshotRetentionLimit", 1)
	}
}
