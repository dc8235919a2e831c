package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaZones wants functions that have a VPC to survive the loss of a zone. Zones of subnets of other stacks are not
// known; one subnet is one zone.
var LambdaZones = policy.Policy{
	ID:       "aws-lambda-zones",
	Title:    "Functions in a VPC must be in more than one zone.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "When a zone fails, whatever is in this zone alone stops. AWS places what it starts in the zones of " +
		"the subnets it is given, and nowhere else.",
	Remediation: "Name subnets in two zones or more.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers:       []string{"AWS Config LAMBDA_VPC_MULTI_AZ_CHECK", "Security Hub Lambda.5"},
	Bad: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1a"}},
		{Name: "b", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1a"}},
		{Name: "subject", Type: functionType, Properties: props{
			"role":      "arn:aws:iam::123456789012:role/resize",
			"vpcConfig": props{"securityGroupIds": []any{"sg-1"}, "subnetIds": []any{"${a.id}", "${b.id}"}},
		}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1a"}},
		{Name: "b", Type: subnetType, Properties: props{"vpcId": "vpc-1", "availabilityZone": "eu-west-1b"}},
		{Name: "subject", Type: functionType, Properties: props{
			"role":      "arn:aws:iam::123456789012:role/resize",
			"vpcConfig": props{"securityGroupIds": []any{"sg-1"}, "subnetIds": []any{"${a.id}", "${b.id}"}},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Functions policy.Resources[placedFunction] `pulumi:"aws:lambda/function:Function"`
			zones
		}) {
			stack.Functions.Each(func(f policy.Resource[placedFunction]) {
				stack.zones.check(r, f.Node, "vpcConfig.subnetIds", f.Props.VPC.Get().Subnets)
			})
		}),
	},
}

type placedFunction struct {
	VPC policy.Value[functionVPC] `pulumi:"vpcConfig"`
}

type functionVPC struct {
	Subnets policy.List[string] `pulumi:"subnetIds"`
}
