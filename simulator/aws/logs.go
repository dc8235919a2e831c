package aws

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/logs/{group,validate}.go; the CloudWatch Logs API's CreateLogGroup;
// CloudWatch Logs guide, "Encrypt log data using AWS KMS".

var logGroupKind = &simulator.Kind{
	Noun:     "CloudWatch Logs Log Group",
	ID:       func(c *simulator.Call) string { return nameOrPrefix(c) },
	ARN:      "arn:{partition}:logs:{region}:{account}:log-group:{id}",
	Name:     "name",
	NotFound: "ResourceNotFoundException: The specified log group does not exist: %s",
}

// nameOrPrefix returns the name given, or the one made up from the prefix.
func nameOrPrefix(c *simulator.Call) string {
	if prefix := c.Text("namePrefix"); prefix != "" && !c.Given("name") {
		return prefix + c.Hex("namePrefix", prefixDigits)
	}
	return c.Text("name")
}

func logTypes() []*simulator.Type {
	name := simulator.Coded("InvalidParameterException",
		simulator.Matches(`^([^a]|a[^w]|aw[^s]|aws[^/]|.{0,3}$)`, "names that begin with aws/ are kept for AWS, others are"))
	return []*simulator.Type{{
		Token:     "aws:cloudwatch/logGroup:LogGroup",
		Kind:      logGroupKind,
		Defaults:  map[string]any{"retentionInDays": 0, "skipDestroy": false},
		Immutable: []string{"logGroupClass", "name", "namePrefix"},
		Rules: map[string]simulator.Rule{
			"name":       name,
			"namePrefix": name,
			"retentionInDays": simulator.OneOfNumbers(0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731,
				1096, 1827, 2192, 2557, 2922, 3288, 3653),
			"logGroupClass": simulator.OneOf("DELIVERY", "INFREQUENT_ACCESS", "STANDARD"),
			"kmsKeyId":      validARN,
		},
		AtMostOne: [][]string{{"name", "namePrefix"}},
		References: []simulator.Reference{{
			Property: "kmsKeyId", To: kinds(keyKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
			NotFound: "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used: %s",
		}},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{
				ID:     "aws-log-group-exists",
				Source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
			},
			Properties: []string{"name"},
			Error:      "ResourceAlreadyExistsException: The specified log group already exists: %s",
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-logs-key-policy",
				Source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"},
			Stage: simulator.AtApply,
			Error: "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn '%s'",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				domain, _ := partitionOf(c.Partition)
				if key := c.Text("kmsKeyId"); key != "" && !keyGrants(c, key, "logs."+c.Region+"."+domain, "kms:Decrypt") {
					broken("kmsKeyId", "arn:"+c.Partition+":logs:"+c.Region+":"+c.Account+":log-group:"+nameOrPrefix(c))
				}
			},
		}},
		API:        []string{"logs:CreateLogGroup", "logs:PutRetentionPolicy"},
		Parameters: map[string]string{"name": "logGroupName", "logGroupClass": ""}, // the model is older than one of the classes
		Keeps:      func(c *simulator.Call) bool { return c.Flag("skipDestroy") },
		Compute: func(c *simulator.Call) {
			c.SetNew("name", c.ID)
			c.SetNew("namePrefix", "")
			c.SetNew("logGroupClass", "STANDARD")
		},
	}}
}
