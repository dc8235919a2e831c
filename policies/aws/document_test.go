package aws

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseStatements(t *testing.T) {
	t.Parallel()
	for _, none := range []string{"", "{", "[]", "null", `"text"`, `{"Statement": 1}`, `{"Statement": [1]}`, `{}`} {
		assert.Empty(t, parseStatements(none), none)
	}
	one := parseStatements(`{"Statement": {"Sid": "A", "Effect": "Allow", "Principal": "*", "Action": "a:b", "Resource": ["x", "y"],
		"Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"s3:max-keys": [10, "20"]}}}}`)
	assert.Equal(t, []statement{{
		Sid: "A", Effect: "Allow", Principal: principals{"*": {"*"}}, Action: texts{"a:b"}, Resource: texts{"x", "y"},
		Condition: map[string]map[string]texts{
			"Bool": {"aws:SecureTransport": {"false"}}, "NumericLessThan": {"s3:max-keys": {"10", "20"}},
		},
	}}, one)
	assert.Equal(t, []statement{{Action: texts{"b"}}}, parseStatements(`{"Statement": {"Action": "a", "Action": "b"}}`), "the last counts")
	require.Error(t, new(texts).UnmarshalJSON([]byte("{")))
	require.Error(t, new(principals).UnmarshalJSON([]byte("{")))
	assert.Equal(t, "the statement A", one[0].name())
	assert.Equal(t, "a statement", statement{}.name())
}

func TestOpensToAnyone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, statement string
		want            bool
	}{
		{"everybody", `"Principal": "*"`, true},
		{"everybody, as AWS", `"Principal": {"AWS": ["arn:aws:iam::1:root", "*"]}`, true},
		{"all but one", `"NotPrincipal": {"AWS": "arn:aws:iam::1:root"}`, true},
		{"an account", `"Principal": {"AWS": "arn:aws:iam::1:root"}`, false},
		{"a service", `"Principal": {"Service": "sns.amazonaws.com"}`, false},
		{"nobody said", `"Action": "*"`, false},
		{"organisation", `"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`, false},
		{"organisation, in other letters", `"Principal": "*", "Condition": {"stringequals": {"AWS:principalorgid": "o-1"}}`, false},
		{"not the organisation", `"Principal": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}`, true},
		{"organisation, if there is one", `"Principal": "*", "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}`, true},
		{"all values, which holds for none", `"Principal": "*", "Condition": {"ForAllValues:StringEquals": {"aws:PrincipalArn": "a"}}`, true},
		{"no organisation", `"Principal": "*", "Condition": {"Null": {"aws:PrincipalOrgID": "true"}}`, true},
		{"any source", `"Principal": "*", "Condition": {"ArnLike": {"aws:SourceArn": "*"}}`, true},
		{"office", `"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, false},
		{"any address", `"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}}`, true},
		{"TLS", `"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}`, true},
		{"one of several conditions", `"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:SourceAccount": "1"}}`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for effect, want := range map[string]bool{"Allow": test.want, "Deny": false} {
				parsed := parseStatements(`{"Statement": [{"Effect": "` + effect + `", ` + test.statement + `}]}`)
				if assert.Len(t, parsed, 1) {
					assert.Equal(t, want, parsed[0].opensToAnyone(), effect)
				}
			}
		})
	}
}
