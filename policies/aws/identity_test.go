package aws

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestActionsThatPatternsStandFor(t *testing.T) {
	t.Parallel()
	patterns := texts{"iam:Put*", "KMS:decrypt", "s3:Get?bject", "[", "ec2:"}
	for action, want := range map[string]bool{
		"iam:PutRolePolicy": true, "iam:GetRole": false, "kms:Decrypt": true, "s3:GetObject": true, "s3:GetBucket": false,
		"ec2:RunInstances": false, "": false,
	} {
		assert.Equal(t, want, patterns.match(action), action)
	}
}

func TestAllowedEverywhere(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][]string{
		`{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}`:                                     {"kms:Decrypt"},
		`{"Statement": {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}}`:                                      nil,
		`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`:                                         nil,
		`{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "arn:aws:kms:eu-west-1:1:key/a"}}`:         nil,
		`{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Condition": {"Bool": {"a": true}}}}`: nil,
	} {
		assert.ElementsMatch(t, want, parseStatements(raw)[0].allowsEverywhere("kms:Decrypt", "iam:PassRole"), raw)
	}
}
