package key

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/componenttest"
)

func TestNew(t *testing.T) {
	t.Parallel()
	account := family.Account{ID: "123456789012", Region: "eu-west-1", Partition: "aws", DNSSuffix: "amazonaws.com"}
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		_, err := New(family.Family{Ctx: ctx, Name: "main"}, account, "vault", "Encrypts backups",
			ForService(account, "backup.amazonaws.com"), ForLogs(account))
		return err
	})
	require.NoError(t, err)
	key, ok := r.Named("aws:kms/key:Key", "main-vault")
	require.True(t, ok)
	assert.True(t, key.Inputs["enableKeyRotation"].BoolValue())
	assert.Equal(t, 30.0, key.Inputs["deletionWindowInDays"].NumberValue())
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Account","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":["kms:*"],"Resource":["*"]},
		{"Sid":"Services","Effect":"Allow","Principal":{"Service":"backup.amazonaws.com"},
			"Action":["kms:Encrypt*","kms:Decrypt*","kms:ReEncrypt*","kms:GenerateDataKey*","kms:Describe*"],"Resource":["*"],
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}},
		{"Sid":"Logs","Effect":"Allow","Principal":{"Service":"logs.eu-west-1.amazonaws.com"},
			"Action":["kms:Encrypt*","kms:Decrypt*","kms:ReEncrypt*","kms:GenerateDataKey*","kms:Describe*"],"Resource":["*"],
			"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:eu-west-1:123456789012:log-group:*"}}}]}`,
		key.Inputs["policy"].StringValue())
	alias, ok := r.Named("aws:kms/alias:Alias", "main-vault")
	require.True(t, ok)
	assert.Equal(t, "alias/holdfast-test-main-vault", alias.Inputs["name"].StringValue())
}

// Whichever resource cannot be registered, New says so.
func TestEveryResourceCanFail(t *testing.T) {
	t.Parallel()
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return componenttest.SimulatedAWS(t, "eu-west-1") }
	componenttest.EveryResourceCanFail(t, cloud, func(ctx *pulumi.Context) error {
		_, err := New(family.Family{Ctx: ctx, Name: "main"}, family.Account{ID: "123456789012", Partition: "aws"}, "vault", "Encrypts backups")
		return err
	})
}
