package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudWatchAlarmActionsOn refuses alarms whose actions are switched off.
var CloudWatchAlarmActionsOn = policy.Policy{
	ID:          "aws-cloudwatch-alarm-actions-on",
	Title:       "Alarms must do something.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "An alarm with its actions off turns red in a console that nobody looks at.",
	Remediation: "Leave actionsEnabled at true.",
	Controls:    frameworks.Controls{SOC2: "CC7.2 CC4.2", ISO27001: "A.8.16 A.5.24"}.List(),
	Tags:        []string{"reliability", "monitoring"},
	Peers:       []string{"Checkov CKV_AWS_319", "AWS Config CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK"},
	Bad: []policy.Example{
		{Name: "load", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "metricName": "CPUUtilization",
			"namespace": "AWS/EC2", "actionsEnabled": false,
		}},
	},
	Good: []policy.Example{
		{Name: "load", Type: metricAlarmType, Properties: props{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "metricName": "CPUUtilization",
			"namespace": "AWS/EC2", "actionsEnabled": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(metricAlarmType, checkSwitchedAlarm),
		policy.OnRemediate(metricAlarmType, mendSwitchedAlarm),
	},
}

type switchedAlarm struct {
	Enabled policy.Value[bool] `pulumi:"actionsEnabled"`
}

func checkSwitchedAlarm(r *policy.Report, v switchedAlarm) {
	if !v.Enabled.Or(true) {
		r.Fail("Its actions are switched off.")
	}
}

func mendSwitchedAlarm(r *policy.Remediation, v switchedAlarm) {
	if !v.Enabled.Or(true) {
		r.Set("actionsEnabled", true)
	}
}
