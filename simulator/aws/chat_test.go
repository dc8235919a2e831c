package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const slackToken = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"

// slack is the configuration of a channel, with changes.
func slack(w *world, changes inputs) inputs {
	return with(inputs{
		"configurationName": "ops", "slackChannelId": "C07EZ1ABC23", "slackTeamId": "T07EA123LEP",
		"iamRoleArn": trusting(w, "chat", "chatbot.amazonaws.com").Text("arn"),
	}, changes)
}

func chatFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{{
		Type: slackToken, Inputs: func(w *world) inputs {
			topic := w.Create(topicToken, "alarms", inputs{"name": "alarms"})
			return slack(w, inputs{"snsTopicArns": []any{topic.Text("arn")}})
		},
		Update: changing(inputs{"loggingLevel": "ERROR"}),
		// Under another name, the channel would for a moment have two configurations.
		Replace: changing(inputs{"configurationName": "dev", "slackChannelId": "C07EZ1ABC24"}),
	}}
}

func chatCases() []simulatortest.Case {
	second := func(changes inputs) func(*world) error {
		return func(w *world) error {
			first := slack(w, nil)
			w.Create(slackToken, "ops", first)
			_, err := w.Try(slackToken, "dev", with(first, with(inputs{"configurationName": "dev"}, changes)))
			return err
		}
	}
	return []simulatortest.Case{{
		ID: "aws-chatbot-channel-once", Code: "InvalidRequestException",
		Text:  "Slack channel with ID C07EZ1ABC23 in Slack team T07EA123LEP has already been configured for AWS account 123456789012",
		Fails: second(nil), Passes: second(inputs{"slackChannelId": "C07EZ1ABC24"}),
	}}
}
