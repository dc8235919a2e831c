package aws

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/chatbot/slack_channel_configuration.go; the AWS Chatbot API's
// CreateSlackChannelConfiguration. Workspaces are taken to be connected to the account.

var slackChannelKind = &simulator.Kind{
	Noun:   "Chatbot Slack Channel Configuration",
	Global: true,
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":chatbot::" + c.Account + ":chat-configuration/slack-channel/" + c.Text("configurationName")
	},
}

func chatTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
		Kind:      slackChannelKind,
		Immutable: []string{"configurationName"},
		Sets:      []string{"snsTopicArns"},
		Rules: map[string]simulator.Rule{
			"iamRoleArn": validARN, "guardrailPolicyArns[*]": validARN, "snsTopicArns[*]": validARN,
			"loggingLevel": simulator.OneOf("ERROR", "INFO", "NONE"),
		},
		References: []simulator.Reference{
			toRole("iamRoleArn", ""), {Property: "snsTopicArns[*]", To: kinds(topicKind), By: simulator.ByARN},
		},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-chatbot-channel-once",
				Source: "https://github.com/hashicorp/terraform-provider-awscc/issues/1011"},
			Stage: simulator.AtApply,
			Error: "InvalidRequestException: Invalid request provided: Slack channel with ID %s in Slack team %s has already been " +
				"configured for AWS account %s",
			Find: findChannelTwice,
		}},
		API:        []string{"chatbot:CreateSlackChannelConfiguration"},
		Parameters: map[string]string{"configurationName": "ConfigurationName"},
		Compute: func(c *simulator.Call) {
			c.Set("chatConfigurationArn", c.ID)
			setNew(c, map[string]any{
				"guardrailPolicyArns": []any{"arn:" + c.Partition + ":iam::aws:policy/AdministratorAccess"},
				"loggingLevel":        "NONE", "userAuthorizationRequired": false,
				"slackChannelName": "channel-" + c.Hex("channel", 4), "slackTeamName": "team-" + c.Hex("team", 4),
			})
		},
	}}
}

// findChannelTwice finds a channel that another configuration has.
func findChannelTwice(c *simulator.Call, broken func(path string, args ...any)) {
	channel, team := c.Text("slackChannelId"), c.Text("slackTeamId")
	for _, other := range c.Others(c.All(slackChannelKind)) {
		if other.Text("slackChannelId") == channel && other.Text("slackTeamId") == team {
			broken("slackChannelId", channel, team, c.Account)
			return
		}
	}
}
