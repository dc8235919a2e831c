package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSQSQueuePolicyNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SQSQueuePolicyNotPublic, []policytest.Case{
		{Name: "with a condition on the source", Resources: policytest.One(queueType, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:orders"}}}]}`}), Want: policytest.Pass()},
		{Name: "with a condition that holds for all", Resources: policytest.One(queueType, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}}]}`}), Want: policytest.Fail("Anybody")},
		{Name: "denied", Resources: policytest.One(queueType, props{"policy": `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]}`}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(queueType, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
	}...)
}
