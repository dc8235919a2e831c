package aws

import (
	"encoding/json"
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/sqs/{queue,queue_policy,queue_data_source}.go; the SQS API's
// CreateQueue and SetQueueAttributes; SQS guide, "Configuring a dead-letter queue".

var queueKind = &simulator.Kind{
	Noun: "SQS Queue",
	ID: func(c *simulator.Call) string {
		domain, _ := partitionOf(c.Partition)
		return "https://sqs." + c.Region + "." + domain + "/" + c.Account + "/" + queueName(c)
	},
	ARN:      "arn:{partition}:sqs:{region}:{account}:{name}",
	Name:     "name",
	NotFound: "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist: %s",
}

var queuePolicyKind = &simulator.Kind{
	Noun: "SQS Queue Policy",
	ID:   func(c *simulator.Call) string { return c.Text("queueUrl") },
}

const (
	sqsQueueSource = "terraform-provider-aws, internal/service/sqs/queue.go"
	sqsDeadSource  = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/" +
		"sqs-configure-dead-letter-queue.html"
)

// fifoSuffix ends the name of what is ordered.
func fifoSuffix(input string) func(*simulator.Call) string {
	return func(c *simulator.Call) string {
		if c.Flag(input) {
			return ".fifo"
		}
		return ""
	}
}

func queueName(c *simulator.Call) string {
	if prefix := c.Text("namePrefix"); prefix != "" && !c.Given("name") {
		return prefix + c.Hex("namePrefix", prefixDigits) + fifoSuffix("fifoQueue")(c)
	}
	return c.Text("name")
}

func sqsTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token: "aws:sqs/queue:Queue",
			Kind:  queueKind,
			Defaults: map[string]any{
				"contentBasedDeduplication": false, "delaySeconds": 0, "fifoQueue": false, "maxMessageSize": 262144,
				"messageRetentionSeconds": 345600, "receiveWaitTimeSeconds": 0, "visibilityTimeoutSeconds": 30,
			},
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 80, Separator: "-", Suffix: fifoSuffix("fifoQueue")},
			Immutable: []string{"fifoQueue", "name", "namePrefix"},
			Rules: map[string]simulator.Rule{
				"delaySeconds":                 simulator.Between(0, 900),
				"deduplicationScope":           simulator.OneOf("messageGroup", "queue"),
				"fifoThroughputLimit":          simulator.OneOf("perMessageGroupId", "perQueue"),
				"kmsDataKeyReusePeriodSeconds": simulator.Between(60, 86400),
				"maxMessageSize":               simulator.Between(1024, 262144),
				"messageRetentionSeconds":      simulator.Between(60, 1209600),
				"policy":                       policyJSON,
				"receiveWaitTimeSeconds":       simulator.Between(0, 20),
				"visibilityTimeoutSeconds":     simulator.Between(0, 43200),
			},
			AtMostOne: [][]string{{"name", "namePrefix"}},
			Unique: []simulator.Unique{{
				Properties: []string{"name"},
				Error:      "QueueAlreadyExists: A queue already exists with the same name and a different value for attribute(s): %s",
			}},
			Constraints: queueConstraints(),
			API:         []string{"sqs:CreateQueue", "sqs:SetQueueAttributes"},
			Parameters:  map[string]string{"name": "QueueName"},
			Compute: func(c *simulator.Call) {
				c.Set("name", queueName(c))
				c.Set("url", c.ID)
				c.SetNew("namePrefix", "")
				managed := !c.Given("kmsMasterKeyId")
				setNew(c, map[string]any{
					"deduplicationScope": "", "fifoThroughputLimit": "", "kmsDataKeyReusePeriodSeconds": 300, "policy": "",
					"redriveAllowPolicy": "", "redrivePolicy": "", "sqsManagedSseEnabled": managed,
				})
			},
		},
		{
			Token:      "aws:sqs/queuePolicy:QueuePolicy",
			Kind:       queuePolicyKind,
			Normalize:  normalize("policy"),
			Immutable:  []string{"queueUrl"},
			Rules:      map[string]simulator.Rule{"policy": policyJSON},
			References: []simulator.Reference{{Property: "queueUrl", To: kinds(queueKind), OnDelete: simulator.Follow}},
			API:        []string{"sqs:SetQueueAttributes"},
		},
	}
}

var plainQueueName = regexp.MustCompile(`^[0-9A-Za-z_-]{1,80}$`)
var fifoQueueName = regexp.MustCompile(`^[0-9A-Za-z_-]{1,75}\.fifo$`)

func queueConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{Origin: simulator.Origin{ID: "aws-sqs-queue-name", Source: sqsQueueSource}, Stage: simulator.AtCheck,
			Error: "invalid queue name: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				form := plainQueueName
				if c.Flag("fifoQueue") {
					form = fifoQueueName
				}
				if name := c.Text("name"); name != "" && c.Known("fifoQueue") && !form.MatchString(name) {
					broken("name", name)
				}
			}},
		{Origin: simulator.Origin{ID: "aws-sqs-fifo-deduplication", Source: sqsQueueSource}, Stage: simulator.AtCheck,
			Error: "content-based deduplication can only be set for FIFO queue",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Flag("contentBasedDeduplication") && c.Known("fifoQueue") && !c.Flag("fifoQueue") {
					broken("contentBasedDeduplication")
				}
			}},
		{Origin: simulator.Origin{ID: "aws-sqs-dead-letter-exists", Source: sqsDeadSource}, Stage: simulator.AtApply,
			Error: "InvalidParameterValue: Value for parameter RedrivePolicy is invalid. Reason: Dead letter target %s does not exist.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				arn := deadLetterTarget(c)
				if arn != "" && !elsewhere(c.Site, arn) && c.FindBy(queueKind, simulator.ByARN, arn) == nil {
					broken("redrivePolicy", arn)
				}
			}},
		{Origin: simulator.Origin{ID: "aws-sqs-dead-letter-same-sort", Source: sqsDeadSource}, Stage: simulator.AtCheck,
			Error: "InvalidParameterValue: Value for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same " +
				"type of queue as the source.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				arn := deadLetterTarget(c)
				if arn != "" && c.Known("fifoQueue") && isFIFO(arn) != c.Flag("fifoQueue") {
					broken("redrivePolicy")
				}
			}},
	}
}

// deadLetterTarget returns the ARN of the queue that messages go to that fail too often, "" for none.
func deadLetterTarget(c *simulator.Call) string {
	var redrive struct {
		DeadLetterTargetArn string `json:"deadLetterTargetArn"`
	}
	if json.Unmarshal([]byte(c.Text("redrivePolicy")), &redrive) != nil {
		return ""
	}
	return redrive.DeadLetterTargetArn
}

func sqsLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:sqs/getQueue:getQueue", Answer: func(c *simulator.Call) resource.PropertyMap {
		queue := c.FindBy(queueKind, simulator.ByName, c.Text("name"))
		if queue == nil {
			c.Fail("name", queueKind.NotFound, c.Text("name"))
			return nil
		}
		c.Set("arn", queue.ARN)
		c.Set("url", queue.ID)
		c.Set("id", queue.ID)
		c.Outputs["tags"] = resource.NewObjectProperty(queue.Tags())
		return c.Outputs
	}}}
}
