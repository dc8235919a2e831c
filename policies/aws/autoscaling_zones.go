package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AutoScalingZones wants groups to have subnets in more than one zone.
var AutoScalingZones = policy.Policy{
	ID:          "aws-autoscaling-zones",
	Title:       "Groups must span zones.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "A zone that fails takes all instances of a group with it that is in no other.",
	Remediation: "Name subnets of at least two availability zones in vpcZoneIdentifiers.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers:       []string{"AWS Config AUTOSCALING_MULTIPLE_AZ", "Security Hub AutoScaling.2"},
	Bad: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "main", Type: groupType, Properties: props{
			"minSize": 2, "maxSize": 4, "vpcZoneIdentifiers": []any{"${a.id}", "${b.id}"},
		}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1b",
		}},
		{Name: "main", Type: groupType, Properties: props{
			"minSize": 2, "maxSize": 4, "vpcZoneIdentifiers": []any{"${a.id}", "${b.id}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Subjects policy.Resources[autoScalingZones] `pulumi:"aws:autoscaling/group:Group"`
			zones
		}) {
			stack.Subjects.Each(func(subject policy.Resource[autoScalingZones]) {
				stack.zones.check(r, subject.Node, "vpcZoneIdentifiers", subject.Props.Subnets)
			})
		}),
	},
}

type autoScalingZones struct {
	Subnets policy.List[string] `pulumi:"vpcZoneIdentifiers"`
}
