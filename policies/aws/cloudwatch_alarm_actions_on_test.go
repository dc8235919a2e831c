package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudWatchAlarmActionsOn(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudWatchAlarmActionsOn, []policytest.Case{
		{Name: "metricAlarm: not said", Resources: policytest.One(metricAlarmType, nil), Want: policytest.Pass()},
		{Name: "metricAlarm: not known yet", Resources: policytest.One(metricAlarmType, props{"actionsEnabled": policytest.Unknown}), Want: policytest.Undetermined(".actionsEnabled")},
		{Name: "as text", Resources: policytest.One(metricAlarmType, props{"actionsEnabled": "true"}), Want: policytest.Pass()},
	}...)
}
