package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSQSAlarm(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SQSAlarm,
		policytest.Case{Name: "by its name", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "subject", Type: queueType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"QueueName": "web"}}},
		}},
		policytest.Case{Name: "in a query", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "subject", Type: queueType},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"metricQueries": []any{props{"metric": props{"dimensions": props{"QueueName": policytest.Ref("subject")}}}}}},
		}},
		policytest.Case{Name: "of another", Want: policytest.Fail("No alarm watches it."), Resources: []policytest.Resource{
			{Name: "subject", Type: queueType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"QueueName": "other"}}},
		}},
		policytest.Case{Name: "of what is not known yet", Want: policytest.Undetermined(".dimensions"), Resources: []policytest.Resource{
			{Name: "subject", Type: queueType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"QueueName": policytest.Unknown}}},
		}},
	)
}
