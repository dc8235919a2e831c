package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2NATGatewaysFew advises stacks for development to have one NAT gateway. Its setting "stacks" says which stacks
// those are.
var EC2NATGatewaysFew = policy.Policy{
	ID:       "aws-ec2-nat-gateways-few",
	Title:    "Stacks for development should share a NAT gateway.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A NAT gateway is charged by the hour, used or not, and one in each zone is for a zone that fails. " +
		"Expected effect: one gateway instead of three costs a third, at the risk that development stops with " +
		"its zone.",
	Remediation: "Let the route tables of all private subnets lead to one NAT gateway.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "a", Type: natGatewayType, Properties: props{"subnetId": "subnet-a"}},
		{Name: "b", Type: natGatewayType, Properties: props{"subnetId": "subnet-b"}},
	},
	Good: []policy.Example{
		{Name: "a", Type: natGatewayType, Properties: props{"subnetId": "subnet-a"}},
	},
	Config: development,
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Gateways policy.Resources[struct{}] `pulumi:"aws:ec2/natGateway:NatGateway"`
		}) {
			if name := r.Deployment().Stack; name != "" && !policy.Settings[developmentStacks](r).has(name) {
				r.NotApplicable("the stack is not for development")
			}
			first := firstOf(stack.Gateways)
			stack.Gateways.Each(func(g policy.Resource[struct{}]) {
				if g.URN() != first {
					r.Fail(g.Node, "The stack has another one.")
				}
			})
		}),
	},
}

// developmentStacks are the settings of policies that ask less, or more, of development.
type developmentStacks struct {
	Stacks []string `pulumi:"stacks" description:"Names of the stacks that are for development, or what follows the last hyphen of their names."`
}

var development = developmentStacks{Stacks: []string{"dev", "development", "test", "staging"}}

func (d developmentStacks) has(stack string) bool {
	return slices.Contains(d.Stacks, stack) || slices.Contains(d.Stacks, stack[strings.LastIndex(stack, "-")+1:])
}
