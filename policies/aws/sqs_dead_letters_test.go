package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSQSDeadLetters(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SQSDeadLetters,
		policytest.Case{Name: "inline", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "dead", Type: queueType}, {Name: "jobs", Type: queueType, Properties: props{"redrivePolicy": policytest.Ref("dead")}},
		}},
		policytest.Case{
			Name: "none, as AWS tells of it", Want: policytest.Fail("are lost"),
			Resources: policytest.One(queueType, props{"redrivePolicy": "", "redriveAllowPolicy": ""}),
		},
		policytest.Case{Name: "that of another queue", Want: policytest.Fail("are lost"), Resources: []policytest.Resource{
			{Name: "jobs", Type: queueType}, {Name: "redrive", Type: redrivePolicyType, Properties: props{"queueUrl": "https://sqs.eu-west-1.amazonaws.com/123456789012/other", "redrivePolicy": "{}"}},
		}},
		policytest.Case{Name: "a queue that is not known yet", Want: policytest.Undetermined(".queueUrl"), Resources: []policytest.Resource{
			{Name: "jobs", Type: queueType}, {Name: "redrive", Type: redrivePolicyType, Properties: props{"queueUrl": policytest.Unknown, "redrivePolicy": "{}"}},
		}},
		policytest.Case{Name: "takes those of a queue that is not made yet", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "jobs", Type: queueType, Properties: props{"redrivePolicy": "{}"}},
			{Name: "dead", Type: queueType, Properties: props{"redriveAllowPolicy": policytest.Ref("jobs")}},
		}},
		policytest.Case{Name: "takes those of others", Resources: policytest.One(queueType, props{"redriveAllowPolicy": "{}"}), Want: policytest.Pass()},
	)
}
