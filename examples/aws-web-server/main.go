// Command aws-web-server makes one web server in the account's default VPC, from the latest image of Amazon Linux.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const userData = `#!/bin/bash
dnf install -y nginx
systemctl enable --now nginx
`

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
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
		image, err := ec2.LookupAmi(ctx, &ec2.LookupAmiArgs{
			Owners:     []string{"amazon"},
			MostRecent: pulumi.BoolRef(true),
			Filters: []ec2.GetAmiFilter{
				{Name: "name", Values: []string{"al2023-ami-2023.*-x86_64"}},
				{Name: "virtualization-type", Values: []string{"hvm"}},
			},
		})
		if err != nil {
			return err
		}
		group, err := ec2.NewSecurityGroup(ctx, "web", &ec2.SecurityGroupArgs{
			VpcId:       pulumi.String(vpc.Id),
			Description: pulumi.String("HTTP from anywhere"),
			Ingress: ec2.SecurityGroupIngressArray{ec2.SecurityGroupIngressArgs{
				Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(80), ToPort: pulumi.Int(80),
				CidrBlocks: pulumi.ToStringArray([]string{"0.0.0.0/0"}),
			}},
			Egress: ec2.SecurityGroupEgressArray{ec2.SecurityGroupEgressArgs{
				Protocol: pulumi.String("-1"), FromPort: pulumi.Int(0), ToPort: pulumi.Int(0),
				CidrBlocks: pulumi.ToStringArray([]string{"0.0.0.0/0"}),
			}},
		})
		if err != nil {
			return err
		}
		profile, err := sessionManager(ctx)
		if err != nil {
			return err
		}
		server, err := ec2.NewInstance(ctx, "web", &ec2.InstanceArgs{
			InstanceType:        pulumi.String("t3.micro"),
			Ami:                 pulumi.String(image.Id),
			SubnetId:            pulumi.String(subnets.Ids[0]),
			VpcSecurityGroupIds: pulumi.StringArray{group.ID()},
			IamInstanceProfile:  profile.Name,
			UserData:            pulumi.String(userData),
			MetadataOptions:     ec2.InstanceMetadataOptionsArgs{HttpTokens: pulumi.String("required")},
			RootBlockDevice: ec2.InstanceRootBlockDeviceArgs{
				Encrypted: pulumi.Bool(true), VolumeType: pulumi.String("gp3"), VolumeSize: pulumi.Int(20),
			},
			Tags: pulumi.StringMap{"Name": pulumi.String("web")},
		})
		if err != nil {
			return err
		}
		ctx.Export("publicIp", server.PublicIp)
		ctx.Export("url", pulumi.Sprintf("http://%s", server.PublicDns))
		return nil
	})
}

// sessionManager returns a profile that lets people in without SSH.
func sessionManager(ctx *pulumi.Context) (*iam.InstanceProfile, error) {
	trust, err := iam.GetPolicyDocument(ctx, &iam.GetPolicyDocumentArgs{Statements: []iam.GetPolicyDocumentStatement{{
		Actions:    []string{"sts:AssumeRole"},
		Principals: []iam.GetPolicyDocumentStatementPrincipal{{Type: "Service", Identifiers: []string{"ec2.amazonaws.com"}}},
	}}})
	if err != nil {
		return nil, err
	}
	role, err := iam.NewRole(ctx, "web", &iam.RoleArgs{AssumeRolePolicy: pulumi.String(trust.Json)})
	if err != nil {
		return nil, err
	}
	if _, err := iam.NewRolePolicyAttachment(ctx, "web", &iam.RolePolicyAttachmentArgs{
		Role: role.Name, PolicyArn: iam.ManagedPolicyAmazonSSMManagedInstanceCore,
	}); err != nil {
		return nil, err
	}
	return iam.NewInstanceProfile(ctx, "web", &iam.InstanceProfileArgs{Role: role.Name})
}
