package baseline

import (
	"github.com/holdfast-iac/holdfast/components/aws/internal/topic"
)

// createTopic creates the topic of alarms, findings and costs, if there are any, and its subscribers.
func (b *builder) createTopic() (err error) {
	if b.args.Alarms.Disabled && b.args.Findings.Disabled && b.args.Costs.MonthlyLimit == 0 {
		return nil
	}
	if b.args.TopicARN != nil {
		b.topic = topic.Topic{ARN: b.args.TopicARN.ToStringPtrOutput().Elem()}
	} else if b.topic, err = topic.New(b.Family, b.account, "topic", b.key.Arn, b.senders()...); err != nil {
		return err
	}
	b.baseline.TopicARN = b.topic.ARN
	for _, email := range b.args.Alarms.Emails {
		if err := b.topic.Email(b.Family, "topic-"+email, email); err != nil {
			return err
		}
	}
	return nil
}

// senders are who publishes to the topic.
func (b *builder) senders() []topic.Sender {
	return []topic.Sender{
		topic.Alarms(b.account), topic.Rules(),
		{Sid: "Costs", Services: []string{"budgets.amazonaws.com", "costalerts.amazonaws.com"}},
	}
}
