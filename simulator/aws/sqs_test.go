package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	queueToken     = "aws:sqs/queue:Queue"
	topicToken     = "aws:sns/topic:Topic"
	subscribeToken = "aws:sns/topicSubscription:TopicSubscription"
)

// queue makes a queue; one whose name ends in .fifo is ordered.
func queue(w *world, name string) thing {
	return w.Create(queueToken, name, inputs{"name": name, "fifoQueue": strings.HasSuffix(name, ".fifo")})
}

func topic(w *world, name string) thing {
	return w.Create(topicToken, name, inputs{"name": name, "fifoTopic": strings.HasSuffix(name, ".fifo")})
}

func redrive(arn string) string { return `{"deadLetterTargetArn":"` + arn + `","maxReceiveCount":5}` }

func messageFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: queueToken,
			Inputs: func(w *world) inputs {
				return inputs{"name": "jobs", "redrivePolicy": redrive(queue(w, "dead").Text("arn"))}
			},
			Update:  changing(inputs{"visibilityTimeoutSeconds": 60}),
			Replace: changing(inputs{"name": "work"}),
		},
		{
			Type: queueToken, Name: "ordered",
			Inputs:  func(*world) inputs { return inputs{"fifoQueue": true, "contentBasedDeduplication": true} },
			Update:  changing(inputs{"delaySeconds": 5}),
			Replace: changing(inputs{"name": "ordered.fifo"}),
		},
		{
			Type:    "aws:sqs/queuePolicy:QueuePolicy",
			Inputs:  func(w *world) inputs { return inputs{"queueUrl": queue(w, "jobs").ID(), "policy": permit} },
			Update:  changing(inputs{"policy": trust}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"queueUrl": queue(w, "other").ID()}) },
		},
		{
			Type:    topicToken,
			Inputs:  func(*world) inputs { return inputs{"name": "news"} },
			Update:  changing(inputs{"displayName": "News"}),
			Replace: changing(inputs{"name": "news.fifo", "fifoTopic": true}),
		},
		{
			Type:    "aws:sns/topicPolicy:TopicPolicy",
			Inputs:  func(w *world) inputs { return inputs{"arn": topic(w, "news").Text("arn"), "policy": permit} },
			Update:  changing(inputs{"policy": trust}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"arn": topic(w, "other").Text("arn")}) },
		},
		{
			Type: subscribeToken,
			Inputs: func(w *world) inputs {
				return inputs{"topic": topic(w, "news").Text("arn"), "protocol": "sqs", "endpoint": queue(w, "jobs").Text("arn")}
			},
			Update:  changing(inputs{"rawMessageDelivery": true}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"endpoint": queue(w, "other").Text("arn")}) },
		},
	}
}

func messageCases() []simulatortest.Case {
	makes := func(token string, in inputs) func(*world) error {
		return tries(token, func(*world) inputs { return in })
	}
	dead := func(name string, exists bool) func(*world) error {
		return tries(queueToken, func(w *world) inputs {
			arn := "arn:aws:sqs:us-west-2:123456789012:" + name
			if exists {
				arn = queue(w, name).Text("arn")
			}
			return inputs{"name": "jobs", "redrivePolicy": redrive(arn)}
		})
	}
	subscribe := func(topicName, protocol, endpoint string) func(*world) error {
		return tries(subscribeToken, func(w *world) inputs {
			return inputs{"topic": topic(w, topicName).Text("arn"), "protocol": protocol, "endpoint": endpoint}
		})
	}
	const jobs, function = "arn:aws:sqs:us-west-2:123456789012:jobs", "arn:aws:lambda:us-west-2:123456789012:function:f"
	const stream = "arn:aws:firehose:us-west-2:123456789012:deliverystream/d"
	return []simulatortest.Case{
		{ID: "aws-sqs-queue-name", Text: "invalid queue name: jobs",
			Fails:  makes(queueToken, inputs{"name": "jobs", "fifoQueue": true}),
			Passes: makes(queueToken, inputs{"name": "jobs.fifo", "fifoQueue": true})},
		{ID: "aws-sqs-fifo-deduplication", Text: "only be set for FIFO queue",
			Fails:  makes(queueToken, inputs{"name": "jobs", "contentBasedDeduplication": true}),
			Passes: makes(queueToken, inputs{"name": "jobs.fifo", "fifoQueue": true, "contentBasedDeduplication": true})},
		{ID: "aws-sqs-dead-letter-exists", Code: "InvalidParameterValue", Text: "does not exist",
			Fails: dead("dead", false), Passes: dead("dead", true)},
		{ID: "aws-sqs-dead-letter-same-sort", Code: "InvalidParameterValue", Text: "same type of queue",
			Fails: dead("dead.fifo", true), Passes: dead("dead", true)},
		{ID: "aws-sns-topic-name", Text: "invalid topic name: news",
			Fails:  makes(topicToken, inputs{"name": "news", "fifoTopic": true}),
			Passes: makes(topicToken, inputs{"name": "news.fifo", "fifoTopic": true})},
		{ID: "aws-sns-fifo-deduplication", Text: "only be set for FIFO topics",
			Fails:  makes(topicToken, inputs{"name": "news", "contentBasedDeduplication": true}),
			Passes: makes(topicToken, inputs{"name": "news.fifo", "fifoTopic": true, "contentBasedDeduplication": true})},
		{ID: "aws-sns-endpoint-form", Code: "InvalidParameter", Text: "Lambda endpoint ARN",
			Fails: subscribe("news", "lambda", jobs), Passes: subscribe("news", "lambda", function)},
		{ID: "aws-sns-fifo-queue-needs-fifo-topic", Code: "InvalidParameter", Text: "can not be subscribed to standard SNS topics",
			Fails: subscribe("news", "sqs", jobs+".fifo"), Passes: subscribe("news.fifo", "sqs", jobs+".fifo")},
		{ID: "aws-sns-fifo-topic-protocols", Code: "InvalidParameter", Text: "Invalid protocol type: lambda",
			Fails: subscribe("news.fifo", "lambda", function), Passes: subscribe("news.fifo", "sqs", jobs)},
		{ID: "aws-sns-firehose-needs-role", Code: "InvalidParameter", Text: "needs SubscriptionRoleArn",
			Fails: subscribe("news", "firehose", stream),
			Passes: tries(subscribeToken, func(w *world) inputs {
				return inputs{"topic": topic(w, "news").Text("arn"), "protocol": "firehose", "endpoint": stream,
					"subscriptionRoleArn": role(w, "deliver").Text("arn")}
			})},
	}
}

func TestQueueAndTopicOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	jobs := queue(w, "jobs")
	assert.Equal(t, "https://sqs.us-west-2.amazonaws.com/123456789012/jobs", jobs.Text("url"))
	assert.Equal(t, "arn:aws:sqs:us-west-2:123456789012:jobs", jobs.Text("arn"))
	prefixed := w.Create(queueToken, "prefixed", inputs{"namePrefix": "p-", "fifoQueue": true})
	assert.Regexp(t, `^arn:aws:sqs:us-west-2:123456789012:p-[0-9a-f]{26}\.fifo$`, prefixed.Text("arn"))
	unnamed := w.Create(queueToken, "unnamed", inputs{"fifoQueue": true})
	assert.Regexp(t, `^unnamed-[0-9a-f]{7}\.fifo$`, unnamed.Text("name"))
	assert.Equal(t, jobs.Text("url"), ask(t, w, "aws:sqs/getQueue:getQueue", inputs{"name": "jobs"})["url"])
	refuses(t, w, "aws:sqs/getQueue:getQueue", inputs{"name": "none"}, "NonExistentQueue")
	news := topic(w, "news")
	assert.Equal(t, "arn:aws:sns:us-west-2:123456789012:news", news.ID())
	assert.Equal(t, news.ID(), ask(t, w, "aws:sns/getTopic:getTopic", inputs{"name": "news"})["arn"])
	refuses(t, w, "aws:sns/getTopic:getTopic", inputs{"name": "none"}, "no SNS Topic")
	subscription := w.Create(subscribeToken, "web", inputs{"topic": news.ID(), "protocol": "sms", "endpoint": "+15550100"})
	assert.Regexp(t, `^arn:aws:sns:us-west-2:123456789012:news:[0-9a-f]{8}-`, subscription.ID())
	assert.False(t, subscription.Outputs["pendingConfirmation"].BoolValue())
	mail := w.Create(subscribeToken, "mail", inputs{"topic": news.ID(), "protocol": "email", "endpoint": "ops@example.com"})
	assert.True(t, mail.Outputs["pendingConfirmation"].BoolValue())
}
