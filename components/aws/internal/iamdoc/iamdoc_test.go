package iamdoc

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDocument(t *testing.T) {
	t.Parallel()
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Read","Effect":"Allow","Principal":{"AWS":["arn:a","arn:b"]},"Action":["s3:GetObject"],"Resource":["*"],
			"Condition":{"ArnLike":{"aws:SourceArn":["arn:aws:x:*","arn:aws:y:*"]}}},
		{"Effect":"Deny","Principal":"*","NotAction":["iam:*"],"Condition":{"StringEquals":{"k":"v"}}}]}`,
		Document(
			Statement{
				Sid: "Read", Principal: AWS("arn:a", "arn:b"), Action: []string{"s3:GetObject"}, Resource: []string{"*"},
				Condition: Like("aws:SourceArn", "arn:aws:x:*", "arn:aws:y:*"),
			},
			Statement{Effect: "Deny", Principal: Anyone, NotAction: []string{"iam:*"}, Condition: Equal("k", "v")},
		))
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"a.amazonaws.com"},
		"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}`,
		Trust("123456789012", "a.amazonaws.com"))
	assert.Panics(t, func() { Document(Statement{Principal: func() {}}) }, "a principal without a JSON form is a mistake of ours")
}

func TestParseARN(t *testing.T) {
	t.Parallel()
	arn, err := ParseARN("arn:aws-cn:logs:cn-north-1:123456789012:log-group:/a:b")
	require.NoError(t, err)
	assert.Equal(t, ARN{"aws-cn", "logs", "cn-north-1", "123456789012", "log-group:/a:b"}, arn)
	for _, text := range []string{"", "arn:aws:s3", "urn:a:b:c:d:e"} {
		_, err := ParseARN(text)
		assert.ErrorContains(t, err, "is not an ARN", text)
	}
}
