package loadbalancer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// turnedBackWeight is the weight of the backend that the traffic went back to, the greatest that Elastic Load Balancing
// takes (ELB API, TargetGroupTuple, Weight). No weight of a user's is above 100: whoever finds it knows who set it.
const turnedBackWeight = 999

// definition is what the state machine does, in the Amazon States Language with expressions in JSONata (Step Functions
// guide, "Transforming data with JSONata"; "Learning to use AWS service SDK integrations").
func (b *builder) definition(r *rollback, f facts) string {
	m := &machine{facts: f, partition: b.account.Partition, candidate: r.candidate, to: r.to}
	m.find()
	m.call("TurnBack", "elasticloadbalancingv2:modifyListener", arguments{
		"ListenerArn": f.listener, "DefaultActions": b.turnedBack(m, maps.Keys(b.args.Backends)),
	})
	for _, route := range f.routeNames() {
		m.call("TurnBack-"+route, "elasticloadbalancingv2:modifyRule", arguments{
			"RuleArn": f.routes[route], "Actions": b.turnedBack(m, maps.Keys(b.args.Routes[route].Backends)),
		})
	}
	m.tell()
	return m.String()
}

// turnedBack is the action that shares traffic among backends after a rollback: the whole of it, for what is left out of an
// action is lost.
func (b *builder) turnedBack(m *machine, backends func(func(string) bool)) []any {
	var groups []any
	for _, name := range slices.Sorted(backends) {
		weight := 0
		if name == m.to {
			weight = turnedBackWeight
		}
		groups = append(groups, map[string]any{"TargetGroupArn": m.groups[name], "Weight": weight})
	}
	enabled, seconds := b.stickiness()
	return []any{map[string]any{"Type": "forward", "ForwardConfig": map[string]any{
		"TargetGroups":                groups,
		"TargetGroupStickinessConfig": map[string]any{"Enabled": enabled, "DurationSeconds": seconds},
	}}}
}

// machine is a state machine that is written down state by state; each leads to the one that is written after it.
type machine struct {
	facts
	partition, candidate, to string
	states                   []state
}

type state struct {
	name string
	does map[string]any
}

// arguments are what an AWS API is called with.
type arguments map[string]any

// find goes on only if an alarm has gone off, the candidate has traffic, the version before is still a backend of the
// listener, and has a machine that is healthy.
func (m *machine) find() {
	m.ask("FindAlarms", "cloudwatch:describeAlarms",
		arguments{"AlarmNames": m.alarmNames, "AlarmTypes": []string{"MetricAlarm"}, "StateValue": "ALARM"},
		"alarms", "[$states.result.MetricAlarms.AlarmName]")
	m.onlyIf("IsAnyOff", "$count($alarms) > 0", "Nothing")
	m.ask("FindShares", "elasticloadbalancingv2:describeListeners", arguments{"ListenerArns": []string{m.listener}},
		"shares", "[$states.result.Listeners.DefaultActions.ForwardConfig.TargetGroups]")
	all := "$shares"
	if len(m.routes) > 0 {
		m.ask("FindRoutes", "elasticloadbalancingv2:describeRules", arguments{"RuleArns": m.routeARNs()},
			"routes", "[$states.result.Rules.Actions.ForwardConfig.TargetGroups]")
		all = "$append($shares, $routes)"
	}
	m.onlyIf("HasTraffic", fmt.Sprintf("$count(%s[TargetGroupArn = '%s' and Weight > 0]) > 0 and $count($shares[TargetGroupArn = '%s']) > 0",
		all, m.groups[m.candidate], m.groups[m.to]), "Nothing")
	m.ask("FindMachines", "elasticloadbalancingv2:describeTargetHealth", arguments{"TargetGroupArn": m.groups[m.to]},
		"healthy", "$count($states.result.TargetHealthDescriptions[TargetHealth.State = 'healthy'])")
	m.onlyIf("CanGoBack", "$healthy > 0", "NothingToGoBackTo")
}

// tell sends a message to the topic, if there is one.
func (m *machine) tell() {
	if m.topic == "" {
		return
	}
	m.call("Tell", "sns:publish", arguments{
		"TopicArn": m.topic, "Subject": fmt.Sprintf("Rollback: the traffic of %s went back to %s", m.candidate, m.to),
		"Message": expression("'These alarms went off: ' & $join($alarms, ', ') & '. Set the weight of " + m.candidate + " to 0 before you go on.'"),
	})
}

// call adds a state that calls an AWS API, some times if need be.
func (m *machine) call(name, action string, with arguments) {
	m.states = append(m.states, state{name, map[string]any{
		"Type": "Task", "Resource": "arn:" + m.partition + ":states:::aws-sdk:" + action, "Arguments": with,
		"Retry": []any{map[string]any{
			"ErrorEquals": []string{"States.ALL"}, "IntervalSeconds": 1, "MaxAttempts": 4, "BackoffRate": 2, "JitterStrategy": "FULL",
		}},
	}})
}

// ask adds a state as call does, which keeps what the expression makes of the answer in a variable.
func (m *machine) ask(name, action string, with arguments, variable, answer string) {
	m.call(name, action, with)
	m.states[len(m.states)-1].does["Assign"] = map[string]any{variable: expression(answer)}
}

// onlyIf adds a state that goes elsewhere if the condition does not hold.
func (m *machine) onlyIf(name, condition, otherwise string) {
	m.states = append(m.states, state{name, map[string]any{
		"Type": "Choice", "Choices": []any{map[string]any{"Condition": expression(condition)}}, "Default": otherwise,
	}})
}

func expression(text string) string { return "{% " + text + " %}" }

// String writes the machine down.
func (m *machine) String() string {
	states := map[string]any{
		"Nothing": map[string]any{"Type": "Succeed"}, "Done": map[string]any{"Type": "Succeed"},
		"NothingToGoBackTo": map[string]any{
			"Type": "Fail", "Error": "NothingToGoBackTo", "Cause": "No machine of " + m.to + " is healthy: its traffic stays where it is.",
		},
	}
	for i, s := range m.states {
		next := "Done"
		if i+1 < len(m.states) {
			next = m.states[i+1].name
		}
		if choices, ok := s.does["Choices"].([]any); ok {
			choices[0].(map[string]any)["Next"] = next
		} else {
			s.does["Next"] = next
		}
		states[s.name] = s.does
	}
	return mustJSON(map[string]any{
		"Comment":       "Turns the traffic of " + m.candidate + " back to " + m.to + " when its alarms have gone off",
		"QueryLanguage": "JSONata", "TimeoutSeconds": 120, "StartAt": m.states[0].name, "States": states,
	})
}

// mustJSON writes down maps, lists, texts and numbers, which always have a JSON form. It leaves comparisons readable.
func mustJSON(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return string(bytes.TrimSpace(text.Bytes()))
}
