package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3BucketTLSOnly(t *testing.T) {
	t.Parallel()
	policytest.Run(t, S3BucketTLSOnly, []policytest.Case{
		{Name: "a policy about something else", Resources: []policytest.Resource{
			{Name: "a", Type: bucketType},
			{Name: "p", Type: bucketPolicyType, Properties: props{"bucket": policytest.Ref("a"), "policy": `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}`}},
		}, Want: policytest.Fail("refuses HTTP")},
		{Name: "for one user only", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type},
			{Name: "p", Type: bucketPolicyType, Properties: props{"bucket": policytest.Ref("a"), "policy": `{"Statement": [{"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::123456789012:user/ann"}, "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": false}}}]}`}},
		}, Want: policytest.Fail("refuses HTTP")},
		{Name: "document not known yet", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type}, {Name: "p", Type: bucketPolicyType, Properties: props{"bucket": policytest.Ref("a"), "policy": policytest.Unknown}},
		}, Want: policytest.Undetermined(".policy")},

		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:s3/bucketV2:BucketV2"}, {Name: "other", Type: "aws:s3/bucketPolicy:BucketPolicy", Properties: props{"bucket": policytest.Unknown, "policy": `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}`}},
		}, Want: policytest.Undetermined(".bucket")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:s3/bucketV2:BucketV2"}, {Name: "other", Type: "aws:s3/bucketPolicy:BucketPolicy", Properties: props{"bucket": "another"}},
		}, Want: policytest.Fail("No policy of it refuses HTTP.")},
		{Name: "for reading only", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type},
			{Name: "p", Type: bucketPolicyType, Properties: props{"bucket": policytest.Ref("a"), "policy": `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`}},
		}, Want: policytest.Fail("refuses HTTP")},
		{Name: "allowed", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type},
			{Name: "p", Type: bucketPolicyType, Properties: props{"bucket": policytest.Ref("a"), "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`}},
		}, Want: policytest.Fail("refuses HTTP")},
	}...)
}
