package aws

import (
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/sns/{topic,topic_policy,topic_subscription,topic_data_source}.go;
// the SNS API's CreateTopic and Subscribe; SNS guide, "Message delivery for FIFO topics".

var topicKind = &simulator.Kind{
	Noun: "SNS Topic",
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":sns:" + c.Region + ":" + c.Account + ":" + topicName(c)
	},
	ARN:      "{id}",
	Name:     "name",
	NotFound: "NotFound: Topic does not exist: %s",
}

var topicPolicyKind = &simulator.Kind{Noun: "SNS Topic Policy", ID: func(c *simulator.Call) string { return c.Text("arn") }}

var topicSubscriptionKind = &simulator.Kind{
	Noun: "SNS Topic Subscription",
	ID:   func(c *simulator.Call) string { return c.Text("topic") + ":" + guid(c, "subscription") },
	ARN:  "{id}",
}

const (
	snsTopicSource     = "terraform-provider-aws, internal/service/sns/topic.go"
	snsSubscribeSource = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html"
)

func topicName(c *simulator.Call) string {
	if prefix := c.Text("namePrefix"); prefix != "" && !c.Given("name") {
		return prefix + c.Hex("namePrefix", prefixDigits) + fifoSuffix("fifoTopic")(c)
	}
	return c.Text("name")
}

func snsTypes() []*simulator.Type {
	return []*simulator.Type{topicType(), topicPolicyType(), topicSubscriptionType()}
}

var plainTopicName = regexp.MustCompile(`^[0-9A-Za-z_-]{1,256}$`)
var fifoTopicName = regexp.MustCompile(`^[0-9A-Za-z_-]{1,251}\.fifo$`)

func topicType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:sns/topic:Topic",
		Kind:      topicKind,
		Defaults:  map[string]any{"contentBasedDeduplication": false, "fifoTopic": false},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 256, Separator: "-", Suffix: fifoSuffix("fifoTopic")},
		Immutable: []string{"fifoTopic", "name", "namePrefix"},
		Rules: map[string]simulator.Rule{
			"policy": policyJSON, "signatureVersion": simulator.Between(1, 2),
			"tracingConfig":       simulator.OneOf("Active", "PassThrough"),
			"fifoThroughputScope": simulator.OneOf("MessageGroup", "Topic"),
		},
		AtMostOne: [][]string{{"name", "namePrefix"}},
		Unique: []simulator.Unique{{
			Properties: []string{"name"},
			Error:      "InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes: %s",
		}},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-sns-topic-name", Source: snsTopicSource}, Stage: simulator.AtCheck,
				Error: "invalid topic name: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					form := plainTopicName
					if c.Flag("fifoTopic") {
						form = fifoTopicName
					}
					if name := c.Text("name"); name != "" && c.Known("fifoTopic") && !form.MatchString(name) {
						broken("name", name)
					}
				}},
			{Origin: simulator.Origin{ID: "aws-sns-fifo-deduplication", Source: snsTopicSource}, Stage: simulator.AtCheck,
				Error: "content-based deduplication can only be set for FIFO topics",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Flag("contentBasedDeduplication") && c.Known("fifoTopic") && !c.Flag("fifoTopic") {
						broken("contentBasedDeduplication")
					}
				}},
		},
		API: []string{"sns:CreateTopic", "sns:SetTopicAttributes"},
		Compute: func(c *simulator.Call) {
			c.Set("name", topicName(c))
			setNew(c, map[string]any{
				"namePrefix": "", "owner": c.Account, "beginningArchiveTime": "", "fifoThroughputScope": "", "signatureVersion": 0,
				"tracingConfig": "",
				"policy": `{"Id":"__default_policy_ID","Statement":[{"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes",` +
					`"SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic",` +
					`"SNS:Publish"],"Condition":{"StringEquals":{"AWS:SourceOwner":"` + c.Account + `"}},"Effect":"Allow",` +
					`"Principal":{"AWS":"*"},"Resource":"` + c.ID + `","Sid":"__default_statement_ID"}],"Version":"2008-10-17"}`,
			})
		},
	}
}

func topicPolicyType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:sns/topicPolicy:TopicPolicy",
		Kind:       topicPolicyKind,
		Normalize:  normalize("policy"),
		Immutable:  []string{"arn"},
		Rules:      map[string]simulator.Rule{"arn": validARN, "policy": policyJSON},
		References: []simulator.Reference{{Property: "arn", To: kinds(topicKind), By: simulator.ByARN, OnDelete: simulator.Follow}},
		API:        []string{"sns:SetTopicAttributes"},
		Compute:    func(c *simulator.Call) { c.Set("owner", c.Account) },
	}
}

func topicSubscriptionType() *simulator.Type {
	return &simulator.Type{
		Token: "aws:sns/topicSubscription:TopicSubscription",
		Kind:  topicSubscriptionKind,
		Defaults: map[string]any{
			"confirmationTimeoutInMinutes": 1, "endpointAutoConfirms": false, "rawMessageDelivery": false,
		},
		Immutable: []string{"endpoint", "protocol", "topic"},
		Rules: map[string]simulator.Rule{
			"protocol":          simulator.OneOf("application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"),
			"filterPolicyScope": simulator.OneOf("MessageAttributes", "MessageBody"), "subscriptionRoleArn": validARN,
		},
		References: []simulator.Reference{
			{Property: "topic", To: kinds(topicKind), By: simulator.ByARN, OnDelete: simulator.Follow},
			ofRoleARN("subscriptionRoleArn", ""),
		},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-sns-endpoint-form", Source: snsSubscribeSource}, Stage: simulator.AtCheck,
				Error: "InvalidParameter: Invalid parameter: %s endpoint ARN", Find: findWrongEndpoint},
			{Origin: simulator.Origin{ID: "aws-sns-fifo-queue-needs-fifo-topic", Source: snsSubscribeSource},
				Stage: simulator.AtCheck,
				Error: "InvalidParameter: Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be " +
					"subscribed to standard SNS topics",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					topic := c.Text("topic")
					if c.Text("protocol") == "sqs" && topic != "" && isFIFO(c.Text("endpoint")) && !isFIFO(topic) {
						broken("endpoint")
					}
				}},
			{Origin: simulator.Origin{ID: "aws-sns-fifo-topic-protocols",
				Source: "https://github.com/hashicorp/terraform-provider-aws/issues/38441"}, Stage: simulator.AtCheck,
				Error: "InvalidParameter: Invalid parameter: Invalid protocol type: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if protocol := c.Text("protocol"); protocol != "" && protocol != "sqs" && isFIFO(c.Text("topic")) {
						broken("protocol", protocol)
					}
				}},
			{Origin: simulator.Origin{ID: "aws-sns-firehose-needs-role", Source: snsSubscribeSource}, Stage: simulator.AtCheck,
				Error: "InvalidParameter: Invalid parameter: Subscription with protocol firehose needs SubscriptionRoleArn",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Text("protocol") == "firehose" && !c.Given("subscriptionRoleArn") {
						broken("subscriptionRoleArn")
					}
				}},
		},
		API:        []string{"sns:Subscribe", "sns:SetSubscriptionAttributes"},
		Parameters: map[string]string{"topic": "TopicArn"},
		Compute: func(c *simulator.Call) {
			pending := strings.HasPrefix(c.Text("protocol"), "email") ||
				strings.HasPrefix(c.Text("protocol"), "http") && !c.Flag("endpointAutoConfirms")
			c.Set("ownerId", c.Account)
			c.Set("pendingConfirmation", pending)
			c.Set("confirmationWasAuthenticated", !pending)
			scope := ""
			if c.Given("filterPolicy") {
				scope = "MessageAttributes"
			}
			c.SetNew("filterPolicyScope", scope)
		},
	}
}

// findWrongEndpoint finds an endpoint that is no ARN of the service that the protocol names.
func findWrongEndpoint(c *simulator.Call, broken func(path string, args ...any)) {
	service := map[string]string{"sqs": "SQS", "lambda": "Lambda", "firehose": "Firehose"}[c.Text("protocol")]
	if endpoint := c.Text("endpoint"); service != "" && endpoint != "" &&
		!strings.Contains(endpoint, ":"+strings.ToLower(service)+":") {
		broken("endpoint", service)
	}
}

func snsLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:sns/getTopic:getTopic", Answer: func(c *simulator.Call) resource.PropertyMap {
		topic := c.FindBy(topicKind, simulator.ByName, c.Text("name"))
		if topic == nil {
			c.Fail("name", "empty result: no SNS Topic is called %s", c.Text("name"))
			return nil
		}
		c.Set("arn", topic.ID)
		c.Set("id", topic.ID)
		c.Outputs["tags"] = resource.NewObjectProperty(topic.Tags())
		return c.Outputs
	}}}
}
