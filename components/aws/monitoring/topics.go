package monitoring

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/aws/internal/topic"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Webhook is an address that alarms are posted to: an incident service such as PagerDuty, or a program of one's own.
type Webhook struct {
	// URL is the address, https only. It usually contains a token, and is kept secret. Required.
	URL pulumi.StringInput
	// ConfirmsItself says that the other side confirms the subscription at once, as PagerDuty does; the subscription then
	// fails if it does not. Default false: somebody must confirm it.
	ConfirmsItself bool
	// Severities are the severities to post. Default: all.
	Severities []spec.Severity
}

// createKey creates the key that encrypts topics and logs.
func (b *builder) createKey() error {
	b.keyARN = b.args.KeyARN
	b.monitoring.KeyARN = pulumi.String("").ToStringOutput()
	if b.keyARN != nil {
		b.monitoring.KeyARN = b.keyARN.ToStringPtrOutput().Elem()
		return nil
	}
	if len(b.args.TopicARNs) > 0 && len(b.args.Logs) == 0 {
		return nil // nothing to encrypt
	}
	// An alarm's message to an encrypted topic is encrypted by the alarm, with the key of the topic: CloudWatch must be
	// allowed to use it, which AWS's own key for SNS does not let it (AWS re:Post knowledge center,
	// "cloudwatch-configure-alarm-sns"). Otherwise the alarm goes off and nobody hears of it.
	created, err := key.New(b.Family, b.account, "alarms-key", "Encrypts alarms' topics and application logs of "+b.Name,
		append(topic.KeyUse(b.account, "", b.senders()...), key.ForLogs(b.account))...)
	if err != nil {
		return err
	}
	b.keyARN, b.monitoring.KeyARN = created.Arn, created.Arn
	return nil
}

// senders are who tells of something: alarms that go off, and databases by their events.
func (b *builder) senders() []topic.Sender {
	return []topic.Sender{topic.Alarms(b.account), topic.Databases(b.account)}
}

// createTopics creates a topic per severity.
func (b *builder) createTopics() error {
	arns := pulumi.StringMap{}
	for _, severity := range spec.Severities() {
		arn := b.args.TopicARNs[severity]
		if len(b.args.TopicARNs) == 0 {
			created, err := topic.New(b.Family, b.account, string(severity), b.keyARN, b.senders()...)
			if err != nil {
				return err
			}
			b.ready = append(b.ready, created.Ready...)
			arn = created.ARN
		}
		b.topics[severity] = arn
		arns[string(severity)] = arn
	}
	b.monitoring.TopicARNs = arns.ToStringMapOutput()
	return nil
}

// createSubscriptions tells people and programs.
func (b *builder) createSubscriptions() error {
	for _, name := range sorted(b.args.Emails) {
		email := b.args.Emails[name]
		err := b.subscribe(joined("email", name), email.Severities, sns.TopicSubscriptionArgs{
			Protocol: pulumi.String("email"), Endpoint: pulumi.String(email.Address),
		})
		if err != nil {
			return err
		}
	}
	for _, name := range sorted(b.args.Webhooks) {
		webhook := b.args.Webhooks[name]
		err := b.subscribe(joined("webhook", name), webhook.Severities, sns.TopicSubscriptionArgs{
			Protocol: pulumi.String("https"), EndpointAutoConfirms: pulumi.Bool(webhook.ConfirmsItself),
			Endpoint: pulumi.ToSecret(webhook.URL.ToStringOutput().ApplyT(checkURL)).(pulumi.StringOutput),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// subscribe subscribes an endpoint to the topics of severities.
func (b *builder) subscribe(part string, severities []spec.Severity, args sns.TopicSubscriptionArgs) error {
	for _, severity := range severities {
		own := args // arguments are read after this function has returned
		own.Topic = b.topics[severity]
		_, err := sns.NewTopicSubscription(b.Ctx, b.Child(part, string(severity)), &own,
			b.Options(pulumi.DependsOn(b.ready))...)
		if err != nil {
			return err
		}
	}
	return nil
}
