package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheSecurityGroupClosed keeps the security groups of caches closed to the internet.
var ElastiCacheSecurityGroupClosed = policy.Policy{
	ID:       "aws-elasticache-security-group-closed",
	Title:    "Security groups of caches must not let the internet in.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A cache serves applications whose security groups are known, and trusts whoever reaches it. A rule for " +
		"everybody waits for the day on which a route makes it count.",
	Remediation: "Let in the security groups of the applications, instead of addresses.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network"},
	Bad: []policy.Example{
		openGroup,
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "securityGroupIds": []any{"${open.id}"},
		}},
	},
	Good: []policy.Example{
		closedGroup,
		{Name: "sessions", Type: replicationGroupType, Properties: props{
			"description": "Sessions.", "securityGroupIds": []any{"${closed.id}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Caches policy.Resources[guardedCache] `pulumi:"aws:elasticache/replicationGroup:ReplicationGroup,aws:elasticache/cluster:Cluster"`
			firewalls
		}) {
			open := stack.openGroups()
			stack.Caches.Each(func(c policy.Resource[guardedCache]) {
				if open.anyOf(c.Node, "securityGroupIds") {
					r.Fail(c.Node, "A security group of it lets everybody in.")
				}
			})
		}),
	},
}

// openGroup and closedGroup are examples of a security group that lets the internet in and of one that does not.
var (
	openGroup = policy.Example{Name: "open", Type: securityGroupType, Properties: props{
		"ingress": []any{props{"protocol": "tcp", "fromPort": 6379, "toPort": 6379, "cidrBlocks": []any{"0.0.0.0/0"}}},
	}}
	closedGroup = policy.Example{Name: "closed", Type: securityGroupType, Properties: props{
		"ingress": []any{props{"protocol": "tcp", "fromPort": 6379, "toPort": 6379, "cidrBlocks": []any{"10.0.0.0/16"}}},
	}}
)

type guardedCache struct {
	Groups policy.List[string] `pulumi:"securityGroupIds"`
}
