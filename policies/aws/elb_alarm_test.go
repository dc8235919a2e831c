package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBAlarm(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBAlarm, []policytest.Case{
		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:lb/loadBalancer:LoadBalancer"}, {Name: "other", Type: "aws:cloudwatch/metricAlarm:MetricAlarm", Properties: props{"dimensions": policytest.Unknown}},
		}, Want: policytest.Undetermined(".dimensions")},
		{Name: "by a metric query", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:lb/loadBalancer:LoadBalancer"}, {Name: "alarm", Type: metricAlarmType, Properties: props{"metricQueries": []any{props{"metric": props{"dimensions": props{"LoadBalancer": policytest.Ref("subject")}}}}}},
		}, Want: policytest.Pass()},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:lb/loadBalancer:LoadBalancer"}, {Name: "other", Type: "aws:cloudwatch/metricAlarm:MetricAlarm", Properties: props{"dimensions": props{"LoadBalancer": "another"}}},
		}, Want: policytest.Fail("No alarm watches it.")},
		{Name: "by its name", Resources: []policytest.Resource{
			{Name: "subject", Type: loadBalancerType, Properties: props{"arnSuffix": "app/web/1"}}, {Name: "alarm", Type: metricAlarmType, Properties: props{"dimensions": props{"LoadBalancer": "app/web/1"}}},
		}, Want: policytest.Pass()},
	}...)
}
