package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSAlarm(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSAlarm, []policytest.Case{
		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:rds/instance:Instance"}, {Name: "other", Type: "aws:cloudwatch/metricAlarm:MetricAlarm", Properties: props{"dimensions": policytest.Unknown}},
		}, Want: policytest.Undetermined(".dimensions")},
		{Name: "by a metric query", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:rds/instance:Instance"}, {Name: "alarm", Type: metricAlarmType, Properties: props{"metricQueries": []any{props{"metric": props{"dimensions": props{"DBInstanceIdentifier": policytest.Ref("subject")}}}}}},
		}, Want: policytest.Pass()},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:rds/instance:Instance"}, {Name: "other", Type: "aws:cloudwatch/metricAlarm:MetricAlarm", Properties: props{"dimensions": props{"LoadBalancer": "another"}}},
		}, Want: policytest.Fail("No alarm watches it.")},
		{Name: "by its name", Resources: []policytest.Resource{
			{Name: "subject", Type: rdsInstanceType, Properties: props{"identifier": "orders"}}, {Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"DBInstanceIdentifier": "orders"}}},
		}, Want: policytest.Pass()},
		{Name: "of something else, whatever its name", Resources: []policytest.Resource{
			{Name: "subject", Type: rdsInstanceType, Properties: props{"identifier": policytest.Unknown}}, {Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"LoadBalancer": "app/web/1"}}},
		}, Want: policytest.Fail("No alarm watches it.")},
		{Name: "of what comes from another", Resources: []policytest.Resource{
			{Name: "subject", Type: rdsInstanceType}, {Name: "another", Type: rdsInstanceType, Properties: props{"identifier": "stock"}},
			{Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"DBInstanceIdentifier": policytest.Ref("another")}}},
			{Name: "query", Type: metricAlarmType, Properties: props{"metricQueries": policytest.Ref("another")}},
		}, Want: policytest.Fail("No alarm watches it.")},
	}...)
}
