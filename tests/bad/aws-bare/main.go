// Command aws-bare is bad on purpose as the stack beside it is, by what a stack can only lack as a whole, or that is asked
// of stacks for development alone.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// There is an account's setup, but nothing that watches it.
		if _, err := iam.NewAccountPasswordPolicy(ctx, "main", &iam.AccountPasswordPolicyArgs{
			// want: aws-cloudtrail-present, aws-guardduty-present, aws-config-present, aws-securityhub-present, aws-accessanalyzer-present
			// want: aws-account-security-contact, aws-iam-support-role
			MinimumPasswordLength:   pulumi.Int(8), // want: aws-iam-password-policy
			PasswordReusePrevention: pulumi.Int(24),
		}); err != nil {
			return err
		}
		if _, err := ec2.NewDefaultVpc(ctx, "main", nil); err != nil { // want: aws-ec2-default-vpc-unused
			return err
		}
		vpc, err := ec2.LookupVpc(ctx, &ec2.LookupVpcArgs{Default: pulumi.BoolRef(true)})
		if err != nil {
			return err
		}
		subnets, err := ec2.GetSubnets(ctx, &ec2.GetSubnetsArgs{
			Filters: []ec2.GetSubnetsFilter{{Name: "vpc-id", Values: []string{vpc.Id}}},
		})
		if err != nil {
			return err
		}
		if err := gateway(ctx, "a", subnets.Ids[0]); err != nil { // want: aws-ec2-s3-endpoint
			return err
		}
		return gateway(ctx, "b", subnets.Ids[1]) // want: aws-ec2-nat-gateways-few
	})
}

func gateway(ctx *pulumi.Context, name, subnet string) error {
	address, err := ec2.NewEip(ctx, name, &ec2.EipArgs{Domain: pulumi.String("vpc")})
	if err != nil {
		return err
	}
	_, err = ec2.NewNatGateway(ctx, name, &ec2.NatGatewayArgs{SubnetId: pulumi.String(subnet), AllocationId: address.ID()})
	return err
}
