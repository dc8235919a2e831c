package aws

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/synthetics/canary.go and internal/service/xray/{group,sampling_rule}.go;
// the CloudWatch Synthetics API's CreateCanary and CanaryScheduleInput; the X-Ray API's CreateGroup and CreateSamplingRule.

var canaryKind = &simulator.Kind{
	Noun: "Synthetics Canary",
	ID:   textOf("name"),
	ARN:  "arn:{partition}:synthetics:{region}:{account}:canary:{id}",
}

var traceGroupKind = &simulator.Kind{
	Noun: "XRay Group",
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":xray:" + c.Region + ":" + c.Account + ":group/" + c.Text("groupName") + "/" +
			strings.ToUpper(c.Hex("group", 32))
	},
	ARN: "{id}",
}

var samplingRuleKind = &simulator.Kind{
	Noun: "XRay Sampling Rule",
	ID:   textOf("ruleName"),
	ARN:  "arn:{partition}:xray:{region}:{account}:sampling-rule/{id}",
}

// noLambdaRole is what becomes of a canary whose role its function may not assume.
const noLambdaRole = "The role defined for the function cannot be assumed by Lambda: %s"

func canaryTypes() []*simulator.Type {
	return []*simulator.Type{canaryType(), traceGroupType(), samplingRuleType()}
}

func canaryType() *simulator.Type {
	return &simulator.Type{
		Token: "aws:synthetics/canary:Canary",
		Kind:  canaryKind,
		Defaults: map[string]any{
			"deleteLambda": false, "failureRetentionPeriod": 31, "startCanary": false, "successRetentionPeriod": 31,
		},
		Immutable: []string{"name"},
		Sets:      []string{"vpcConfig.securityGroupIds", "vpcConfig.subnetIds"},
		Rules: map[string]simulator.Rule{
			"executionRoleArn":       validARN,
			"failureRetentionPeriod": simulator.Between(1, 455), "successRetentionPeriod": simulator.Between(1, 455),
			"name": simulator.Matches(`^[0-9a-z_-]{1,255}$`, "up to 255 lower-case letters, digits and _ - are"),
		},
		AtMostOne: [][]string{{"zipFile", "s3Bucket"}, {"zipFile", "s3Key"}, {"zipFile", "s3Version"}},
		References: []simulator.Reference{
			toRole("executionRoleArn", noLambdaRole),
			{Property: "vpcConfig.subnetIds[*]", To: kinds(subnetKind)},
			{Property: "vpcConfig.securityGroupIds[*]", To: kinds(securityGroupKind)},
		},
		Constraints: []simulator.Constraint{
			{
				Origin: simulator.Origin{ID: "aws-synthetics-role-trusts-lambda",
					Source: "terraform-provider-aws, internal/service/synthetics/canary.go"},
				Stage: simulator.AtApply,
				Error: noLambdaRole,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if role := c.Text("executionRoleArn"); !roleTrusts(c, role, "lambda.amazonaws.com") {
						broken("executionRoleArn", role)
					}
				},
			},
			{
				Origin: simulator.Origin{ID: "aws-synthetics-schedule",
					Source: "https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryScheduleInput.html"},
				Stage: simulator.AtCheck,
				Error: "ValidationException: Invalid schedule expression: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if fault := canaryScheduleFault(c.Text("schedule.expression")); fault != "" {
						broken("schedule.expression", fault)
					}
				},
			},
		},
		API:        []string{"synthetics:CreateCanary"},
		Parameters: map[string]string{"name": ""}, // names have become longer than the model says
		Compute:    computeCanary,
	}
}

var canaryRate = regexp.MustCompile(`^rate\((\d+) (minute|minutes|hour)\)$`)

// canaryScheduleFault says what is wrong with a canary's schedule: a cron expression, or a rate from once to every hour.
func canaryScheduleFault(expression string) string {
	switch rate := canaryRate.FindStringSubmatch(expression); {
	case expression == "":
		return ""
	case rate == nil && strings.HasPrefix(expression, "rate("):
		return "a rate is written as rate(5 minutes) or rate(1 hour)"
	case rate == nil:
		return cronFault(expression)
	default:
		n, err := strconv.Atoi(rate[1])
		if err != nil || n > 60 || rate[2] == "hour" && n > 1 {
			return "a canary runs once an hour at least"
		}
		return ""
	}
}

func computeCanary(c *simulator.Call) {
	prefix := "arn:" + c.Partition + ":lambda:" + c.Region + ":" + c.Account + ":"
	name := "cwsyn-" + c.ID + "-" + asUUID(c.Hex("canary", 32))
	c.SetNew("engineArn", prefix+"function:"+name+":1")
	c.SetNew("sourceLocationArn", prefix+"layer:"+name+":1")
	c.SetNew("runConfig", map[string]any{"activeTracing": false, "memoryInMb": 1000, "timeoutInSeconds": 840})
	status := "READY"
	if c.Flag("startCanary") {
		status = "RUNNING"
	}
	c.Set("status", status)
	made := c.Now().UTC().Format("2006-01-02T15:04:05Z")
	c.SetNew("timelines", []any{map[string]any{"created": made, "lastModified": made, "lastStarted": "", "lastStopped": ""}})
}

func traceGroupType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:xray/group:Group",
		Kind:      traceGroupKind,
		AutoName:  &simulator.AutoName{Property: "groupName", MaxLength: 32, Separator: "-"},
		Immutable: []string{"groupName"},
		Unique: []simulator.Unique{{
			Properties: []string{"groupName"}, Error: "InvalidRequestException: a group with the name %s already exists",
		}},
		API: []string{"xray:CreateGroup"},
		Compute: func(c *simulator.Call) {
			c.SetNew("insightsConfiguration", map[string]any{"insightsEnabled": false, "notificationsEnabled": false})
		},
	}
}

func samplingRuleType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:xray/samplingRule:SamplingRule",
		Kind:      samplingRuleKind,
		AutoName:  &simulator.AutoName{Property: "ruleName", MaxLength: 32, Separator: "-"},
		Immutable: []string{"ruleName"},
		Unique: []simulator.Unique{{
			Properties: []string{"ruleName"}, Error: "InvalidRequestException: a sampling rule with the name %s already exists",
		}},
		API: []string{"xray:CreateSamplingRule"},
	}
}
