package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSNSAlarmTopicSubscribed(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SNSAlarmTopicSubscribed, []policytest.Case{
		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:sns/topic:Topic"}, {Name: "other", Type: "aws:sns/topicSubscription:TopicSubscription", Properties: props{"topic": policytest.Unknown}},
		}, Want: policytest.Undetermined(".topic")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:sns/topic:Topic"}, {Name: "other", Type: "aws:sns/topicSubscription:TopicSubscription", Properties: props{"topic": "another"}},
		}, Want: policytest.Fail("Nobody is subscribed to it.")},
	}...)
}
