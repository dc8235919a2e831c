package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	eventRuleToken    = "aws:cloudwatch/eventRule:EventRule"
	eventTargetToken  = "aws:cloudwatch/eventTarget:EventTarget"
	scheduleToken     = "aws:scheduler/schedule:Schedule"
	stateMachineToken = "aws:sfn/stateMachine:StateMachine"
	oneState          = `{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}`
	twoStates         = `{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":1,"Next":"Done"},"Done":{"Type":"Succeed"}}}`
	lostState         = `{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":1,"Next":"Gone"}}}`
)

func eventRule(w *world, name string) thing {
	return w.Create(eventRuleToken, name, inputs{"name": name, "scheduleExpression": "rate(5 minutes)"})
}

func targetInputs(w *world, changes inputs) inputs {
	return with(inputs{
		"rule": eventRule(w, "often").Text("name"), "arn": "arn:aws:sqs:us-west-2:123456789012:jobs", "targetId": "queue",
	}, changes)
}

func scheduleInputs(w *world, service string, window inputs) inputs {
	return inputs{
		"name": "nightly", "scheduleExpression": "cron(0 3 * * ? *)", "flexibleTimeWindow": window,
		"target": inputs{"arn": "arn:aws:sqs:us-west-2:123456789012:jobs", "roleArn": appRole(w, "send", service).Text("arn")},
	}
}

func machineInputs(w *world, changes inputs) inputs {
	return with(inputs{"name": "flow", "definition": oneState, "roleArn": appRole(w, "flow", "states").Text("arn")}, changes)
}

func eventFixtures() []simulatortest.Fixture {
	off := inputs{"mode": "OFF"}
	return []simulatortest.Fixture{
		{
			Type:    eventRuleToken,
			Inputs:  func(*world) inputs { return inputs{"name": "often", "scheduleExpression": "rate(1 hour)"} },
			Update:  changing(inputs{"scheduleExpression": "rate(2 hours)"}),
			Replace: changing(inputs{"name": "seldom"}),
		},
		{
			Type:     eventTargetToken,
			Inputs:   func(w *world) inputs { return targetInputs(w, nil) },
			Update:   changing(inputs{"input": "{}"}),
			Replace:  changing(inputs{"targetId": "other"}),
			ImportID: func(t thing) string { return t.Text("rule") + "/" + t.Text("targetId") },
		},
		{
			Type:    scheduleToken,
			Inputs:  func(w *world) inputs { return scheduleInputs(w, "scheduler", off) },
			Update:  changing(inputs{"state": "DISABLED"}),
			Replace: changing(inputs{"name": "weekly"}),
		},
		{
			Type:    stateMachineToken,
			Inputs:  func(w *world) inputs { return machineInputs(w, nil) },
			Update:  changing(inputs{"definition": twoStates}),
			Replace: changing(inputs{"name": "other"}),
		},
	}
}

func eventCases() []simulatortest.Case {
	const invalid = "ValidationException"
	const logGroupARN = "arn:aws:logs:us-west-2:123456789012:log-group:/aws/vendedlogs/states/flow"
	rule := func(in inputs) func(*world) error {
		return tries(eventRuleToken, func(*world) inputs { return with(inputs{"name": "rule"}, in) })
	}
	target := func(changes inputs) func(*world) error {
		return tries(eventTargetToken, func(w *world) inputs { return targetInputs(w, changes) })
	}
	schedule := func(service string, window inputs) func(*world) error {
		return tries(scheduleToken, func(w *world) inputs { return scheduleInputs(w, service, window) })
	}
	machine := func(changes inputs) func(*world) error {
		return tries(stateMachineToken, func(w *world) inputs { return machineInputs(w, changes) })
	}
	deleted := func(targetFirst bool) func(*world) error {
		return func(w *world) error {
			in := targetInputs(w, nil)
			target := w.Create(eventTargetToken, "target", in)
			rule := thing{Request: simulatortest.Request(eventRuleToken, "often")}
			rule.Request.ID = "often"
			if targetFirst {
				w.Delete(target)
			}
			return w.TryDelete(rule)
		}
	}
	targets := func(n int) func(*world) error {
		return func(w *world) error {
			in := targetInputs(w, nil)
			var err error
			for _, id := range []string{"a", "b", "c", "d", "e", "f"}[:n] {
				if _, err = w.Try(eventTargetToken, id, with(in, inputs{"targetId": id})); err != nil {
					return err
				}
			}
			return nil
		}
	}
	machineARN := inputs{"arn": "arn:aws:states:us-west-2:123456789012:stateMachine:flow"}
	ordered := inputs{"arn": "arn:aws:sqs:us-west-2:123456789012:jobs.fifo"}
	hourly, off := inputs{"scheduleExpression": "rate(1 hour)"}, inputs{"mode": "OFF"}
	return []simulatortest.Case{
		{ID: "aws-events-pattern-or-schedule", Code: invalid, Text: "must be specified", Fails: rule(nil), Passes: rule(hourly)},
		{ID: "aws-events-schedule-on-default-bus", Code: invalid, Text: "only on the default event bus",
			Fails: rule(with(hourly, inputs{"eventBusName": "orders"})), Passes: rule(hourly)},
		{ID: "aws-events-schedule-form", Code: invalid, Text: "not valid: rate(1 hours)",
			Fails: rule(inputs{"scheduleExpression": "rate(1 hours)"}), Passes: rule(inputs{"scheduleExpression": "cron(0 3 ? * MON *)"})},
		{ID: "aws-events-targets-before-rule", Code: invalid, Text: "since it has targets", Fails: deleted(false), Passes: deleted(true)},
		{ID: "aws-events-target-role", Code: invalid, Text: "RoleArn is required for target",
			Fails: target(machineARN),
			Passes: tries(eventTargetToken, func(w *world) inputs {
				return targetInputs(w, with(machineARN, inputs{"roleArn": appRole(w, "start", "events").Text("arn")}))
			})},
		{ID: "aws-events-fifo-target", Code: invalid, Text: "SqsParameters must be specified",
			Fails: target(ordered), Passes: target(with(ordered, inputs{"sqsTarget": inputs{"messageGroupId": "one"}}))},
		{ID: "L-388D1D08", Code: "LimitExceededException", Text: "exceeds the maximum number allowed",
			Fails: targets(6), Passes: targets(5)},
		{ID: "aws-scheduler-role-trust", Code: invalid, Text: "must allow AWS EventBridge Scheduler",
			Fails: schedule("lambda", off), Passes: schedule("scheduler", off)},
		{ID: "aws-scheduler-window", Code: invalid, Text: "needs maximumWindowInMinutes",
			Fails:  schedule("scheduler", inputs{"mode": "FLEXIBLE"}),
			Passes: schedule("scheduler", inputs{"mode": "FLEXIBLE", "maximumWindowInMinutes": 15})},
		{ID: "aws-states-role-trust", Code: "AccessDeniedException", Text: "authorized to assume the provided role",
			Fails: tries(stateMachineToken, func(w *world) inputs {
				return machineInputs(w, inputs{"roleArn": appRole(w, "wrong", "lambda").Text("arn")})
			}),
			Passes: machine(nil)},
		{ID: "aws-states-definition", Code: "InvalidDefinition", Text: "Missing 'Next' target: Gone",
			Fails: machine(inputs{"definition": lostState}), Passes: machine(inputs{"definition": twoStates})},
		{ID: "aws-states-log-destination", Code: "InvalidLoggingConfiguration", Text: "exactly one Log Destination",
			Fails:  machine(inputs{"loggingConfiguration": inputs{"level": "ALL"}}),
			Passes: machine(inputs{"loggingConfiguration": inputs{"level": "OFF"}})},
		{ID: "aws-states-log-qualifier", Code: "InvalidLoggingConfiguration", Text: "must be provided with '*' qualifier",
			Fails:  machine(inputs{"loggingConfiguration": inputs{"level": "ALL", "logDestination": logGroupARN}}),
			Passes: machine(inputs{"loggingConfiguration": inputs{"level": "ALL", "logDestination": logGroupARN + ":*"}})},
	}
}

func TestSchedulesAndDefinitions(t *testing.T) {
	t.Parallel()
	for expression, right := range map[string]bool{
		"rate(1 minute)": true, "rate(5 minutes)": true, "rate(5 minute)": false, "rate(0 minutes)": false, "rate(1 week)": false,
		"cron(0 12 * * ? *)": true, "cron(0 12 ? * MON-FRI *)": true, "cron(0 12 * * * *)": false, "cron(0 12 * * *)": false, "daily": false,
	} {
		_, err := newWorld(t).Try(eventRuleToken, "rule", inputs{"name": "rule", "scheduleExpression": expression})
		assert.Equal(t, right, err == nil, expression)
	}
	for definition, want := range map[string]string{
		`{`: "no JSON object", `{"StartAt":"A","States":{"B":{"Type":"Pass","End":true}}}`: "A at /StartAt",
		`{"StartAt":"A","States":{"A":{"Type":"Pass"}}}`:                            "needs Next or End",
		`{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Next":"C"}]}}}`: "target: C",
	} {
		w := newWorld(t)
		_, err := w.Try(stateMachineToken, "flow", machineInputs(w, inputs{"definition": definition}))
		require.ErrorContains(t, err, want)
		assert.Equal(t, "InvalidDefinition", simulator.Code(err))
	}
	_, err := newWorld(t).Try(eventRuleToken, "rule", inputs{"name": "rule", "eventPattern": `{"source":"aws.ec2"}`})
	assert.Equal(t, "InvalidEventPatternException", simulator.Code(err))
}
