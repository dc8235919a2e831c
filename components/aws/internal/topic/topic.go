// Package topic makes the SNS topics of the AWS components: encrypted with a key that their senders may use, and open to
// those alone.
package topic

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// Sender is who publishes to a topic on behalf of the account.
type Sender struct {
	// Sid names the sender's statements in policies.
	Sid string
	// Services are the principals that publish.
	Services []string
	// Source is the ARN of what they speak for, with * in it. Default: anything in the account.
	Source string
	// Anonymous says that they do not tell what they speak for. Who asks them loses every message. Default false.
	Anonymous bool
}

// Rules are the rules of EventBridge. No policy of a topic, nor of its key, may ask what a rule's message is for: neither
// guide supports it (EventBridge User Guide, "Amazon SNS permissions"; SNS Developer Guide, "Enable compatibility between
// event sources from AWS services and encrypted topics").
func Rules() Sender {
	return Sender{Sid: "Rules", Services: []string{"events.amazonaws.com"}, Anonymous: true}
}

// Alarms are the alarms of CloudWatch in the account and region.
func Alarms(account family.Account) Sender {
	return Sender{Sid: "Alarms", Services: []string{"cloudwatch.amazonaws.com"}, Source: account.ARN("cloudwatch", "alarm:*")}
}

// Databases are the event subscriptions of RDS in the account and region (RDS User Guide, "Granting permissions to publish
// notifications to an Amazon SNS topic").
func Databases(account family.Account) Sender {
	return Sender{Sid: "Databases", Services: []string{"events.rds.amazonaws.com"}, Source: account.ARN("rds", "*")}
}

// KeyUse lets senders encrypt what they publish: statements for the policy of a key. With SNS's own key, no service could
// publish (SNS Developer Guide, the same place). Senders that do not tell what they speak for may encrypt for the topic of
// this name alone, which SNS tells as encryption context.
func KeyUse(account family.Account, name string, senders ...Sender) []iamdoc.Statement {
	var all []iamdoc.Statement
	for _, s := range senders {
		condition := iamdoc.Equal("aws:SourceAccount", account.ID)
		if s.Anonymous {
			condition = iamdoc.Equal("kms:EncryptionContext:aws:sns:topicArn", account.ARN("sns", name))
		}
		all = append(all, iamdoc.Statement{
			Sid: s.Sid, Principal: iamdoc.Service(s.Services...), Action: []string{"kms:Decrypt", "kms:GenerateDataKey*"},
			Condition: condition,
		})
	}
	return all
}

// Topic is a topic that can be published to: what does so depends on Ready.
type Topic struct {
	// ARN is the topic's ARN.
	ARN pulumi.StringOutput
	// Ready are the resources that let its senders publish.
	Ready []pulumi.Resource
}

// Name is the name of a topic, which policies name before it exists.
func Name(f family.Family, part string) string { return naming.AWSTopic.Name(f.FullName(part)...) }

// New creates a topic that senders may publish to over TLS. The policy of its key must have their KeyUse; a nil key makes
// one that has.
func New(f family.Family, account family.Account, part string, keyARN pulumi.StringPtrInput, senders ...Sender) (Topic, error) {
	name := Name(f, part)
	if keyARN == nil {
		made, err := key.New(f, account, part, "Encrypts messages of the topic "+name, KeyUse(account, name, senders...)...)
		if err != nil {
			return Topic{}, err
		}
		keyARN = made.Arn
	}
	created, err := sns.NewTopic(f.Ctx, f.Child(part), &sns.TopicArgs{
		Name:             pulumi.String(name),
		KmsMasterKeyId:   keyARN,
		SignatureVersion: pulumi.Int(2), // SHA-256 in place of SHA-1
		Tags:             f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return Topic{}, err
	}
	policy, err := sns.NewTopicPolicy(f.Ctx, f.Child(part), &sns.TopicPolicyArgs{
		Arn:    created.Arn,
		Policy: created.Arn.ApplyT(func(arn string) string { return policyOf(account, arn, senders) }).(pulumi.StringOutput),
	}, f.Options()...)
	return Topic{ARN: created.Arn, Ready: []pulumi.Resource{policy}}, err
}

// policyOf lets senders publish to a topic, and nobody without TLS.
func policyOf(account family.Account, arn string, senders []Sender) string {
	publish := func(s iamdoc.Statement) iamdoc.Statement {
		s.Action, s.Resource = []string{"sns:Publish"}, []string{arn}
		return s
	}
	var all []iamdoc.Statement
	for _, s := range senders {
		var condition map[string]map[string]any
		if !s.Anonymous {
			condition = iamdoc.Equal("aws:SourceAccount", account.ID)
			if s.Source != "" {
				condition["ArnLike"] = map[string]any{"aws:SourceArn": s.Source}
			}
		}
		all = append(all, publish(iamdoc.Statement{Sid: s.Sid, Principal: iamdoc.Service(s.Services...), Condition: condition}))
	}
	return iamdoc.Document(append(all, publish(iamdoc.Statement{
		Sid: "OnlyTLS", Effect: "Deny", Principal: iamdoc.Anyone,
		Condition: map[string]map[string]any{"Bool": {"aws:SecureTransport": "false"}},
	}))...)
}

// Email has the topic's messages sent to an address, which must confirm it once. Part names the subscription.
func (t Topic) Email(f family.Family, part, address string) error {
	_, err := sns.NewTopicSubscription(f.Ctx, f.Child(part), &sns.TopicSubscriptionArgs{
		Topic: t.ARN, Protocol: pulumi.String("email"), Endpoint: pulumi.String(address),
	}, f.Options(pulumi.DependsOn(t.Ready))...)
	return err
}
