package aws

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/{events/{rule,target},scheduler/schedule}.go; the EventBridge API's
// PutRule, PutTargets, DeleteRule; EventBridge guide, "Schedule types"; the EventBridge Scheduler API's CreateSchedule.

var eventRuleKind = &simulator.Kind{
	Noun:     "EventBridge Rule",
	ID:       func(c *simulator.Call) string { return onBus(c, nameOrPrefix(c)) },
	ARN:      "arn:{partition}:events:{region}:{account}:rule/{id}",
	NotFound: "ResourceNotFoundException: Rule %s does not exist on EventBus default.",
}

var eventTargetKind = &simulator.Kind{
	Noun: "EventBridge Target",
	ID:   func(c *simulator.Call) string { return onBus(c, c.Text("rule")) + "-" + targetID(c) },
}

var scheduleKind = &simulator.Kind{
	Noun: "EventBridge Scheduler Schedule",
	ID:   func(c *simulator.Call) string { return scheduleGroup(c) + "/" + nameOrPrefix(c) },
	ARN:  "arn:{partition}:scheduler:{region}:{account}:schedule/{id}",
}

const (
	eventsPutRule   = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html"
	eventsPutTarget = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html"
	eventsSchedules = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html"
	scheduleSource  = "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html"
)

// onBus puts the bus before a name, unless it is the account's own.
func onBus(c *simulator.Call, name string) string {
	if bus := c.Text("eventBusName"); bus != "" && bus != "default" {
		return bus + "/" + name
	}
	return name
}

func targetID(c *simulator.Call) string {
	if id := c.Text("targetId"); id != "" {
		return id
	}
	return "terraform-" + c.Hex("target", prefixDigits)
}

func scheduleGroup(c *simulator.Call) string {
	if group := c.Text("groupName"); group != "" {
		return group
	}
	return "default"
}

func eventTypes() []*simulator.Type {
	return []*simulator.Type{eventRuleType(), eventTargetType(), scheduleType()}
}

func eventRuleType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:cloudwatch/eventRule:EventRule",
		Kind:      eventRuleKind,
		Defaults:  map[string]any{"eventBusName": "default", "forceDestroy": false},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 64, Separator: "-"},
		Immutable: []string{"eventBusName", "name", "namePrefix"},
		Rules: map[string]simulator.Rule{
			"eventPattern": simulator.Coded("InvalidEventPatternException", eventPattern), "roleArn": validARN,
			"state": simulator.OneOf("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
		},
		AtMostOne:  [][]string{{"name", "namePrefix"}},
		References: []simulator.Reference{ofRoleARN("roleArn", "ValidationException: Provided role %s does not exist")},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-events-pattern-or-schedule", Source: eventsPutRule}, Stage: simulator.AtCheck,
				Error: "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if !c.Given("eventPattern") && !c.Given("scheduleExpression") {
						broken("eventPattern")
					}
				}},
			{Origin: simulator.Origin{ID: "aws-events-schedule-on-default-bus", Source: eventsSchedules}, Stage: simulator.AtCheck,
				Error: "ValidationException: ScheduleExpression is supported only on the default event bus.",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					bus := c.Text("eventBusName")
					if c.Given("scheduleExpression") && bus != "" && bus != "default" && !strings.HasSuffix(bus, "/default") {
						broken("scheduleExpression")
					}
				}},
			{Origin: simulator.Origin{ID: "aws-events-schedule-form", Source: eventsSchedules}, Stage: simulator.AtCheck,
				Error: "ValidationException: Parameter ScheduleExpression is not valid: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if schedule := c.Text("scheduleExpression"); schedule != "" && !validSchedule(schedule) {
						broken("scheduleExpression", schedule)
					}
				}},
			{Origin: simulator.Origin{ID: "aws-events-targets-before-rule",
				Source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html"},
				Stage: simulator.AtDelete,
				Error: "ValidationException: Rule can't be deleted since it has targets.",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if len(c.Old.Users(eventTargetKind)) > 0 && !c.Flag("forceDestroy") {
						broken("")
					}
				}},
		},
		API:        []string{"events:PutRule"},
		Parameters: map[string]string{"state": ""}, // the model lacks one: see Rules
		Compute: func(c *simulator.Call) {
			c.Set("name", nameOrPrefix(c))
			c.SetNew("namePrefix", "")
			state, off := c.Text("state"), c.Given("isEnabled") && !c.Flag("isEnabled")
			if state == "" {
				state = "ENABLED"
				if off {
					state = "DISABLED"
				}
			}
			c.SetNew("state", state)
			c.SetNew("isEnabled", state != "DISABLED")
		},
	}
}

// eventPattern allows JSON objects whose leaves are lists.
var eventPattern = simulator.Text(func(pattern string) string {
	var parsed map[string]any
	if json.Unmarshal([]byte(pattern), &parsed) != nil {
		return "Event pattern is not valid. Reason: it is no JSON object"
	}
	for name, value := range parsed {
		switch value.(type) {
		case []any, map[string]any:
		default:
			return "Event pattern is not valid. Reason: \"" + name + "\" must be an object or an array"
		}
	}
	return ""
})

var (
	rateOne  = regexp.MustCompile(`^rate\(1 (minute|hour|day)\)$`)
	rateMany = regexp.MustCompile(`^rate\(([2-9]|[1-9]\d+) (minutes|hours|days)\)$`)
	cronForm = regexp.MustCompile(`^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$`)
)

// validSchedule reports whether an expression is a rate, singular for one, or a cron of six fields that leaves either
// the day of the month or that of the week open.
func validSchedule(expression string) bool {
	if fields := cronForm.FindStringSubmatch(expression); fields != nil {
		return (fields[3] == "?") != (fields[5] == "?")
	}
	return rateOne.MatchString(expression) || rateMany.MatchString(expression)
}

func eventTargetType() *simulator.Type {
	rule := simulator.Reference{Property: "rule", To: kinds(eventRuleKind), OnDelete: simulator.Follow,
		Address: func(c *simulator.Call, name string) (string, bool) { return onBus(c, name), true }}
	return &simulator.Type{
		Token:     "aws:cloudwatch/eventTarget:EventTarget",
		Kind:      eventTargetKind,
		Defaults:  map[string]any{"eventBusName": "default", "forceDestroy": false},
		Immutable: []string{"eventBusName", "rule", "targetId"},
		Rules:     map[string]simulator.Rule{"arn": validARN, "roleArn": validARN},
		AtMostOne: [][]string{{"input", "inputPath", "inputTransformer"}},
		References: []simulator.Reference{
			rule, ofRoleARN("roleArn", "ValidationException: Provided role %s does not exist"),
		},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-events-target-role", Source: eventsPutTarget}, Stage: simulator.AtCheck,
				Error: "ValidationException: RoleArn is required for target %s.",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					arn := c.Text("arn")
					needs := strings.Contains(arn, ":states:") || strings.Contains(arn, ":ecs:")
					if needs && !c.Given("roleArn") {
						broken("roleArn", arn)
					}
				}},
			{Origin: simulator.Origin{ID: "aws-events-fifo-target", Source: eventsPutTarget}, Stage: simulator.AtCheck,
				Error: "ValidationException: Parameter(s) SqsParameters must be specified for target: %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					arn := c.Text("arn")
					if strings.Contains(arn, ":sqs:") && isFIFO(arn) && !c.Given("sqsTarget.messageGroupId") {
						broken("sqsTarget", arn)
					}
				}},
		},
		API:        []string{"events:PutTargets"},
		Parameters: map[string]string{"arn": "Targets.Arn", "roleArn": "Targets.RoleArn", "targetId": "Targets.Id"},
		Quotas: []simulator.Quota{{
			Code: "L-388D1D08", Source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
			Limit: 5, Error: "LimitExceededException: The requested resource exceeds the maximum number allowed.",
			Per: func(c *simulator.Call) string { return onBus(c, c.Text("rule")) },
		}},
		Import: func(id string) string { // RULE/TARGET or BUS/RULE/TARGET
			if last := strings.LastIndex(id, "/"); last >= 0 {
				return id[:last] + "-" + id[last+1:]
			}
			return id
		},
		Compute: func(c *simulator.Call) { c.SetNew("targetId", targetID(c)) },
	}
}

func scheduleType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:scheduler/schedule:Schedule",
		Kind:      scheduleKind,
		Defaults:  map[string]any{"scheduleExpressionTimezone": "UTC", "state": "ENABLED"},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 64, Separator: "-"},
		Immutable: []string{"groupName", "name", "namePrefix"},
		Rules: map[string]simulator.Rule{
			"target.arn": validARN, "target.roleArn": validARN,
			"target.ecsParameters.launchType": simulator.OneOf("EC2", "EXTERNAL", "FARGATE", "MANAGED_INSTANCES"),
		},
		AtMostOne:  [][]string{{"name", "namePrefix"}},
		References: []simulator.Reference{ofRoleARN("target.roleArn", "ValidationException: The role %s does not exist")},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-scheduler-role-trust", Source: scheduleSource}, Stage: simulator.AtApply,
				Error: "ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role. (%s)",
				Find:  findUntrusting("target.roleArn", "scheduler")},
			{Origin: simulator.Origin{ID: "aws-scheduler-window", Source: scheduleSource}, Stage: simulator.AtCheck,
				Error: "ValidationException: a flexible time window needs maximumWindowInMinutes, one that is off takes none",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					const window, most = "flexibleTimeWindow", "flexibleTimeWindow.maximumWindowInMinutes"
					mode := c.Text(window + ".mode")
					if mode != "" && (mode == "FLEXIBLE") != c.Given(most) {
						broken(most)
					}
				}},
		},
		API:        []string{"scheduler:CreateSchedule"},
		Parameters: map[string]string{"target.ecsParameters.launchType": ""}, // the model is older than MANAGED_INSTANCES
		Compute: func(c *simulator.Call) {
			c.Set("name", nameOrPrefix(c))
			c.SetNew("namePrefix", "")
			c.SetNew("groupName", "default")
		},
	}
}
