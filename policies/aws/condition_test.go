package aws

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLimits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		key   string
		limit []string // to callers of one's own
		no    []string
	}{
		{"aws:PrincipalAccount", []string{"123456789012", "${aws:ResourceAccount}"}, []string{"*", "1234*", "12345678901?", "${aws:PrincipalAccount}"}},
		{"aws:PrincipalArn", []string{
			"arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:role/*", "arn:*:iam::123456789012:*", "arn:aws:iam::${aws:ResourceAccount}:role/*",
		}, []string{
			"*", "arn:*", "arn:aws:iam::*:role/deploy", "arn:aws:iam::1234*:role/deploy", "arn:aws:iam::*", "arn:aws:iam:::role/*", "arn:aws:iam::${aws:PrincipalAccount}:role/deploy",
		}},
		{"aws:PrincipalOrgID", []string{"o-a1b2", "${aws:ResourceOrgID}", "${AWS:resourceorgid}"}, []string{"*", "o-*", "o-a1b?", "${aws:PrincipalOrgID}"}},
		{"aws:PrincipalOrgPaths", []string{"o-a1b2/*", "o-a1b2/r-ab12/ou-ab12-11111111/*", "o-a1b2/r-ab12/"}, []string{"*", "o-*/r-ab12/", "*/ou-ab12-11111111/*"}},
		{"aws:SourceAccount", []string{"123456789012"}, []string{"*", "1234*"}},
		{"aws:SourceArn", []string{
			"arn:aws:sns:eu-west-1:123456789012:orders", "arn:aws:sns:*:123456789012:*", "arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*", "arn:aws:s3:*:*:invoices", "arn:aws:apigateway:eu-west-1::/restapis/a1b2",
		}, []string{
			"*", "arn:aws:sns:*:*:*", "arn:aws:sns:eu-west-1:*:orders", "arn:aws:s3:::*", "arn:aws:s3:::inv*", "arn:aws:s3:::inv*/a", "arn:aws:route53:::hostedzone/*", "arn:aws:s3*",
		}},
		{"aws:SourceIp", []string{"203.0.113.7/32", "203.0.113.7", "10.0.0.0/8", "2001:db8::/32", "nonsense"}, []string{"0.0.0.0/0", "0.0.0.0/1", "8.0.0.0/7", "::/0", "2001:db8::/31"}},
		{"aws:SourceOrgID", []string{"o-a1b2"}, []string{"o-*"}},
		{"aws:SourceOrgPaths", []string{"o-a1b2/*"}, []string{"o-*"}},
		{"aws:SourceOwner", []string{"123456789012"}, []string{"1234*"}},
		{"aws:SourceVpc", []string{"vpc-0a1b"}, []string{"vpc-*"}},
		{"aws:SourceVpce", []string{"vpce-0a1b"}, []string{"vpce-*"}},
		{"aws:userid", []string{"AIDAEXAMPLE", "AROAEXAMPLE:*", "AROAEXAMPLE:build-?", "123456789012"}, []string{"*", "AROA*", "*:build", "AROA*:build", "${aws:userid}"}},
		{"cognito-identity.amazonaws.com:aud", []string{"eu-west-1:a~b"}, []string{"eu-west-1:*"}},
		{"elasticfilesystem:AccessedViaMountTarget", []string{"true"}, []string{"false"}},
		{"elasticfilesystem:AccessPointArn", []string{"arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*"}, []string{"arn:aws:elasticfilesystem:*:*:access-point/*"}},
		{"kms:CallerAccount", []string{"123456789012"}, []string{"1234*"}},
		{"s3:DataAccessPointAccount", []string{"123456789012"}, []string{"1234*"}},
		{"s3:DataAccessPointArn", []string{"arn:aws:s3:eu-west-1:123456789012:accesspoint/*"}, []string{"arn:aws:s3:eu-west-1:*:accesspoint/*", "arn:aws:s3:*:*:accesspoint/shop"}},
		{"aws:username", nil, []string{"alice"}},
		{"aws:SecureTransport", nil, []string{"true"}},
		{"aws:RequestedRegion", nil, []string{"eu-west-1"}},
		{"aws:Referer", nil, []string{"shop"}},
		{"s3:prefix", nil, []string{"a"}},
	} {
		t.Run(test.key, func(t *testing.T) {
			t.Parallel()
			under := func(operator string, values ...string) bool {
				return statement{Condition: map[string]map[string]texts{operator: {test.key: values}}}.limited()
			}
			for _, value := range test.limit {
				assert.True(t, under("StringLike", value), value)
				for _, holdsForStrangers := range []string{
					"StringNotLike", "StringLikeIfExists", "ForAllValues:StringLike", "Null",
				} {
					assert.False(t, under(holdsForStrangers, value), "%s %s", holdsForStrangers, value)
				}
			}
			for _, value := range test.no {
				assert.False(t, under("StringLike", value), value)
				assert.False(t, under("StringLike", append(test.limit, value)...), "one of them is enough: %s", value)
			}
			if len(test.limit) > 0 {
				assert.True(t, under("ForAnyValue:StringLike", test.limit...), "each of them does")
			}
		})
	}
	assert.False(t, statement{}.limited())
}
