package topic

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/componenttest"
)

var account = family.Account{ID: "123456789012", Region: "cn-north-1", Partition: "aws-cn", DNSSuffix: "amazonaws.com.cn"}

func create(t *testing.T, keyARN pulumi.StringPtrInput, senders ...Sender) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		f := family.Family{Ctx: ctx, Name: "main", Tags: map[string]string{"team": "platform"}}
		topic, err := New(f, account, "news", keyARN, senders...)
		if err != nil {
			return err
		}
		return topic.Email(f, "news-ops", "ops@example.com")
	})
	require.NoError(t, err)
	return r
}

func policyNamed(t *testing.T, r componenttest.Recording, token string) string {
	t.Helper()
	res, ok := r.Named(token, "main-news")
	require.True(t, ok, token)
	return res.Inputs["policy"].StringValue()
}

func TestNew(t *testing.T) {
	t.Parallel()
	r := create(t, nil, Databases(account), Rules(), Sender{Sid: "Costs", Services: []string{"budgets.amazonaws.com", "costalerts.amazonaws.com"}})
	topic, ok := r.Named("aws:sns/topic:Topic", "main-news")
	require.True(t, ok)
	assert.Equal(t, "holdfast-test-main-news", topic.Inputs["name"].StringValue())
	assert.Contains(t, topic.Inputs["kmsMasterKeyId"].StringValue(), ":key/")
	assert.Equal(t, 2.0, topic.Inputs["signatureVersion"].NumberValue())
	assert.Equal(t, "platform", componenttest.TagsOf(topic)["team"])
	const use = `"Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":["*"]`
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Account","Effect":"Allow","Principal":{"AWS":"arn:aws-cn:iam::123456789012:root"},"Action":["kms:*"],"Resource":["*"]},
		{"Sid":"Databases",`+use+`,"Principal":{"Service":"events.rds.amazonaws.com"},
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}},
		{"Sid":"Rules",`+use+`,"Principal":{"Service":"events.amazonaws.com"},"Condition":{"StringEquals":{
			"kms:EncryptionContext:aws:sns:topicArn":"arn:aws-cn:sns:cn-north-1:123456789012:holdfast-test-main-news"}}},
		{"Sid":"Costs",`+use+`,"Principal":{"Service":["budgets.amazonaws.com","costalerts.amazonaws.com"]},
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}`, policyNamed(t, r, "aws:kms/key:Key"))
	arn, err := json.Marshal([]string{"arn:aws:sns:eu-west-1:123456789012:holdfast-test-main-news"})
	require.NoError(t, err)
	publish := `"Action":["sns:Publish"],"Resource":` + string(arn)
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Databases","Effect":"Allow","Principal":{"Service":"events.rds.amazonaws.com"},`+publish+`,"Condition":{
			"StringEquals":{"aws:SourceAccount":"123456789012"},"ArnLike":{"aws:SourceArn":"arn:aws-cn:rds:cn-north-1:123456789012:*"}}},
		{"Sid":"Rules","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},`+publish+`},
		{"Sid":"Costs","Effect":"Allow","Principal":{"Service":["budgets.amazonaws.com","costalerts.amazonaws.com"]},`+publish+`,
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}},
		{"Sid":"OnlyTLS","Effect":"Deny","Principal":"*",`+publish+`,"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`,
		policyNamed(t, r, "aws:sns/topicPolicy:TopicPolicy"))
	email, ok := r.Named("aws:sns/topicSubscription:TopicSubscription", "main-news-ops")
	require.True(t, ok)
	assert.Equal(t, "ops@example.com", email.Inputs["endpoint"].StringValue())
}

// A key that is given is used as it is.
func TestKeyGiven(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
	r := create(t, pulumi.String(arn), Alarms(account))
	topic, _ := r.Named("aws:sns/topic:Topic", "main-news")
	assert.Equal(t, arn, topic.Inputs["kmsMasterKeyId"].StringValue())
	assert.Empty(t, r.OfType("aws:kms/key:Key"))
	assert.Contains(t, policyNamed(t, r, "aws:sns/topicPolicy:TopicPolicy"), `"arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:*"`)
}

// Whichever resource cannot be registered, New says so.
func TestEveryResourceCanFail(t *testing.T) {
	t.Parallel()
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return componenttest.SimulatedAWS(t, "eu-west-1") }
	componenttest.EveryResourceCanFail(t, cloud, func(ctx *pulumi.Context) error {
		f := family.Family{Ctx: ctx, Name: "main"}
		topic, err := New(f, account, "news", nil, Rules())
		if err != nil {
			return err
		}
		return topic.Email(f, "news-ops", "ops@example.com")
	})
}
