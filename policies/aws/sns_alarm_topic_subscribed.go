package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SNSAlarmTopicSubscribed wants every topic of the stack to have a subscriber: alarms that go to a topic without one
// wake nobody.
var SNSAlarmTopicSubscribed = policy.Policy{
	ID:          "aws-sns-alarm-topic-subscribed",
	Title:       "Topics must have subscribers.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "An alarm whose topic has no subscriber looks set up, fires, and nobody hears of it.",
	Remediation: "Add an aws:sns/topicSubscription:TopicSubscription with topic set to this topic.",
	Controls:    frameworks.Controls{SOC2: "CC7.2 CC4.2", ISO27001: "A.8.16 A.5.24"}.List(),
	Tags:        []string{"reliability", "monitoring"},
	Bad: []policy.Example{
		{Name: "alarms", Type: topicType},
	},
	Good: []policy.Example{
		{Name: "alarms", Type: topicType},
		{Name: "onCall", Type: "aws:sns/topicSubscription:TopicSubscription", Properties: props{
			"topic": "${alarms.arn}", "protocol": "email", "endpoint": "oncall@example.com",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Topics        policy.Resources[struct{}] `pulumi:"aws:sns/topic:Topic"`
			Subscriptions policy.Resources[struct{}] `pulumi:"aws:sns/topicSubscription:TopicSubscription"`
		}) {
			stack.Topics.Each(func(subject policy.Resource[struct{}]) {
				if !stack.Subscriptions.AnyReferring("topic", subject.Node, nil) {
					r.Fail(subject.Node, "Nobody is subscribed to it.")
				}
			})
		}),
	},
}
