package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestKMSKeyPolicyNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, KMSKeyPolicyNotPublic, []policytest.Case{
		{Name: "with a condition on the source", Resources: policytest.One(keyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:orders"}}}]}`}), Want: policytest.Pass()},
		{Name: "with a condition that holds for all", Resources: policytest.One(keyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}}]}`}), Want: policytest.Fail("Anybody")},
		{Name: "denied", Resources: policytest.One(keyType, props{"policy": `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}]}`}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(keyType, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
	}...)
}
