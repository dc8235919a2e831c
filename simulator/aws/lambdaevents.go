package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/lambda/event_source_mapping.go; the Lambda API's
// CreateEventSourceMapping; Lambda guide, "Using Lambda with Amazon SQS".

var eventSourceKind = &simulator.Kind{
	Noun:     "Lambda Event Source Mapping",
	ID:       func(c *simulator.Call) string { return guid(c, "event source mapping") },
	ARN:      "arn:{partition}:lambda:{region}:{account}:event-source-mapping:{id}",
	NotFound: "ResourceNotFoundException: The resource you requested does not exist: %s",
}

const lambdaQueueSource = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"

func lambdaEventTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:    "aws:lambda/eventSourceMapping:EventSourceMapping",
		Kind:     eventSourceKind,
		Defaults: map[string]any{"enabled": true},
		Immutable: []string{
			"amazonManagedKafkaEventSourceConfig", "eventSourceArn", "queues", "selfManagedEventSource",
			"selfManagedKafkaEventSourceConfig", "startingPosition", "startingPositionTimestamp", "topics",
		},
		ExactlyOne: [][]string{{"eventSourceArn", "selfManagedEventSource"}},
		References: []simulator.Reference{
			ofFunction("functionName", simulator.Ignore),
			ofARN("eventSourceArn", ":sqs:", "InvalidParameterValueException: Error occurred while ReceiveMessage. SQS Error "+
				"Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist: %s", queueKind),
		},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-lambda-one-mapping",
				Source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"},
			Error: "ResourceConflictException: An event source mapping with SQS arn and function (%s) already exists. Please " +
				"update or delete the existing mapping",
			Keys: func(c *simulator.Call) []string {
				if source := c.Text("eventSourceArn"); strings.Contains(source, ":sqs:") {
					return []string{source + " to " + functionPart(c.Text("functionName"))}
				}
				return nil
			},
		}},
		Constraints: eventSourceConstraints(),
		API:         []string{"lambda:CreateEventSourceMapping", "lambda:UpdateEventSourceMapping"},
		Compute: func(c *simulator.Call) {
			c.Set("uuid", c.ID)
			c.Set("functionArn", functionARN(c))
			state := "Enabled"
			if !c.Flag("enabled") {
				state = "Disabled"
			}
			c.Set("state", state)
			c.Set("stateTransitionReason", "USER_INITIATED")
			c.Set("lastProcessingResult", "")
			c.Set("lastModified", created(c))
			batch := 100
			if strings.Contains(c.Text("eventSourceArn"), ":sqs:") {
				batch = 10
			}
			setNew(c, map[string]any{
				"batchSize": batch, "maximumRecordAgeInSeconds": 0, "maximumRetryAttempts": 0, "parallelizationFactor": 0,
				"amazonManagedKafkaEventSourceConfig": map[string]any{"consumerGroupId": ""},
				"selfManagedKafkaEventSourceConfig":   map[string]any{"consumerGroupId": ""},
			})
		},
	}}
}

func eventSourceConstraints() []simulator.Constraint {
	onQueue := func(find func(*simulator.Call, string, func(string, ...any))) func(*simulator.Call, func(string, ...any)) {
		return func(c *simulator.Call, broken func(path string, args ...any)) {
			if arn := c.Text("eventSourceArn"); strings.Contains(arn, ":sqs:") {
				find(c, arn, broken)
			}
		}
	}
	return []simulator.Constraint{
		{Origin: simulator.Origin{ID: "aws-lambda-queue-visibility", Source: issue("18099")}, Stage: simulator.AtApply,
			Error: "InvalidParameterValueException: Queue visibility timeout: %d seconds is less than Function timeout: %d seconds",
			Find: onQueue(func(c *simulator.Call, arn string, broken func(string, ...any)) {
				queue := c.FindBy(queueKind, simulator.ByARN, arn)
				function, _ := functionNamed(c, c.Text("functionName"))
				if queue == nil || function == nil {
					return
				}
				visible, timeout := numberOf(queue, "visibilityTimeoutSeconds"), numberOf(function, "timeout")
				if visible < timeout {
					broken("eventSourceArn", int(visible), int(timeout))
				}
			})},
		{Origin: simulator.Origin{ID: "aws-lambda-batch-window", Source: lambdaQueueSource}, Stage: simulator.AtCheck,
			Error: "InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size " +
				"is greater than 10",
			Find: onQueue(func(c *simulator.Call, arn string, broken func(string, ...any)) {
				size, _ := c.Number("batchSize")
				window, _ := c.Number("maximumBatchingWindowInSeconds")
				if size > 10 && window == 0 && c.Known("maximumBatchingWindowInSeconds") && !isFIFO(arn) {
					broken("batchSize")
				}
			})},
		{Origin: simulator.Origin{ID: "aws-lambda-fifo-batches", Source: lambdaQueueSource}, Stage: simulator.AtCheck,
			Error: "InvalidParameterValueException: Batching window is not supported for FIFO queues, and batches have at most 10 " +
				"messages",
			Find: onQueue(func(c *simulator.Call, arn string, broken func(string, ...any)) {
				size, _ := c.Number("batchSize")
				window, _ := c.Number("maximumBatchingWindowInSeconds")
				if isFIFO(arn) && (size > 10 || window > 0) {
					broken("batchSize")
				}
			})},
		{Origin: simulator.Origin{ID: "aws-lambda-starting-position",
			Source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"}, Stage: simulator.AtCheck,
			Error: "InvalidParameterValueException: a starting position is needed for streams",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				arn := c.Text("eventSourceArn")
				stream := strings.Contains(arn, ":kinesis:") || strings.Contains(arn, ":dynamodb:")
				if stream && !c.Given("startingPosition") {
					broken("startingPosition")
				}
			}},
	}
}
