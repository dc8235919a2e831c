package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2DefaultVPCUnused advises against the VPC that AWS makes in every region, and against instances that name no subnet,
// which are put there.
var EC2DefaultVPCUnused = policy.Policy{
	ID:       "aws-ec2-default-vpc-unused",
	Title:    "The default VPC must not be used.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "All subnets of the default VPC are public and give machines public addresses: whatever is put there is on the " +
		"internet unless somebody thinks of it.",
	Remediation: "Make an aws:ec2/vpc:Vpc with private subnets, and name one in subnetId; delete the default VPC where nothing " +
		"is in it.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.22 A.8.9"}.List(),
	Tags:     []string{"security", "network"},
	Peers:    []string{"Checkov CKV_AWS_148", "Trivy AWS-0101"},
	Bad:      []policy.Example{{Name: "default", Type: defaultVPCType}},
	Good:     []policy.Example{{Name: "shop", Type: vpcType, Properties: props{"cidrBlock": "10.0.0.0/16"}}},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Networks policy.Resources[anyVPC] `pulumi:"aws:ec2/vpc:Vpc,aws:ec2/defaultVpc:DefaultVpc"`
		}) {
			stack.Networks.Each(func(vpc policy.Resource[anyVPC]) {
				if vpc.Type() == defaultVPCType {
					r.Fail(vpc.Node, "It takes over the default VPC.")
				}
			})
		}),
		policy.On(instanceType, checkPlaced),
		policy.On(spotInstanceType, checkPlaced),
	},
}

// placed is what says in which subnet an instance is.
type placed struct {
	Subnet     policy.Value[string] `pulumi:"subnetId"`
	Interfaces policy.Value[any]    `pulumi:"networkInterfaces"`
	Template   policy.Value[any]    `pulumi:"launchTemplate"`
}

// inDefaultVPC reports whether nothing says so: then it is the default VPC (Amazon EC2 API Reference, "RunInstances").
func (p placed) inDefaultVPC() bool {
	return !p.Subnet.Present() && !p.Interfaces.Present() && !p.Template.Present()
}

func checkPlaced(r *policy.Report, p placed) {
	if p.inDefaultVPC() {
		r.Fail("It names no subnet, and so is put into the default VPC.")
	}
}
