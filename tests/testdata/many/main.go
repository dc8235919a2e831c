// Command many makes 1,004 resources of kinds that refer to one another.
package main

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// There are as many networks, each with as many resources of five kinds.
const networks, group = 4, 50

const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		for n := range networks {
			if err := network(ctx, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// network makes a VPC with subnets, their security groups and rules, log groups and roles.
func network(ctx *pulumi.Context, n int) error {
	make := func(token, name string, inputs pulumi.Map) (*pulumi.CustomResourceState, error) {
		made := &pulumi.CustomResourceState{}
		return made, ctx.RegisterResource(token, fmt.Sprint(name, "-", n), inputs, made)
	}
	vpc, err := make("aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlock": pulumi.String(fmt.Sprintf("10.%d.0.0/16", n))})
	if err != nil {
		return err
	}
	for i := range group {
		name := fmt.Sprint("part", i)
		if _, err := make("aws:ec2/subnet:Subnet", name, pulumi.Map{
			"vpcId": vpc.ID(), "cidrBlock": pulumi.String(fmt.Sprintf("10.%d.%d.0/24", n, i)),
		}); err != nil {
			return err
		}
		filter, err := make("aws:ec2/securityGroup:SecurityGroup", name, pulumi.Map{"vpcId": vpc.ID()})
		if err != nil {
			return err
		}
		if _, err := make("aws:ec2/securityGroupRule:SecurityGroupRule", name, pulumi.Map{
			"securityGroupId": filter.ID(), "type": pulumi.String("ingress"), "protocol": pulumi.String("tcp"),
			"fromPort": pulumi.Int(443), "toPort": pulumi.Int(443), "cidrBlocks": pulumi.ToStringArray([]string{"10.0.0.0/8"}),
		}); err != nil {
			return err
		}
		if _, err := make("aws:cloudwatch/logGroup:LogGroup", name, pulumi.Map{"retentionInDays": pulumi.Int(30)}); err != nil {
			return err
		}
		if _, err := make("aws:iam/role:Role", name, pulumi.Map{"assumeRolePolicy": pulumi.String(trust)}); err != nil {
			return err
		}
	}
	return nil
}
