package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSServiceZones wants services of ECS to survive the loss of a zone. Zones of subnets of other stacks are not known;
// one subnet is one zone.
var ECSServiceZones = policy.Policy{
	ID:       "aws-ecs-service-zones",
	Title:    "Services must be in more than one zone.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "When a zone fails, whatever is in this zone alone stops. AWS places what it starts in the zones of " +
		"the subnets it is given, and nowhere else.",
	Remediation: "Name subnets in two zones or more.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1a"}},
		{Name: "b", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1a"}},
		{Name: "subject", Type: ecsServiceType, Properties: props{
			"cluster": "shop", "desiredCount": 2,
			"networkConfiguration": props{"subnets": []any{"${a.id}", "${b.id}"}},
		}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1a"}},
		{Name: "b", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1b"}},
		{Name: "subject", Type: ecsServiceType, Properties: props{
			"cluster": "shop", "desiredCount": 2,
			"networkConfiguration": props{"subnets": []any{"${a.id}", "${b.id}"}},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Services policy.Resources[placedService] `pulumi:"aws:ecs/service:Service"`
			zones
		}) {
			stack.Services.Each(func(f policy.Resource[placedService]) {
				stack.zones.check(r, f.Node, "networkConfiguration.subnets", f.Props.Network.Get().Subnets)
			})
		}),
	},
}

type placedService struct {
	Network policy.Value[placedNetwork] `pulumi:"networkConfiguration"`
}

type placedNetwork struct {
	Subnets policy.List[string] `pulumi:"subnets"`
}
