package main

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// identity plants faults of what people and machines may do, and of keys and secrets.
func identity(ctx *pulumi.Context, w world) {
	permissions(ctx)
	trust(ctx)
	people(ctx)
	keys(ctx)
	secrets(ctx, w)
	runbooks(ctx)
}

func permissions(ctx *pulumi.Context) {
	must(iam.NewPolicy(ctx, "good", &iam.PolicyArgs{Policy: document(
		`{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}`)}))
	must(iam.NewPolicy(ctx, "admin", &iam.PolicyArgs{Policy: document(
		`{"Effect": "Allow", "Action": "*", "Resource": "*"}`)})) // want: aws-iam-policy-no-admin
	must(iam.NewPolicy(ctx, "but-iam", &iam.PolicyArgs{Policy: document(
		`{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}`)})) // want: aws-iam-policy-no-not-action
	must(iam.NewPolicy(ctx, "all-of-a-service", &iam.PolicyArgs{Policy: document(
		`{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}`)})) // want: aws-iam-policy-no-service-wildcard
	must(iam.NewPolicy(ctx, "all-keys", &iam.PolicyArgs{Policy: document(
		`{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}`)})) // want: aws-iam-policy-no-decrypt-all
	must(iam.NewPolicy(ctx, "upwards", &iam.PolicyArgs{Policy: document(
		`{"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "*"}`)})) // want: aws-iam-no-privilege-escalation
	job := role(ctx, "job", "ecs-tasks.amazonaws.com")
	must(iam.NewRolePolicy(ctx, "passing", &iam.RolePolicyArgs{Role: job.Name, Policy: document(
		`{"Effect": "Allow", "Action": ["ecs:RunTask", "iam:PassRole"], "Resource": "*"}`)})) // want: aws-iam-pass-role-limited
	must(iam.NewRolePolicyAttachment(ctx, "administrator", &iam.RolePolicyAttachmentArgs{
		Role: job.Name, PolicyArn: iam.ManagedPolicyAdministratorAccess, // want: aws-iam-no-admin-attachment
	}))
	must(iam.NewRolePolicyAttachment(ctx, "shell", &iam.RolePolicyAttachmentArgs{
		Role: job.Name, PolicyArn: pulumi.String("arn:aws:iam::aws:policy/AWSCloudShellFullAccess"), // want: aws-iam-no-cloud-shell
	}))
	must(iam.NewRole(ctx, "administrators", &iam.RoleArgs{
		AssumeRolePolicy: trusting(`{"Service": "ec2.amazonaws.com"}`),
		InlinePolicies: iam.RoleInlinePolicyArray{iam.RoleInlinePolicyArgs{
			Name: pulumi.String("all"), Policy: document(`{"Effect": "Allow", "Action": ["*"], "Resource": ["*"]}`), // want: aws-iam-policy-no-admin
		}},
	}))
}

func trust(ctx *pulumi.Context) {
	must(iam.NewRole(ctx, "anyone", &iam.RoleArgs{
		AssumeRolePolicy: trusting(`{"AWS": "*"}`), // want: aws-iam-role-trust-limited
	}))
	must(iam.NewRole(ctx, "any-repository", &iam.RoleArgs{AssumeRolePolicy: document(`{
		"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
		"Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},
		"Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}`), // want: aws-iam-role-trust-limited
	}))
	must(iam.NewRole(ctx, "any-owner", &iam.RoleArgs{AssumeRolePolicy: document(`{
		"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
		"Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},
		"Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
			"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*/shop:*"}}}`), // want: aws-iam-github-repository-named
	}))
}

func people(ctx *pulumi.Context) {
	bob := must(iam.NewUser(ctx, "bob", &iam.UserArgs{}))
	must(iam.NewUserLoginProfile(ctx, "bob", &iam.UserLoginProfileArgs{User: bob.Name})) // want: aws-iam-user-no-password
	must(iam.NewAccessKey(ctx, "bob-key", &iam.AccessKeyArgs{User: bob.Name}))           // want: aws-iam-no-access-keys

	ann := must(iam.NewUser(ctx, "ann", &iam.UserArgs{}))
	must(iam.NewUserPolicyAttachment(ctx, "ann", &iam.UserPolicyAttachmentArgs{ // want: aws-iam-user-no-policies
		User: ann.Name, PolicyArn: pulumi.String("arn:aws:iam::aws:policy/ReadOnlyAccess"),
	}))
	must(iam.NewUserPolicy(ctx, "ann-inline", &iam.UserPolicyArgs{ // want: aws-iam-user-no-policies
		User: ann.Name, Policy: document(`{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}`),
	}))
}

func keys(ctx *pulumi.Context) {
	named := func(ctx *pulumi.Context, name string, args *kms.KeyArgs) {
		made := must(kms.NewKey(ctx, name, args))
		must(kms.NewAlias(ctx, name, &kms.AliasArgs{Name: pulumi.String("alias/" + name), TargetKeyId: made.KeyId}))
	}
	must(kms.NewKey(ctx, "nameless", &kms.KeyArgs{EnableKeyRotation: yes})) // want: aws-kms-key-alias
	named(ctx, "worn", &kms.KeyArgs{})                                      // want: aws-kms-key-rotates
	named(ctx, "hasty", &kms.KeyArgs{
		EnableKeyRotation:    yes,
		DeletionWindowInDays: pulumi.Int(7), // want: aws-kms-deletion-window
	})
	named(ctx, "everybodys", &kms.KeyArgs{
		EnableKeyRotation: yes,
		Policy:            document(ourOwn, `{"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}`), // want: aws-kms-key-policy-not-public
	})
}

func secrets(ctx *pulumi.Context, w world) {
	rotated := func(ctx *pulumi.Context, name string, of *secretsmanager.Secret, days int) {
		must(secretsmanager.NewSecretRotation(ctx, name, &secretsmanager.SecretRotationArgs{
			SecretId: of.ID(), RotationLambdaArn: w.rotator.Arn,
			RotationRules: secretsmanager.SecretRotationRotationRulesArgs{AutomaticallyAfterDays: pulumi.Int(days)},
		}, pulumi.DependsOn([]pulumi.Resource{w.rotates})))
	}
	secret := func(ctx *pulumi.Context, name string, changes ...func(*secretsmanager.SecretArgs)) *secretsmanager.Secret {
		made := must(secretsmanager.NewSecret(ctx, name, with(&secretsmanager.SecretArgs{KmsKeyId: w.key.Arn}, changes)))
		rotated(ctx, name, made, 30)
		return made
	}
	secret(ctx, "fleeting", func(s *secretsmanager.SecretArgs) {
		s.RecoveryWindowInDays = pulumi.Int(0) // want: aws-secretsmanager-recovery-window
	})
	must(secretsmanager.NewSecret(ctx, "stale", &secretsmanager.SecretArgs{KmsKeyId: w.key.Arn})) // want: aws-secretsmanager-rotated
	slow := must(secretsmanager.NewSecret(ctx, "slow", &secretsmanager.SecretArgs{KmsKeyId: w.key.Arn}))
	rotated(ctx, "slowly", slow, 365) // want: aws-secretsmanager-rotated-often
	must(ssm.NewParameter(ctx, "written-down", &ssm.ParameterArgs{
		Name: pulumi.String("/shop/api-key"), Value: pulumi.String("unset"),
		Type: pulumi.String("String"), // want: aws-ssm-parameter-encrypted
	}))
	told := secret(ctx, "told")
	must(secretsmanager.NewSecretPolicy(ctx, "told-to-all", &secretsmanager.SecretPolicyArgs{
		SecretArn: told.Arn,
		Policy:    document(`{"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}`), // want: aws-secretsmanager-policy-not-public
	}))
}

// runbooks say what is run on machines, and what becomes of sessions on them.
func runbooks(ctx *pulumi.Context) {
	must(ssm.NewDocument(ctx, "run-by-all", &ssm.DocumentArgs{
		DocumentType: pulumi.String("Command"), Content: pulumi.String(`{"schemaVersion": "2.2", "mainSteps": [
			{"action": "aws:runShellScript", "name": "report", "inputs": {"runCommand": ["df"]}}]}`),
		Permissions: pulumi.StringMap{"type": pulumi.String("Share"), "accountIds": pulumi.String("All")}, // want: aws-ssm-document-not-public
	}))
	must(ssm.NewDocument(ctx, "unrecorded", &ssm.DocumentArgs{
		DocumentType: pulumi.String("Session"),
		Content: pulumi.String(`{"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": {
			"s3BucketName": "sessions", "s3EncryptionEnabled": false}}`), // want: aws-ssm-session-logs
	}))
}

// ourOwn lets the account use what it has.
const ourOwn = `{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"}`

// document is a policy of statements.
func document(statements ...string) pulumi.String {
	return pulumi.String(`{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ", ") + "]}")
}

// trusting is the trust policy of a role that a principal may assume.
func trusting(principal string) pulumi.String {
	return document(`{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": ` + principal + "}")
}

// role is one that a service may assume.
func role(ctx *pulumi.Context, name, service string) *iam.Role {
	return must(iam.NewRole(ctx, name, &iam.RoleArgs{AssumeRolePolicy: trusting(`{"Service": "` + service + `"}`)}))
}
