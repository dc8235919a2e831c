package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3BucketPolicyNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, S3BucketPolicyNotPublic, []policytest.Case{
		{Name: "with a condition on the source", Resources: policytest.One(bucketV2Type, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:orders"}}}]}`}), Want: policytest.Pass()},
		{Name: "with a condition that holds for all", Resources: policytest.One(bucketV2Type, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}}]}`}), Want: policytest.Fail("Anybody")},
		{Name: "with a condition on roles of every account", Resources: policytest.One(bucketPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}}}]}`}), Want: policytest.Fail("Anybody")},
		{Name: "denied", Resources: policytest.One(bucketV2Type, props{"policy": `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}`}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(bucketV2Type, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
		{Name: "classic", Resources: policytest.One(bucketType, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}`}), Want: policytest.Fail("Anybody")},
	}...)
}
