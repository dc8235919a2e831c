package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2DefaultSecurityGroupClosed wants the default security group of every VPC of the stack to be taken over and to let
// nothing through. AWS makes one with every VPC, and gives it to whatever names no security group.
var EC2DefaultSecurityGroupClosed = policy.Policy{
	ID:       "aws-ec2-default-security-group-closed",
	Title:    "The default security group of every VPC must let no traffic through.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A resource launched without a security group gets the VPC's default one, which as AWS makes it lets its " +
		"members reach each other and everything outside. Closed, it makes the oversight show at once.",
	Remediation: "Add an aws:ec2/defaultSecurityGroup:DefaultSecurityGroup with vpcId set to the VPC, and with neither " +
		"ingress nor egress rules; give resources security groups of their own.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22", CISAWS: "5.5"}.List(),
	Tags:     []string{"security", "network"},
	Peers:    []string{"Checkov CKV2_AWS_12", "Trivy AWS-0173", "AWS Config VPC_DEFAULT_SECURITY_GROUP_CLOSED", "Security Hub EC2.2"},
	Bad: []policy.Example{
		{Name: "vpc", Type: vpcType, Properties: props{"cidrBlock": "10.0.0.0/16"}},
	},
	Good: []policy.Example{
		{Name: "vpc", Type: vpcType, Properties: props{"cidrBlock": "10.0.0.0/16"}},
		{Name: "closed", Type: defaultSecurityGroupType, Properties: props{"vpcId": "${vpc.id}"}},
	},
	Rules: []policy.Rule{
		policy.On(defaultSecurityGroupType, func(r *policy.Report, group defaultSecurityGroup) {
			if policy.AnyOf(
				func() bool { return group.Ingress.Len() > 0 },
				func() bool { return group.Egress.Len() > 0 },
			) {
				r.Fail("It has rules; a default security group must have neither ingress nor egress rules.")
			}
		}),
		policy.OnStack(func(r *policy.StackReport, stack struct {
			VPCs   policy.Resources[anyVPC]               `pulumi:"aws:ec2/vpc:Vpc"`
			Groups policy.Resources[defaultSecurityGroup] `pulumi:"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"`
		}) {
			stack.VPCs.Each(func(vpc policy.Resource[anyVPC]) {
				if !stack.Groups.AnyReferring("vpcId", vpc.Node, nil) {
					r.Fail(vpc.Node, "Its default security group is as AWS made it: no DefaultSecurityGroup takes it over.")
				}
			})
		}),
	},
}

type defaultSecurityGroup struct {
	Ingress policy.List[any] `pulumi:"ingress"`
	Egress  policy.List[any] `pulumi:"egress"`
}
