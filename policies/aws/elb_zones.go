package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBZones wants load balancers to have subnets in more than one zone.
var ELBZones = policy.Policy{
	ID:          "aws-elb-zones",
	Title:       "Load balancers must span zones.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "A load balancer in one zone is down when the zone is, with all targets in the others.",
	Remediation: "Name subnets of at least two availability zones in subnets.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers: []string{
		"AWS Config ELBV2_MULTIPLE_AZ", "AWS Config CLB_MULTIPLE_AZ", "Security Hub ELB.10", "Security Hub ELB.13",
	},
	Bad: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "main", Type: loadBalancerType, Properties: props{"subnets": []any{"${a.id}", "${b.id}"}}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1b",
		}},
		{Name: "main", Type: loadBalancerType, Properties: props{"subnets": []any{"${a.id}", "${b.id}"}}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Subjects policy.Resources[elbZones] `pulumi:"aws:lb/loadBalancer:LoadBalancer,aws:alb/loadBalancer:LoadBalancer,aws:elb/loadBalancer:LoadBalancer"`
			zones
		}) {
			stack.Subjects.Each(func(subject policy.Resource[elbZones]) {
				stack.zones.check(r, subject.Node, "subnets", subject.Props.Subnets)
			})
		}),
	},
}

type elbZones struct {
	Subnets policy.List[string] `pulumi:"subnets"`
}
