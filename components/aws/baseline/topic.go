package baseline

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// topic tells people; what publishes to it depends on ready.
type topic struct {
	arn   pulumi.StringOutput
	ready []pulumi.Resource
}

// createTopic creates the topic of alarms and costs, if there are any, and its subscribers.
func (b *builder) createTopic() error {
	if b.args.Alarms.Disabled && b.args.Costs.MonthlyLimit == 0 {
		return nil
	}
	if b.args.TopicARN != nil {
		b.topic.arn = b.args.TopicARN.ToStringPtrOutput().Elem()
	} else if err := b.createOwnTopic(); err != nil {
		return err
	}
	b.baseline.TopicARN = b.topic.arn
	for _, email := range b.args.Alarms.Emails {
		_, err := sns.NewTopicSubscription(b.Ctx, b.Child("topic", email), &sns.TopicSubscriptionArgs{
			Topic: b.topic.arn, Protocol: pulumi.String("email"), Endpoint: pulumi.String(email),
		}, b.Options(pulumi.DependsOn(b.topic.ready))...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) createOwnTopic() error {
	created, err := sns.NewTopic(b.Ctx, b.Child("topic"), &sns.TopicArgs{
		Name:           pulumi.String(naming.AWSTopic.Name(b.FullName("topic")...)),
		KmsMasterKeyId: b.key.Arn,
		Tags:           b.TagInput("topic"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	policy, err := sns.NewTopicPolicy(b.Ctx, b.Child("topic"), &sns.TopicPolicyArgs{
		Arn: created.Arn,
		Policy: created.Arn.ApplyT(func(arn string) string {
			return iamdoc.Document(
				iamdoc.Statement{
					Sid:       "Alarms",
					Principal: iamdoc.Service("cloudwatch.amazonaws.com", "budgets.amazonaws.com", "costalerts.amazonaws.com"),
					Action:    []string{"sns:Publish"}, Resource: []string{arn},
					Condition: iamdoc.Equal("aws:SourceAccount", b.account.ID),
				},
				iamdoc.Statement{
					Sid: "OnlyTLS", Effect: "Deny", Principal: iamdoc.Anyone, Action: []string{"sns:Publish"}, Resource: []string{arn},
					Condition: map[string]map[string]any{"Bool": {"aws:SecureTransport": "false"}},
				})
		}).(pulumi.StringOutput),
	}, b.Options()...)
	b.topic = topic{arn: created.Arn, ready: []pulumi.Resource{policy}}
	return err
}
