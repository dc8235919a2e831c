package aws_test

import "github.com/holdfast-iac/holdfast/simulator/simulatortest"

const lifecyclePolicyToken = "aws:dlm/lifecyclePolicy:LifecyclePolicy"

// snapshots returns the inputs of a policy that makes snapshots by a rule.
func snapshots(w *world, rule inputs) inputs {
	return inputs{
		"description": "daily snapshots", "executionRoleArn": role(w, "snapshots").Text("arn"), "policyDetails": inputs{
			"resourceTypes": []any{"VOLUME"}, "targetTags": inputs{"snapshot": "true"}, "schedules": []any{inputs{
				"name": "daily", "createRule": rule, "retainRule": inputs{"count": 14}, "copyTags": true,
			}},
		},
	}
}

func lifecyclePolicyFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{{
		Type: lifecyclePolicyToken,
		Inputs: func(w *world) inputs {
			return snapshots(w, inputs{"interval": 24, "intervalUnit": "HOURS", "times": "23:45"})
		},
		Update: changing(inputs{"state": "DISABLED"}),
	}}
}

func lifecyclePolicyCases() []simulatortest.Case {
	of := func(id, text string, fails, passes inputs) simulatortest.Case {
		make := func(rule inputs) func(w *world) error {
			return func(w *world) error { return try(w, lifecyclePolicyToken, snapshots(w, rule)) }
		}
		return simulatortest.Case{ID: id, Text: text, Fails: make(fails), Passes: make(passes)}
	}
	return []simulatortest.Case{
		of("aws-dlm-interval", "got 5", inputs{"interval": 5}, inputs{"interval": 6}),
		of("aws-dlm-interval-or-cron", "only one of interval, cron_expression",
			inputs{"interval": 24, "cronExpression": "cron(0 0 * * ? *)"}, inputs{"cronExpression": "cron(0 0 * * ? *)"}),
	}
}
