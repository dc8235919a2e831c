package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAutoScalingAlarm(t *testing.T) {
	t.Parallel()
	policytest.Run(t, AutoScalingAlarm,
		policytest.Case{Name: "by its name", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "subject", Type: groupType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"AutoScalingGroupName": "web"}}},
		}},
		policytest.Case{Name: "in a query", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "subject", Type: groupType},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"metricQueries": []any{props{"metric": props{"dimensions": props{"AutoScalingGroupName": policytest.Ref("subject")}}}}}},
		}},
		policytest.Case{Name: "of another", Want: policytest.Fail("No alarm watches it."), Resources: []policytest.Resource{
			{Name: "subject", Type: groupType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"AutoScalingGroupName": "other"}}},
		}},
		policytest.Case{Name: "of what is not known yet", Want: policytest.Undetermined(".dimensions"), Resources: []policytest.Resource{
			{Name: "subject", Type: groupType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"AutoScalingGroupName": policytest.Unknown}}},
		}},
	)
}
