package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/guardduty"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// observe plants faults of what tells of others, and of what carries messages.
func observe(ctx *pulumi.Context, w world) {
	w.logs(ctx, "endless", func(g *cloudwatch.LogGroupArgs) {
		g.RetentionInDays = nil // want: aws-cloudwatch-log-retention
	})
	w.logs(ctx, "decade", func(g *cloudwatch.LogGroupArgs) {
		g.RetentionInDays = pulumi.Int(3653) // want: aws-cloudwatch-log-retention-bounded
	})
	w.logs(ctx, "readable", func(g *cloudwatch.LogGroupArgs) {
		g.KmsKeyId = nil // want: aws-cloudwatch-logs-own-key
	})
	must(cloudwatch.NewMetricAlarm(ctx, "muted", &cloudwatch.MetricAlarmArgs{
		Namespace: pulumi.String("Shop"), MetricName: pulumi.String("Orders"), Statistic: pulumi.String("Sum"), Period: pulumi.Int(300),
		EvaluationPeriods: pulumi.Int(3), Threshold: pulumi.Float64(1), ComparisonOperator: pulumi.String("LessThanThreshold"),
		AlarmActions: pulumi.Array{w.onCall.Arn}, ActionsEnabled: no, // want: aws-cloudwatch-alarm-actions-on
	}))
	detector := must(guardduty.NewDetector(ctx, "asleep", &guardduty.DetectorArgs{
		Enable: no, // want: aws-guardduty-enabled
	}))
	must(guardduty.NewDetectorFeature(ctx, "objects", &guardduty.DetectorFeatureArgs{
		DetectorId: detector.ID(), Name: pulumi.String("S3_DATA_EVENTS"),
		Status: pulumi.String("DISABLED"), // want: aws-guardduty-s3-watched
	}))
	audit(ctx, w)
	topics(ctx, w)
	queues(ctx, w)
}

func topics(ctx *pulumi.Context, w world) {
	topic := func(ctx *pulumi.Context, name string, key pulumi.StringPtrInput) *sns.Topic {
		made := must(sns.NewTopic(ctx, name, &sns.TopicArgs{KmsMasterKeyId: key}))
		must(sns.NewTopicSubscription(ctx, name, &sns.TopicSubscriptionArgs{
			Topic: made.Arn, Protocol: pulumi.String("email"), Endpoint: pulumi.String("on-call@example.com"),
		}))
		return made
	}
	must(sns.NewTopic(ctx, "unheard", &sns.TopicArgs{KmsMasterKeyId: w.key.ID()})) // want: aws-sns-alarm-topic-subscribed
	topic(ctx, "clear-topic", nil)                                                 // want: aws-sns-topic-encrypted
	must(sns.NewTopicPolicy(ctx, "told-by-all", &sns.TopicPolicyArgs{
		Arn:    topic(ctx, "public-topic", w.key.ID()).Arn,
		Policy: document(`{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sns:Publish", "Resource": "*"}`), // want: aws-sns-topic-policy-not-public
	}))
}

func queues(ctx *pulumi.Context, w world) {
	dead := must(sqs.NewQueue(ctx, "dead", &sqs.QueueArgs{}))
	w.watchQueue(ctx, "dead", dead)
	redriven := func(changes ...func(*sqs.QueueArgs)) *sqs.QueueArgs {
		return with(&sqs.QueueArgs{
			RedrivePolicy: pulumi.Sprintf(`{"deadLetterTargetArn": "%s", "maxReceiveCount": 5}`, dead.Arn),
		}, changes)
	}
	must(sqs.NewQueue(ctx, "unwatched-queue", redriven()))                           // want: aws-sqs-alarm
	w.watchQueue(ctx, "losing", must(sqs.NewQueue(ctx, "losing", &sqs.QueueArgs{}))) // want after up: aws-sqs-dead-letters
	w.watchQueue(ctx, "clear", must(sqs.NewQueue(ctx, "clear-queue", redriven(func(q *sqs.QueueArgs) {
		q.SqsManagedSseEnabled = no // want: aws-sqs-queue-encrypted
	}))))
	open := must(sqs.NewQueue(ctx, "public-queue", redriven()))
	w.watchQueue(ctx, "public", open)
	must(sqs.NewQueuePolicy(ctx, "sent-by-all", &sqs.QueuePolicyArgs{
		QueueUrl: open.Url,
		Policy:   document(`{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}`), // want: aws-sqs-queue-policy-not-public
	}))
}

func (w *world) watchQueue(ctx *pulumi.Context, name string, queue *sqs.Queue) {
	w.watch(ctx, "queue-"+name, "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue.Name)
}
