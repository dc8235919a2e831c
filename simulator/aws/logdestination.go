package aws

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Source: terraform-provider-aws, internal/service/logs/subscription_filter.go; CloudWatch Logs guide, "Subscription
// filters with AWS Lambda".

// lambdaDestination: CloudWatch Logs calls a function before it takes it for a destination.
var lambdaDestination = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-logs-lambda-permission",
		Source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample"},
	Stage: simulator.AtApply,
	Error: "InvalidParameterException: Could not execute the lambda function. Make sure you have given CloudWatch Logs " +
		"permission to execute your function.",
	Retried: true, // terraform-provider-aws, internal/service/logs/subscription_filter.go
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		arn := c.Text("destinationArn")
		if destinationService(c) != "lambda" || elsewhere(c.Site, arn) {
			return
		}
		function := c.Find(functionKind, functionPart(arn))
		if function == nil {
			return
		}
		for _, permission := range function.Users(permissionKind) {
			if letsLogsCall(c, permission) {
				return
			}
		}
		broken("destinationArn")
	},
}

// letsLogsCall reports whether a function's permission lets CloudWatch Logs call it for the log group.
func letsLogsCall(c *simulator.Call, permission *simulator.Object) bool {
	action, from := permission.Text("action"), permission.Text("sourceArn")
	group := c.Find(logGroupKind, c.Text("logGroup"))
	return isService(permission.Text("principal"), c.Region, "logs.amazonaws.com") &&
		(action == "lambda:InvokeFunction" || action == "lambda:*" || action == "*") &&
		(from == "" || group != nil && (wildcard(from, group.ARN) || wildcard(from, group.ARN+":*")))
}
