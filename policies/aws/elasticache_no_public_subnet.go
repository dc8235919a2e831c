package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ElastiCacheNoPublicSubnet keeps the subnets of caches without a route to the internet.
var ElastiCacheNoPublicSubnet = policy.Policy{
	ID:       "aws-elasticache-no-public-subnet",
	Title:    "Caches must be in subnets without a route to an internet gateway.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Caches often hold sessions and copies of database rows, and many ask for no password. A private " +
		"subnet keeps them apart from the internet whatever else is set.",
	Remediation: "Give the subnet group subnets whose route tables have no route to an internet gateway.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network"},
	Peers:       []string{"AWS Config NO_UNRESTRICTED_ROUTE_TO_IGW"},
	Bad: append(inPublicSubnet(), policy.Example{Name: "sessions", Type: cacheSubnetGroupType, Properties: props{
		"subnetIds": []any{"${web.id}"},
	}}),
	Good: append(inPublicSubnet(),
		policy.Example{Name: "data", Type: subnetType, Properties: props{"vpcId": "vpc-0a1b2c3d", "cidrBlock": "10.0.1.0/24"}},
		policy.Example{Name: "sessions", Type: cacheSubnetGroupType, Properties: props{"subnetIds": []any{"${data.id}"}}}),
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Groups policy.Resources[subnetGroup] `pulumi:"aws:elasticache/subnetGroup:SubnetGroup"`
			routing
		}) {
			checkPrivateGroups(r, stack.Groups, stack.routing)
		}),
	},
}
