package bucket

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/componenttest"
)

func create(t *testing.T, args Args) componenttest.Recording {
	t.Helper()
	account := family.Account{ID: "123456789012", Region: "eu-west-1", Partition: "aws"}
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		bucket, err := New(family.Family{Ctx: ctx, Name: "main"}, account, "logs", args)
		if err == nil {
			assert.Contains(t, resource.URN(bucket.Ready[len(bucket.Ready)-1].PulumiResourceName()), "main-logs")
		}
		return err
	})
	require.NoError(t, err)
	return r
}

func inputs(t *testing.T, r componenttest.Recording, token string) resource.PropertyMap {
	t.Helper()
	res, ok := r.Named(token, "main-logs")
	require.True(t, ok, token)
	return res.Inputs
}

func TestNew(t *testing.T) {
	t.Parallel()
	r := create(t, Args{RetentionDays: 90, Statements: func(arn string) []iamdoc.Statement {
		return []iamdoc.Statement{{Principal: iamdoc.Service("delivery.logs.amazonaws.com"), Action: []string{"s3:PutObject"}, Resource: []string{arn + "/*"}}}
	}})
	assert.Equal(t, "holdfast-test-main-logs-123456789012", inputs(t, r, "aws:s3/bucketV2:BucketV2")["bucket"].StringValue())
	for key, value := range inputs(t, r, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock") {
		if key != "bucket" {
			assert.True(t, value.BoolValue(), key)
		}
	}
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"OnlyTLS","Effect":"Deny","Principal":"*","Action":["s3:*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}},
			"Resource":["arn:aws:s3:::holdfast-test-main-logs-123456789012","arn:aws:s3:::holdfast-test-main-logs-123456789012/*"]},
		{"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":["s3:PutObject"],
			"Resource":["arn:aws:s3:::holdfast-test-main-logs-123456789012/*"]}]}`,
		inputs(t, r, "aws:s3/bucketPolicy:BucketPolicy")["policy"].StringValue())
	rule := inputs(t, r, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2")["rules"].ArrayValue()[0].ObjectValue()
	assert.Equal(t, "AES256", rule["applyServerSideEncryptionByDefault"].ObjectValue()["sseAlgorithm"].StringValue())
	expiry := inputs(t, r, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2")["rules"].ArrayValue()[0].ObjectValue()
	assert.Equal(t, 90.0, expiry["expiration"].ObjectValue()["days"].NumberValue())
	assert.Empty(t, r.OfType("aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"))
}

func TestKeyAndLock(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
	r := create(t, Args{RetentionDays: 400, LockDays: 365, KeyARN: pulumi.String(arn)})
	assert.True(t, inputs(t, r, "aws:s3/bucketV2:BucketV2")["objectLockEnabled"].BoolValue())
	rule := inputs(t, r, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2")["rules"].ArrayValue()[0].ObjectValue()
	assert.True(t, rule["bucketKeyEnabled"].BoolValue())
	assert.Equal(t, arn, rule["applyServerSideEncryptionByDefault"].ObjectValue()["kmsMasterKeyId"].StringValue())
	lock := inputs(t, r, "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2")["rule"].ObjectValue()
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{"mode": "GOVERNANCE", "days": 365.0}), lock["defaultRetention"].ObjectValue())
}

// Whichever resource cannot be registered, New says so.
func TestEveryResourceCanFail(t *testing.T) {
	t.Parallel()
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return componenttest.SimulatedAWS(t, "eu-west-1") }
	componenttest.EveryResourceCanFail(t, cloud, func(ctx *pulumi.Context) error {
		_, err := New(family.Family{Ctx: ctx, Name: "main"}, family.Account{ID: "123456789012", Partition: "aws"}, "logs", Args{
			RetentionDays: 400, LockDays: 365,
		})
		return err
	})
}
