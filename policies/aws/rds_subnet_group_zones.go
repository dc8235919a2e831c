package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSSubnetGroupZones wants subnet groups of databases to have subnets in more than one zone.
var RDSSubnetGroupZones = policy.Policy{
	ID:       "aws-rds-subnet-group-zones",
	Title:    "Subnet groups of databases must span zones.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A database whose subnets are in one zone has nowhere to put a standby, and nowhere to go when the " +
		"zone fails.",
	Remediation: "Name subnets of at least two availability zones in subnetIds.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "main", Type: "aws:rds/subnetGroup:SubnetGroup", Properties: props{
			"subnetIds": []any{"${a.id}", "${b.id}"},
		}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1b",
		}},
		{Name: "main", Type: "aws:rds/subnetGroup:SubnetGroup", Properties: props{
			"subnetIds": []any{"${a.id}", "${b.id}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Subjects policy.Resources[rdsSubnetGroupZones] `pulumi:"aws:rds/subnetGroup:SubnetGroup"`
			zones
		}) {
			stack.Subjects.Each(func(subject policy.Resource[rdsSubnetGroupZones]) {
				stack.zones.check(r, subject.Node, "subnetIds", subject.Props.Subnets)
			})
		}),
	},
}

type rdsSubnetGroupZones struct {
	Subnets policy.List[string] `pulumi:"subnetIds"`
}
