package aws

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
)

// grantQuestion is the look-up by which the tests ask what a bucket's policy allows.
const grantQuestion = "aws:s3/getBucketPolicy:getBucketPolicy"

func bucketPolicyOf(statement string) string {
	return `{"Version":"2012-10-17","Statement":` + statement + `}`
}

func TestBucketGrants(t *testing.T) {
	t.Parallel()
	const (
		trail = "cloudtrail.amazonaws.com"
		own   = `"Resource":"arn:aws:s3:::logs"`
		in    = `"Resource":"arn:aws:s3:::logs/*"`
		allow = `{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",`
	)
	for name, test := range map[string]struct {
		statement, principal, action string
		want                         bool
	}{
		"service":            {allow + in + `}`, trail, "s3:PutObject", true},
		"list of statements": {`[` + allow + in + `}]`, trail, "s3:PutObject", true},
		"another service":    {allow + in + `}`, "config.amazonaws.com", "s3:PutObject", false},
		"another action":     {allow + in + `}`, trail, "s3:GetObject", false},
		"bucket alone":       {allow + own + `}`, trail, "s3:PutObject", false},
		"objects below":      {allow + `"Resource":["arn:aws:s3:::logs/AWSLogs/*"]}`, trail, "s3:PutObject", true},
		"all that begins so": {allow + `"Resource":"arn:aws:s3:::log*"}`, trail, "s3:PutObject", true},
		"everything":         {`{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}`, trail, "s3:PutObject", true},
		"wildcard":           {`{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["s3:Get*"],` + own + `}`, trail, "s3:GetBucketAcl", true},
		"bucket's own":       {`{"Effect":"Allow","Principal":"*","Action":"s3:GetBucketAcl",` + own + `}`, trail, "s3:GetBucketAcl", true},
		"bucket's, inside":   {`{"Effect":"Allow","Principal":"*","Action":"s3:GetBucketAcl",` + in + `}`, trail, "s3:GetBucketAcl", false},
		"account": {`{"Effect":"Allow","Principal":{"AWS":"127311923021"},"Action":"s3:putobject",` + in + `}`,
			"127311923021", "s3:PutObject", true},
		"account's root": {`{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::127311923021:root"]},"Action":"s3:*",` + in + `}`,
			"127311923021", "s3:PutObject", true},
		"account's user": {`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::127311923021:user/root"},"Action":"s3:*",` + in + `}`,
			"127311923021", "s3:PutObject", false},
		"all but one":     {`{"Effect":"Allow","Principal":"*","NotAction":"s3:GetObject",` + in + `}`, trail, "s3:PutObject", true},
		"all but this":    {`{"Effect":"Allow","Principal":"*","NotAction":"s3:Put*",` + in + `}`, trail, "s3:PutObject", false},
		"all but objects": {`{"Effect":"Allow","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::logs/*"}`, trail, "s3:PutObject", false},
		"denied": {`[` + allow + in + `},{"Effect":"Deny","Principal":"*","Action":"s3:Put*",` + in + `}]`,
			trail, "s3:PutObject", false},
		"denied to others": {`[` + allow + in + `},{"Effect":"Deny","NotPrincipal":{"Service":"cloudtrail.amazonaws.com"},"Action":"*",` +
			in + `}]`, trail, "s3:PutObject", true},
		"denied without TLS": {`[` + allow + in + `},{"Effect":"Deny","Principal":"*","Action":"s3:*",` + in +
			`,"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]`, trail, "s3:PutObject", true},
		"condition that cannot be judged": {allow + in + `,"Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}`,
			trail, "s3:PutObject", true},
		"our account": {allow + in + `,"Condition":{"StringEquals":{"AWS:SourceAccount":["123456789012"]}}}`,
			trail, "s3:PutObject", true},
		"another's account": {allow + in + `,"Condition":{"StringEqualsIfExists":{"aws:SourceAccount":"210987654321"}}}`,
			trail, "s3:PutObject", false},
		"our trail": {allow + in + `,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:123456789012:trail/*"}}}`,
			trail, "s3:PutObject", true},
		"another's trail": {allow + in + `,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:210987654321:trail/*"}}}`,
			trail, "s3:PutObject", false},
		"not another's": {allow + in + `,"Condition":{"StringNotEquals":{"aws:SourceAccount":"210987654321"}}}`,
			trail, "s3:PutObject", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, askGrant(t, bucketPolicyOf(test.statement), "logs", test.principal, test.action))
		})
	}
	assert.False(t, askGrant(t, "", "logs", trail, "s3:PutObject"), "without a policy")
	assert.True(t, askGrant(t, "", "another-accounts", trail, "s3:PutObject"), "a bucket that is not ours is not judged")
}

// askGrant makes a bucket called logs with a policy, and asks what another bucket or it allows.
func askGrant(t *testing.T, policy, bucket, principal, action string) bool {
	t.Helper()
	cloud := New(Options{})
	var granted bool
	cloud.Lookups = []*simulator.Lookup{{Token: grantQuestion, Answer: func(c *simulator.Call) resource.PropertyMap {
		granted = bucketGrants(c, bucket, principal, action)
		if bucket == "logs" {
			assert.Equal(t, "us-east-1", bucketLocation(c, bucket), "from any region")
		} else {
			assert.Empty(t, bucketLocation(c, bucket))
		}
		return resource.PropertyMap{}
	}}}
	account, err := simulator.NewAccount(cloud, simulator.Options{})
	require.NoError(t, err)
	create := func(p *simulator.Provider, token string, inputs resource.PropertyMap) {
		request := simulator.Request{URN: resource.URN("urn:pulumi:test::simulator::" + token + "::logs"), Token: token}
		checked, problems := p.Check(request, nil, inputs)
		require.Empty(t, problems)
		_, _, err := p.Create(request, checked, false)
		require.NoError(t, err)
	}
	provider := func(region string) *simulator.Provider {
		p, problems := account.Provider(resource.PropertyMap{"region": text(region)})
		require.Empty(t, problems)
		return p
	}
	create(provider("us-east-1"), "aws:s3/bucketV2:BucketV2", resource.PropertyMap{"bucket": text("logs")})
	create(provider("us-east-1"), "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", resource.PropertyMap{"bucket": text("logs")})
	if policy != "" {
		create(provider("us-east-1"), "aws:s3/bucketPolicy:BucketPolicy",
			resource.PropertyMap{"bucket": text("logs"), "policy": text(policy)})
	}
	_, err = provider("us-west-2").Invoke(grantQuestion, resource.PropertyMap{"bucket": text("logs")})
	require.NoError(t, err)
	return granted
}

func TestWildcard(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pattern, s string
		want       bool
	}{
		{"", "", true}, {"", "a", false}, {"a", "", false}, {"*", "", true}, {"**", "abc", true}, {"a*c", "abbc", true},
		{"a*c", "abcd", false}, {"a?c", "abc", true}, {"a?c", "ac", false}, {"*b*d", "abcbd", true}, {"a*b?", "aabbb", true},
	} {
		assert.Equal(t, test.want, wildcard(test.pattern, test.s), "%q for %q", test.pattern, test.s)
	}
}
