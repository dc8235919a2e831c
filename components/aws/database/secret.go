package database

import (
	"encoding/json"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// createSecret sets when RDS changes the password that it manages, or keeps the one that is given where RDS would have.
func (b *builder) createSecret() error {
	switch {
	case b.args.MasterPassword != nil:
		arn, err := b.keepPassword("secret")
		b.database.SecretARN = arn
		return err
	case b.args.RotationDays != managedRotationDays:
		_, err := secretsmanager.NewSecretRotation(b.Ctx, b.Child("rotation"), &secretsmanager.SecretRotationArgs{
			SecretId:          b.database.SecretARN,
			RotateImmediately: pulumi.Bool(false),
			RotationRules: &secretsmanager.SecretRotationRotationRulesArgs{
				AutomaticallyAfterDays: pulumi.Int(b.args.RotationDays),
			},
		}, b.Options(pulumi.DependsOn([]pulumi.Resource{b.server}))...)
		return err
	default:
		return nil
	}
}

// keepPassword keeps the password that is given in a secret, and returns its ARN.
func (b *builder) keepPassword(part string) (pulumi.StringOutput, error) {
	secret, err := secretsmanager.NewSecret(b.Ctx, b.Child(part), &secretsmanager.SecretArgs{
		Name:        b.birth().ApplyT(b.secretName).(pulumi.StringOutput),
		Description: pulumi.String("The first user of the database " + b.Name),
		KmsKeyId:    b.keyARN,
		Tags:        b.TagInput(part),
	}, b.Options()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	value := b.password().ApplyT(func(password string) (string, error) { // as RDS writes the secrets that it manages
		text, err := json.Marshal(map[string]string{"username": b.args.AdminUser, "password": password})
		return string(text), err
	}).(pulumi.StringOutput)
	_, err = secretsmanager.NewSecretVersion(b.Ctx, b.Child(part), &secretsmanager.SecretVersionArgs{
		SecretId: secret.ID(), SecretString: value,
	}, b.Options()...)
	return secret.Arn, err
}

// secretName ends in when the secret was born: one that is deleted keeps its name for 30 days, in which it can be brought
// back (Secrets Manager API, DeleteSecret, RecoveryWindowInDays).
func (b *builder) secretName(birth string) string {
	return naming.AWSSecret.Name(b.FullName("admin", birth)...)
}
