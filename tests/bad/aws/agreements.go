package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// agreements plants faults of what holds for all services: some by what this stack's owners agreed on, as the
// configuration of the policies has it (agreedOn in bad_test.go).
func agreements(ctx *pulumi.Context, w world) {
	must(ec2.NewKeyPair(ctx, "shell", &ec2.KeyPairArgs{ // want: any-types-allowed
		PublicKey: pulumi.String("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ann@example.com"),
	}))
	must(ec2.NewSecurityGroup(ctx, "by-hand", &ec2.SecurityGroupArgs{
		VpcId: w.vpc.ID(), Description: pulumi.String("Nobody"),
	}, pulumi.IgnoreChanges([]string{"ingress"}))) // want: any-changes-not-ignored
	providers(ctx)
	hidden(ctx, w)
}

// providers plants faults of providers, and of what they give to all that they make.
func providers(ctx *pulumi.Context) {
	must(aws.NewProvider(ctx, "tokyo", &aws.ProviderArgs{
		Region: pulumi.String("ap-northeast-1"), // want: any-regions-allowed
	}))
	must(aws.NewProvider(ctx, "credulous", &aws.ProviderArgs{
		Region:   pulumi.String("eu-west-1"),
		Insecure: yes, // want: any-providers-verify
	}))
	must(aws.NewProvider(ctx, "equipped", &aws.ProviderArgs{
		Region:    pulumi.String("eu-west-1"),
		AccessKey: secretText("AKIAIOSFODNN7EXAMPLE"), // want: any-providers-short-lived
		SecretKey: secretText("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
	}))
	bare := must(aws.NewProvider(ctx, "tagless", &aws.ProviderArgs{Region: pulumi.String("eu-west-1")}))
	must(ebs.NewVolume(ctx, "unowned", &ebs.VolumeArgs{ // want: any-tags-required
		AvailabilityZone: pulumi.String("eu-west-1a"), Size: pulumi.Int(20), Type: pulumi.String("gp3"), Encrypted: yes, Tags: backedUp,
	}, pulumi.Provider(bare)))
	must(ebs.NewVolume(ctx, "strayed", &ebs.VolumeArgs{
		AvailabilityZone: pulumi.String("eu-west-1a"), Size: pulumi.Int(20), Type: pulumi.String("gp3"), Encrypted: yes,
		Tags: pulumi.StringMap{"backup": pulumi.String("daily"), "environment": pulumi.String("dev")}, // want: any-tags-one-environment
	}))
}

// hidden plants faults of secrets, and of credentials that nobody renews.
func hidden(ctx *pulumi.Context, w world) {
	w.function(ctx, "confided", func(f *lambda.FunctionArgs) {
		f.Environment = lambda.FunctionEnvironmentArgs{
			Variables: pulumi.StringMap{"GREETING": secretText("correct-horse")}, // want: any-secrets-from-a-store
		}
	})
	w.function(ctx, "betrayed", func(f *lambda.FunctionArgs) {
		f.Environment = lambda.FunctionEnvironmentArgs{
			Variables: pulumi.StringMap{"DB_PASSWORD": pulumi.String("correct-horse")}, // want: any-secrets-marked
		}
	})
	eve := must(iam.NewUser(ctx, "eve", &iam.UserArgs{}))
	must(iam.NewServiceSpecificCredential(ctx, "eve", &iam.ServiceSpecificCredentialArgs{ // want: any-keys-short-lived
		UserName: eve.Name, ServiceName: pulumi.String("codecommit.amazonaws.com"),
	}))
}

// secretText is a text that is marked as a secret.
func secretText(text string) pulumi.StringOutput {
	return pulumi.ToSecret(pulumi.String(text)).(pulumi.StringOutput)
}
