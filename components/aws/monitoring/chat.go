package monitoring

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/chatbot"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// SlackChannel is a channel that hears of alarms through Amazon Q Developer in chat applications (AWS Chatbot). The
// workspace must have been connected to the account in its console once.
type SlackChannel struct {
	// WorkspaceID is the id of the workspace, such as "T07EA123LEP". Required.
	WorkspaceID string
	// ChannelID is the id of the channel, such as "C07EZ1ABC23". Required.
	ChannelID string
	// Severities are the severities to hear of. Default: all.
	Severities []spec.Severity
}

// createChat tells Slack channels. Whoever is in a channel can ask for graphs of metrics there and for nothing else: the
// service's default guardrail would be AdministratorAccess.
func (b *builder) createChat() error {
	if len(b.args.SlackChannels) == 0 {
		return nil
	}
	readOnly := "arn:" + b.account.Partition + ":iam::aws:policy/CloudWatchReadOnlyAccess"
	allowed, err := role.New(b.Family, "chat", role.Args{
		Description: "Shows metrics in chat channels",
		// The service documents no condition for whose behalf it acts on; the role cannot change anything.
		Trust: pulumi.String(iamdoc.Document(iamdoc.Statement{
			Principal: iamdoc.Service("chatbot.amazonaws.com"), Action: []string{"sts:AssumeRole"},
		})),
		Managed: map[string]pulumi.StringInput{"metrics": pulumi.String(readOnly)},
	})
	if err != nil {
		return err
	}
	for _, name := range sorted(b.args.SlackChannels) {
		channel := b.args.SlackChannels[name]
		var topics pulumi.StringArray
		for _, severity := range spec.Severities() {
			if contains(channel.Severities, severity) {
				topics = append(topics, b.topics[severity])
			}
		}
		part := joined("slack", name)
		_, err := chatbot.NewSlackChannelConfiguration(b.Ctx, b.Child(part), &chatbot.SlackChannelConfigurationArgs{
			ConfigurationName:   pulumi.String(naming.AWSChat.Name(b.FullName(part)...)),
			SlackTeamId:         pulumi.String(channel.WorkspaceID),
			SlackChannelId:      pulumi.String(channel.ChannelID),
			IamRoleArn:          allowed.Arn,
			GuardrailPolicyArns: pulumi.StringArray{pulumi.String(readOnly)},
			LoggingLevel:        pulumi.String("ERROR"),
			SnsTopicArns:        topics,
			Tags:                b.TagInput(part),
			// A channel can have one configuration only, so that a new one needs the old one gone (InvalidRequestException).
		}, b.Options(pulumi.DependsOn(append(allowed.Ready, b.ready...)), pulumi.DeleteBeforeReplace(true))...)
		if err != nil {
			return err
		}
	}
	return nil
}
