// Command accepted makes what AWS takes, and what then does not do what it is for. What `mended` names is done right.
package main

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

const granting = `,{"Effect":"Allow","Action":"kms:CreateGrant","Resource":"*","Principal":{"AWS":` +
	`"arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}}`

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var mended []string
		config.GetObject(ctx, "mended", &mended)
		choose := func(what string, wrong, right pulumi.Input) pulumi.Input {
			if slices.Contains(mended, what) {
				return right
			}
			return wrong
		}
		var key, image, template, group, vault, lock, plan pulumi.CustomResourceState
		for _, resource := range []struct {
			token, name string
			made        *pulumi.CustomResourceState
			inputs      func() pulumi.Map
		}{
			{"aws:kms/key:Key", "disks", &key, func() pulumi.Map {
				policy := func(more string) pulumi.String {
					return pulumi.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*",` +
						`"Principal":{"AWS":"arn:aws:iam::123456789012:root"}}` + more + `]}`)
				}
				return pulumi.Map{"policy": choose("key", policy(""), policy(granting))}
			}},
			{"aws:ec2/ami:Ami", "web", &image, func() pulumi.Map {
				return pulumi.Map{"architecture": pulumi.String("x86_64"), "virtualizationType": pulumi.String("hvm"), "rootDeviceName": pulumi.String("/dev/xvda")}
			}},
			{"aws:ec2/launchTemplate:LaunchTemplate", "web", &template, func() pulumi.Map {
				disk := pulumi.Map{"deviceName": pulumi.String("/dev/xvda"), "ebs": pulumi.Map{
					"encrypted": pulumi.String("true"), "kmsKeyId": pulumi.Sprintf("arn:aws:kms:us-west-2:123456789012:key/%s", key.ID()),
				}}
				return pulumi.Map{"imageId": image.ID(), "instanceType": pulumi.String("t3.micro"), "blockDeviceMappings": pulumi.Array{disk}}
			}},
			{"aws:autoscaling/group:Group", "web", &group, func() pulumi.Map {
				return pulumi.Map{
					"minSize": pulumi.Int(1), "maxSize": pulumi.Int(1), "availabilityZones": pulumi.StringArray{pulumi.String("us-west-2a")},
					"waitForCapacityTimeout": pulumi.String("0"), "instanceRefresh": pulumi.Map{"strategy": pulumi.String("Rolling")},
					"launchTemplate": pulumi.Map{
						"id": template.ID(), "version": choose("version", pulumi.String("$Latest"), pulumi.String("1")),
					},
				}
			}},
			{"aws:backup/vault:Vault", "main", &vault, func() pulumi.Map { return pulumi.Map{} }},
			{"aws:backup/vaultLockConfiguration:VaultLockConfiguration", "main", &lock, func() pulumi.Map {
				return pulumi.Map{"backupVaultName": vault.ID(), "minRetentionDays": pulumi.Int(7)}
			}},
			{"aws:backup/plan:Plan", "main", &plan, func() pulumi.Map {
				return pulumi.Map{"rules": pulumi.Array{pulumi.Map{
					"ruleName": pulumi.String("daily"), "targetVaultName": vault.ID(),
					"lifecycle": pulumi.Map{"deleteAfter": choose("retention", pulumi.Int(6), pulumi.Int(7))},
				}}}
			}},
		} {
			if err := ctx.RegisterResource(resource.token, resource.name, resource.inputs(), resource.made); err != nil {
				return err
			}
		}
		return nil
	})
}
