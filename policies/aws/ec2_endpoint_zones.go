package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2EndpointZones wants interface endpoints to survive the loss of a zone. Zones of subnets of other stacks are not
// known; one subnet is one zone.
var EC2EndpointZones = policy.Policy{
	ID:       "aws-ec2-endpoint-zones",
	Title:    "Interface endpoints must be in more than one zone.",
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
		{Name: "subject", Type: vpcEndpointType, Properties: props{
			"vpcId": "vpc-1", "serviceName": "com.amazonaws.eu-west-1.sqs", "vpcEndpointType": "Interface",
			"subnetIds": []any{"${a.id}", "${b.id}"},
		}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1a"}},
		{Name: "b", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1b"}},
		{Name: "subject", Type: vpcEndpointType, Properties: props{
			"vpcId": "vpc-1", "serviceName": "com.amazonaws.eu-west-1.sqs", "vpcEndpointType": "Interface",
			"subnetIds": []any{"${a.id}", "${b.id}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Endpoints policy.Resources[placedEndpoint] `pulumi:"aws:ec2/vpcEndpoint:VpcEndpoint"`
			zones
		}) {
			stack.Endpoints.Each(func(f policy.Resource[placedEndpoint]) {
				stack.zones.check(r, f.Node, "subnetIds", f.Props.Subnets)
			})
		}),
	},
}

type placedEndpoint struct {
	Subnets policy.List[string] `pulumi:"subnetIds"`
}
