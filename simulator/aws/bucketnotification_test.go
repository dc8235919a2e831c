package aws_test

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const notificationToken = "aws:s3/bucketNotification:BucketNotification"

// told makes a queue that lets S3 send what happens in a bucket, and returns its ARN.
func told(w *world, name, from string) string {
	return w.Create("aws:sqs/queue:Queue", name, inputs{"name": name, "policy": sendGrant("sqs:SendMessage", from)}).Text("arn")
}

func sendGrant(action, bucket string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},` +
		`"Action":"` + action + `","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::` + bucket + `"}}}]}`
}

// tell returns inputs by which a bucket tells queues of new objects.
func tell(more inputs, queues ...string) inputs {
	var list []any
	for _, queue := range queues {
		list = append(list, with(inputs{"queueArn": queue, "events": []any{"s3:ObjectCreated:*"}}, more))
	}
	return inputs{"bucket": "data", "queues": list}
}

func notificationFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{{
		Type: notificationToken,
		Inputs: func(w *world) inputs {
			bucket(w, "data")
			return tell(nil, told(w, "jobs", "*"))
		},
		Update:  changing(inputs{"eventbridge": true}),
		Replace: onOther,
	}}
}

func notificationCases() []simulatortest.Case {
	// send makes a queue for what happens in a bucket, and tells it of another's.
	send := func(from string) func(*world) error {
		return func(w *world) error {
			bucket(w, "data")
			return try(w, notificationToken, tell(nil, told(w, "jobs", from)))
		}
	}
	publish := func(granted bool) func(*world) error {
		return func(w *world) error {
			bucket(w, "data")
			topic := w.Create("aws:sns/topic:Topic", "topic", inputs{"name": "topic"}).Text("arn")
			if granted {
				w.Create("aws:sns/topicPolicy:TopicPolicy", "topic", inputs{"arn": topic, "policy": sendGrant("sns:Publish", "data")})
			}
			return try(w, notificationToken, inputs{
				"bucket": "data", "topics": []any{inputs{"topicArn": topic, "events": []any{"s3:ObjectRemoved:*"}}},
			})
		}
	}
	elsewhere := func(region string) func(*world) error {
		return func(w *world) error {
			bucket(w, "data")
			return try(w, notificationToken, tell(nil, told(w.As(inputs{"region": region}), "jobs", "data")))
		}
	}
	fifo := func(name string) func(*world) error {
		return func(w *world) error {
			bucket(w, "data")
			queue := w.Create("aws:sqs/queue:Queue", "jobs", inputs{
				"name": name, "fifoQueue": strings.HasSuffix(name, ".fifo"), "policy": sendGrant("sqs:SendMessage", "data"),
			})
			return try(w, notificationToken, tell(nil, queue.Text("arn")))
		}
	}
	invoke := func(source string) func(*world) error {
		return func(w *world) error {
			bucket(w, "data")
			function := w.Create("aws:lambda/function:Function", "resize", inputs{
				"name": "resize", "role": w.Create(roleToken, "resize", inputs{"assumeRolePolicy": trustOf("lambda.amazonaws.com")}).Text("arn"),
				"runtime": "python3.13", "handler": "main.handle", "s3Bucket": "data", "s3Key": "resize.zip",
			}).Text("arn")
			w.Create("aws:lambda/permission:Permission", "resize", inputs{
				"function": "resize", "action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com", "sourceArn": source,
			})
			return try(w, notificationToken, inputs{
				"bucket": "data", "lambdaFunctions": []any{inputs{"lambdaFunctionArn": function, "events": []any{"s3:ObjectCreated:*"}}},
			})
		}
	}
	twice := func(first, second inputs) func(*world) error {
		return func(w *world) error {
			bucket(w, "data")
			in := tell(first, told(w, "a", "data"))
			in["queues"] = append(in["queues"].([]any), tell(second, told(w, "b", "data"))["queues"].([]any)...)
			return try(w, notificationToken, in)
		}
	}
	return []simulatortest.Case{
		{
			ID: "aws-s3-notification-permission", Code: "InvalidArgument", Text: "does not let s3.amazonaws.com sqs:SendMessage",
			Fails: send("another"), Passes: send("data"),
		},
		{
			ID: "aws-s3-notification-permission", Code: "InvalidArgument", Text: "Unable to validate the following destination",
			Fails: publish(false), Passes: publish(true),
		},
		{
			ID: "aws-s3-notification-permission", Code: "InvalidArgument", Text: "does not let s3.amazonaws.com lambda:InvokeFunction",
			Fails: invoke("arn:aws:s3:::another"), Passes: invoke("arn:aws:s3:::data"),
		},
		{
			ID: "aws-s3-notification-region", Code: "InvalidArgument", Text: "region is not valid for the bucket location",
			Fails: elsewhere("us-east-1"), Passes: elsewhere("us-west-2"),
		},
		{
			ID: "aws-s3-notification-fifo", Code: "InvalidArgument", Text: "FIFO SQS queues are not supported",
			Fails: fifo("jobs.fifo"), Passes: fifo("jobs"),
		},
		{
			ID: "aws-s3-notification-overlap", Code: "InvalidArgument", Text: "cannot share a common event type: queues[0] and queues[1]",
			Fails:  twice(inputs{"filterPrefix": "in/"}, inputs{"filterPrefix": "in/new/", "events": []any{"s3:ObjectCreated:Put"}}),
			Passes: twice(inputs{"filterPrefix": "in/"}, inputs{"filterPrefix": "out/"}),
		},
		{
			ID: "aws-s3-notification-overlap", Code: "InvalidArgument", Text: "Configurations overlap",
			Fails:  twice(nil, inputs{"filterSuffix": ".jpg"}),
			Passes: twice(inputs{"filterSuffix": ".png"}, inputs{"filterSuffix": ".jpg"}),
		},
	}
}
