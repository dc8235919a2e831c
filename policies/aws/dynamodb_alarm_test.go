package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDynamoDBAlarm(t *testing.T) {
	t.Parallel()
	policytest.Run(t, DynamoDBAlarm,
		policytest.Case{Name: "by its name", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "subject", Type: tableType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"TableName": "web"}}},
		}},
		policytest.Case{Name: "in a query", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "subject", Type: tableType},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"metricQueries": []any{props{"metric": props{"dimensions": props{"TableName": policytest.Ref("subject")}}}}}},
		}},
		policytest.Case{Name: "of another", Want: policytest.Fail("No alarm watches it."), Resources: []policytest.Resource{
			{Name: "subject", Type: tableType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"TableName": "other"}}},
		}},
		policytest.Case{Name: "of what is not known yet", Want: policytest.Undetermined(".dimensions"), Resources: []policytest.Resource{
			{Name: "subject", Type: tableType, Properties: props{"name": "web"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"TableName": policytest.Unknown}}},
		}},
	)
}
