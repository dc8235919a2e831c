package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSSecurityGroupClosed follows the references from databases to their security groups, and refuses those that let
// the internet in on any port, be it inline or by separate rules.
var RDSSecurityGroupClosed = policy.Policy{
	ID:       "aws-rds-security-group-closed",
	Title:    "Security groups of databases must not let the internet in.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "The security group is what keeps strangers from a database when routes or addresses change; one " +
		"that is open waits for that.",
	Remediation: "Let the security groups of the applications in, by their ids, and no addresses of the internet.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22", CISAWS: "2.2.3"}.List(),
	Tags:        []string{"security", "public-access", "network"},
	Peers: []string{
		"AWS Config VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS", "Security Hub EC2.18", "Security Hub EC2.19",
	},
	Bad: []policy.Example{
		{Name: "open", Type: securityGroupType, Properties: props{
			"ingress": []any{props{"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "cidrBlocks": []any{"0.0.0.0/0"}}},
		}},
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "vpcSecurityGroupIds": []any{"${open.id}"},
		}},
	},
	Good: []policy.Example{
		{Name: "closed", Type: securityGroupType, Properties: props{
			"ingress": []any{props{"protocol": "tcp", "fromPort": 5432, "toPort": 5432, "securityGroups": []any{"sg-web"}}},
		}},
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "vpcSecurityGroupIds": []any{"${closed.id}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Databases policy.Resources[guardedDatabase] `pulumi:"aws:rds/instance:Instance,aws:rds/cluster:Cluster,aws:redshift/cluster:Cluster"`
			firewalls
		}) {
			open := stack.openGroups()
			stack.Databases.Each(func(db policy.Resource[guardedDatabase]) {
				if open.anyOf(db.Node, "vpcSecurityGroupIds") {
					r.Fail(db.Node, "A security group of it lets the internet in.")
				}
			})
		}),
	},
}

type guardedDatabase struct {
	Groups policy.List[string] `pulumi:"vpcSecurityGroupIds"`
}
