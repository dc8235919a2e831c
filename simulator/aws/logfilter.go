package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/logs/{stream,metric_filter,subscription_filter,resource_policy,
// data_protection_policy,query_definition}.go; the CloudWatch Logs API's PutMetricFilter, PutSubscriptionFilter and
// PutResourcePolicy. The provider's ids of streams and filters are not unique; those here name the log group too.

// inLogGroup is a kind of what belongs to a log group, with the separator between their names in its id.
func inLogGroup(noun, group, separator string) *simulator.Kind {
	return &simulator.Kind{
		Noun: noun,
		ID:   func(c *simulator.Call) string { return c.Text(group) + separator + c.Text("name") },
	}
}

var (
	logStreamKind       = inLogGroup("CloudWatch Logs Log Stream", "logGroupName", ":")
	metricFilterKind    = inLogGroup("CloudWatch Logs Metric Filter", "logGroupName", ":")
	logSubscriptionKind = inLogGroup("CloudWatch Logs Subscription Filter", "logGroup", "|")
	dataProtectionKind  = &simulator.Kind{Noun: "CloudWatch Logs Data Protection Policy", ID: textOf("logGroupName")}
	logPolicyKind       = &simulator.Kind{Noun: "CloudWatch Logs Resource Policy", ID: textOf("policyName")}
	queryDefinitionKind = &simulator.Kind{
		Noun: "CloudWatch Logs Query Definition",
		ID:   func(c *simulator.Call) string { return asUUID(c.Hex("query definition", 32)) },
	}
)

// textOf gives an input as the id.
func textOf(input string) func(*simulator.Call) string {
	return func(c *simulator.Call) string { return c.Text(input) }
}

// noLogsRole is the refusal of a role that CloudWatch Logs may not assume, or that is not there.
const noLogsRole = "ValidationException: Could not deliver test message to specified destination. Make sure you have given " +
	"CloudWatch Logs permission to assume the provided role: %s"

const logQuotas = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html"

// toLogGroup refers to a log group by its name; what refers goes with it.
func toLogGroup(property string) simulator.Reference {
	return simulator.Reference{Property: property, To: kinds(logGroupKind), OnDelete: simulator.Follow,
		NotFound: "ResourceNotFoundException: The specified log group does not exist."}
}

// perLogGroup limits how much belongs to one log group.
func perLogGroup(id, group string, limit int) simulator.Quota {
	return simulator.Quota{
		Code: id, Source: logQuotas, Limit: limit, Error: "LimitExceededException: Resource limit exceeded.", Per: textOf(group),
	}
}

func logFilterTypes() []*simulator.Type {
	noColon := simulator.Coded("InvalidParameterException", simulator.All(
		simulator.Length(1, 512), simulator.Matches(`^[^:*]*$`, "anything but : and * is")))
	return []*simulator.Type{
		{
			Token:      "aws:cloudwatch/logStream:LogStream",
			Kind:       logStreamKind,
			Immutable:  []string{"logGroupName", "name"},
			Rules:      map[string]simulator.Rule{"name": noColon},
			References: []simulator.Reference{toLogGroup("logGroupName")},
			API:        []string{"logs:CreateLogStream"},
			Parameters: map[string]string{"name": "logStreamName"},
			Compute: func(c *simulator.Call) {
				c.Set("arn", c.Find(logGroupKind, c.Text("logGroupName")).Text("arn")+":log-stream:"+c.Text("name"))
			},
		},
		{
			Token:      "aws:cloudwatch/logMetricFilter:LogMetricFilter",
			Kind:       metricFilterKind,
			Immutable:  []string{"logGroupName", "name"},
			Rules:      map[string]simulator.Rule{"name": noColon, "pattern": simulator.Length(0, 1024)},
			References: []simulator.Reference{toLogGroup("logGroupName")},
			Quotas:     []simulator.Quota{perLogGroup("L-3D5753EA", "logGroupName", 100)},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-logs-dimensions-or-default",
					Source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html"},
				Stage: simulator.AtCheck,
				Error: "InvalidParameterException: Invalid metric transformation: dimensions and default value are mutually " +
					"exclusive properties.",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Given("metricTransformation.dimensions") && c.Given("metricTransformation.defaultValue") {
						broken("metricTransformation.defaultValue")
					}
				},
			}},
			API: []string{"logs:PutMetricFilter"},
			Parameters: map[string]string{
				"name": "filterName", "pattern": "filterPattern", "metricTransformation": "metricTransformations",
				"metricTransformation.name":         "metricTransformations.metricName",
				"metricTransformation.namespace":    "metricTransformations.metricNamespace",
				"metricTransformation.value":        "metricTransformations.metricValue",
				"metricTransformation.defaultValue": "",
			},
		},
		logSubscriptionType(noColon),
		{
			Token:     "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
			Kind:      logPolicyKind,
			Immutable: []string{"policyName"},
			Normalize: normalize("policyDocument"),
			Rules:     map[string]simulator.Rule{"policyDocument": policyJSON},
			Quotas: []simulator.Quota{{
				Code: "aws-logs-resource-policies", Source: logQuotas, Limit: 10,
				Error: "LimitExceededException: Resource limit exceeded.",
			}},
			API: []string{"logs:PutResourcePolicy"},
		},
		{
			Token:      "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
			Kind:       dataProtectionKind,
			Immutable:  []string{"logGroupName"},
			Normalize:  normalize("policyDocument"),
			Rules:      map[string]simulator.Rule{"policyDocument": policyJSON},
			References: []simulator.Reference{toLogGroup("logGroupName")},
			API:        []string{"logs:PutDataProtectionPolicy"},
			Parameters: map[string]string{"logGroupName": "logGroupIdentifier"},
		},
		{
			Token:   "aws:cloudwatch/queryDefinition:QueryDefinition",
			Kind:    queryDefinitionKind,
			Rules:   map[string]simulator.Rule{"name": simulator.Length(1, 255), "queryString": simulator.Length(1, 10000)},
			API:     []string{"logs:PutQueryDefinition"},
			Import:  func(id string) string { return id[strings.LastIndex(id, ":")+1:] },
			Compute: func(c *simulator.Call) { c.Set("queryDefinitionId", c.ID) },
		},
	}
}

func logSubscriptionType(name simulator.Rule) *simulator.Type {
	const source = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html"
	return &simulator.Type{
		Token:     "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
		Kind:      logSubscriptionKind,
		Defaults:  map[string]any{"distribution": "ByLogStream"},
		Immutable: []string{"destinationArn", "logGroup", "name"},
		Rules: map[string]simulator.Rule{
			"name": name, "filterPattern": simulator.Length(0, 1024), "destinationArn": validARN, "roleArn": validARN,
			"distribution": simulator.OneOf("Random", "ByLogStream"),
		},
		References: []simulator.Reference{toLogGroup("logGroup"), toRole("roleArn", noLogsRole)},
		Quotas:     []simulator.Quota{perLogGroup("L-87E7D306", "logGroup", 2)},
		Constraints: []simulator.Constraint{
			lambdaDestination,
			{
				Origin: simulator.Origin{ID: "aws-logs-stream-destination-role", Source: source},
				Stage:  simulator.AtCheck,
				Error:  "InvalidParameterException: a destination in %s needs a roleArn",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if service := destinationService(c); (service == "kinesis" || service == "firehose") && !c.Given("roleArn") {
						broken("roleArn", service)
					}
				},
			},
			{
				Origin: simulator.Origin{ID: "aws-logs-role-trusts-logs",
					Source: "terraform-provider-aws, internal/service/logs/subscription_filter.go"},
				Stage: simulator.AtApply,
				Error: noLogsRole,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					domain, _ := partitionOf(c.Partition)
					if role := c.Text("roleArn"); role != "" && !roleTrusts(c, role, "logs."+c.Region+"."+domain) {
						broken("roleArn", role)
					}
				},
			},
		},
		API:        []string{"logs:PutSubscriptionFilter"},
		Parameters: map[string]string{"name": "filterName", "logGroup": "logGroupName"},
		Compute:    func(c *simulator.Call) { c.SetNew("roleArn", "") },
	}
}

// destinationService names the service that a subscription delivers to: lambda, kinesis, firehose, logs.
func destinationService(c *simulator.Call) string {
	parts := strings.SplitN(c.Text("destinationArn"), ":", 4)
	if len(parts) < 4 {
		return ""
	}
	return parts[2]
}

func logLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:cloudwatch/getLogGroup:getLogGroup", Answer: answerLogGroup},
		{Token: "aws:cloudwatch/getLogGroups:getLogGroups", Answer: answerLogGroups},
	}
}

func answerLogGroup(c *simulator.Call) resource.PropertyMap {
	group := c.Find(logGroupKind, c.Text("name"))
	if group == nil {
		c.Fail("name", "reading CloudWatch Logs Log Group (%s): couldn't find resource", c.Text("name"))
		return nil
	}
	c.Set("id", group.ID)
	c.Set("arn", group.ARN)
	c.Set("creationTime", c.Now().UnixMilli())
	c.Set("kmsKeyId", group.Text("kmsKeyId"))
	c.Set("logGroupClass", group.Text("logGroupClass"))
	c.Outputs["retentionInDays"] = resource.NewNumberProperty(numberOr(group.Output("retentionInDays"), 0))
	c.Outputs["tags"] = resource.NewObjectProperty(group.Tags())
	return c.Outputs
}

func answerLogGroups(c *simulator.Call) resource.PropertyMap {
	names, arns := []string{}, []string{}
	for _, group := range c.All(logGroupKind) {
		if strings.HasPrefix(group.ID, c.Text("logGroupNamePrefix")) {
			names, arns = append(names, group.ID), append(arns, group.ARN)
		}
	}
	c.Set("id", c.Region)
	c.Set("logGroupNames", names)
	c.Set("arns", arns)
	return c.Outputs
}
