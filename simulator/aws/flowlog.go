package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/vpc_flow_log.go; the EC2 API's CreateFlowLogs and list of error
// codes; the VPC guide, "Flow log records" and "Publish flow logs to CloudWatch Logs".

const createFlowLogs = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html"

var flowLogKind = &simulator.Kind{
	Noun:     "Flow Log",
	IDPrefix: "fl-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{id}",
	NotFound: "InvalidFlowLogId.NotFound: The flow log ID '%s' does not exist",
}

// flowLogTargets are the inputs of which one says whose traffic is logged.
var flowLogTargets = []string{"vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId"}

// defaultLogFormat are the fields of a flow log that is given no format (Amazon VPC guide, flow log records, version
// 2).
const defaultLogFormat = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} " +
	"${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}"

func flowLogTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:    "aws:ec2/flowLog:FlowLog",
		Kind:     flowLogKind,
		Defaults: map[string]any{"logDestinationType": "cloud-watch-logs", "maxAggregationInterval": 600},
		Immutable: append([]string{
			"deliverCrossAccountRole", "destinationOptions", "iamRoleArn", "logDestination", "logDestinationType",
			"logFormat", "logGroupName", "maxAggregationInterval", "trafficType",
		}, flowLogTargets...),
		Rules: map[string]simulator.Rule{
			"maxAggregationInterval":  simulator.OneOfNumbers(60, 600),
			"iamRoleArn":              validARN,
			"logDestination":          validARN,
			"deliverCrossAccountRole": validARN,
		},
		ExactlyOne: [][]string{flowLogTargets},
		AtMostOne:  [][]string{{"logDestination", "logGroupName"}},
		References: []simulator.Reference{
			// What is logged can be deleted; the flow log then has no traffic.
			{Property: "vpcId", To: kinds(vpcKind), OnDelete: simulator.Ignore},
			{Property: "subnetId", To: kinds(subnetKind), OnDelete: simulator.Ignore},
			{
				Property: "iamRoleArn", To: kinds(roleKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "InvalidParameter: Unable to assume given IAM role: %s does not exist",
			},
			{
				Property: "logDestination", To: kinds(logGroupKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "InvalidParameter: LogDestination: %s does not exist",
				Address: func(_ *simulator.Call, arn string) (string, bool) {
					return strings.TrimSuffix(arn, ":*"), strings.Contains(arn, ":logs:")
				},
			},
			{
				Property: "logDestination", To: kinds(bucketKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "LogDestinationNotFound: LogDestination: %s does not exist",
				Address: func(_ *simulator.Call, arn string) (string, bool) {
					bucket, _, _ := strings.Cut(arn, "/")
					return bucket, strings.Contains(arn, ":s3:")
				},
			},
		},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-flow-log-exists", Source: ec2Errors},
			Error: "FlowLogAlreadyExists: Error. There is an existing Flow Log with the same configuration and log " +
				"destination. (%s)",
			Keys: func(c *simulator.Call) []string {
				target := ""
				for _, name := range flowLogTargets {
					target += c.Text(name)
				}
				return []string{target + " to " + c.Text("logDestination") + c.Text("logGroupName") + ", " + c.Text("trafficType")}
			},
		}},
		Check:       checkFlowLog,
		Constraints: flowLogConstraints(),
		API:         []string{"ec2:CreateFlowLogs"},
		Compute: func(c *simulator.Call) {
			c.SetNew("logFormat", defaultLogFormat)
			group := c.Text("logGroupName")
			if _, name, ok := strings.Cut(c.Text("logDestination"), ":log-group:"); ok {
				group = strings.TrimSuffix(name, ":*")
			}
			c.SetNew("logGroupName", group)
			c.SetNew("logDestination", "arn:"+c.Partition+":logs:"+c.Region+":"+c.Account+":log-group:"+group)
		},
	}}
}

func checkFlowLog(c *simulator.Call) {
	transit := c.Given("transitGatewayId") || c.Given("transitGatewayAttachmentId")
	if !transit && !c.Given("trafficType") {
		c.Fail("trafficType", "MissingParameter: The request must contain the parameter TrafficType")
	}
	if c.Known("logDestinationType") && !c.Given("logDestination") && !c.Given("logGroupName") {
		c.Fail("logDestination", "InvalidParameter: LogDestination can't be empty")
	}
}

// flowLogConstraints are about the role that delivers the logs.
func flowLogConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-flow-log-needs-role", Source: createFlowLogs},
			Error:  "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Text("logDestinationType") == "cloud-watch-logs" && !c.Given("iamRoleArn") {
					broken("iamRoleArn")
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-flow-log-bucket-takes-no-role", Source: createFlowLogs},
			Error:  "InvalidParameter: DeliverLogsPermissionArn is not applicable for s3 delivery",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Text("logDestinationType") == "s3" && c.Given("iamRoleArn") {
					broken("iamRoleArn")
				}
			},
		},
		{
			Origin: simulator.Origin{
				ID: "aws-flow-log-role-trust", Source: "terraform-provider-aws, internal/service/ec2/vpc_flow_log.go",
			},
			Stage: simulator.AtApply,
			Error: "InvalidParameter: Unable to assume given IAM role",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				role := c.FindBy(roleKind, simulator.ByARN, c.Text("iamRoleArn"))
				if role != nil && !assumableBy(role, "vpc-flow-logs") {
					broken("iamRoleArn")
				}
			},
		},
	}
}
