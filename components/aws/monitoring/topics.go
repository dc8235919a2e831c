package monitoring

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/naming"
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
		iamdoc.Statement{
			Sid: "Alarms", Principal: iamdoc.Service(alarmService), Action: []string{"kms:Decrypt", "kms:GenerateDataKey*"},
			Condition: iamdoc.Equal("aws:SourceAccount", b.account.ID),
		}, key.ForLogs(b.account))
	if err != nil {
		return err
	}
	b.keyARN, b.monitoring.KeyARN = created.Arn, created.Arn
	return nil
}

// alarmService is who sends messages when alarms go off.
const alarmService = "cloudwatch.amazonaws.com"

// createTopics creates a topic per severity.
func (b *builder) createTopics() error {
	arns := pulumi.StringMap{}
	for _, severity := range spec.Severities() {
		arn := b.args.TopicARNs[severity]
		if len(b.args.TopicARNs) == 0 {
			topic, err := b.createTopic(string(severity))
			if err != nil {
				return err
			}
			arn = topic.Arn
		}
		b.topics[severity] = arn
		arns[string(severity)] = arn
	}
	b.monitoring.TopicARNs = arns.ToStringMapOutput()
	return nil
}

func (b *builder) createTopic(part string) (*sns.Topic, error) {
	topic, err := sns.NewTopic(b.Ctx, b.Child(part), &sns.TopicArgs{
		Name:             pulumi.String(naming.AWSTopic.Name(b.FullName(part)...)),
		KmsMasterKeyId:   b.keyARN,
		SignatureVersion: pulumi.Int(2), // SHA-256 in place of SHA-1
		Tags:             b.TagInput(part),
	}, b.Options()...)
	if err != nil {
		return nil, err
	}
	policy, err := sns.NewTopicPolicy(b.Ctx, b.Child(part), &sns.TopicPolicyArgs{
		Arn:    topic.Arn,
		Policy: topic.Arn.ApplyT(b.topicPolicy).(pulumi.StringOutput),
	}, b.Options()...)
	b.ready = append(b.ready, policy)
	return topic, err
}

// topicPolicy lets the alarms of this account and region publish to a topic, and nobody without TLS.
func (b *builder) topicPolicy(arn string) string {
	return iamdoc.Document(
		iamdoc.Statement{
			Sid: "Alarms", Principal: iamdoc.Service(alarmService), Action: []string{"sns:Publish"}, Resource: []string{arn},
			Condition: map[string]map[string]any{
				"StringEquals": {"aws:SourceAccount": b.account.ID},
				"ArnLike":      {"aws:SourceArn": b.account.ARN("cloudwatch", "alarm:*")},
			},
		},
		iamdoc.Statement{
			Sid: "OnlyTLS", Effect: "Deny", Principal: iamdoc.Anyone, Action: []string{"sns:Publish"}, Resource: []string{arn},
			Condition: map[string]map[string]any{"Bool": {"aws:SecureTransport": "false"}},
		})
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
