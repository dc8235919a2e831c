package aws

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudWatchAuditAlarms(t *testing.T) {
	t.Parallel()
	all := func(change func(*policytest.Resource)) []policytest.Resource {
		var resources []policytest.Resource
		for _, e := range CloudWatchAuditAlarms.Good {
			r := policytest.Resource{Name: e.Name, Type: e.Type, Properties: e.Properties}
			change(&r)
			resources = append(resources, r)
		}
		return resources
	}
	// logged are a trail and filters, each of a log that a resource of the stack tells, or of the examples'.
	logged := func(to, on string) []policytest.Resource {
		return append([]policytest.Resource{
			{Name: "logs", Type: logGroupType}, {Name: "others", Type: logGroupType}, {Name: "id", Type: "random:index/randomId:RandomId"},
		}, all(func(r *policytest.Resource) {
			r.Properties = maps.Clone(r.Properties)
			if r.Type == trailType && to != "" {
				r.Properties["cloudWatchLogsGroupArn"] = policytest.Ref(to)
			}
			if r.Type == metricFilterType && on != "" {
				r.Properties["logGroupName"] = policytest.Ref(on)
			}
		})...)
	}
	// previewed are resources of which something is not known.
	previewed := func(resources []policytest.Resource) []policytest.Resource {
		resources[0].Properties = props{"retentionInDays": policytest.Unknown}
		return resources
	}
	policytest.Run(t, CloudWatchAuditAlarms, []policytest.Case{
		{Name: "a trail in a bucket only", Resources: policytest.One(trailType, nil), Want: policytest.Pass()},
		{Name: "the filters of network changes have no alarm", Resources: all(func(r *policytest.Resource) {
			if r.Name == "changes3Alarm" {
				r.Properties = props{"metricName": "another"}
			}
		}), Want: policytest.Fail("on changes of network ACLs, changes of gateways, changes of routes, changes of VPCs, changes of the organisation.")},
		{Name: "an alarm on a filter by its name", Resources: all(func(r *policytest.Resource) {
			if r.Name == "changes1Alarm" {
				r.Properties = props{"metricName": policytest.Ref("changes1")}
			}
		}), Want: policytest.Pass()},
		{Name: "a pattern that is not known", Resources: all(func(r *policytest.Resource) {
			if r.Name == "changes1" {
				r.Properties = props{"logGroupName": "trail", "pattern": policytest.Unknown}
			}
		}), Want: policytest.Undetermined("pattern")},
		{Name: "filters on another log", Resources: all(func(r *policytest.Resource) {
			if r.Type == trailType {
				r.Properties = props{"cloudWatchLogsGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:another-trail:*"}
			}
		}), Want: policytest.Fail("on calls that are refused")},
		{Name: "filters on a log of the stack", Resources: logged("logs", "logs"), Want: policytest.Pass()},
		{Name: "filters on another log of the stack", Resources: logged("others", "logs"), Want: policytest.Fail("on calls that are refused")},
		{Name: "filters on a log by its name", Resources: previewed(logged("logs", "")), Want: policytest.Undetermined("cloudWatchLogsGroupArn")},
		{Name: "a trail to a log by its name", Resources: previewed(logged("", "logs")), Want: policytest.Undetermined("logGroupName")},
		{Name: "names that come from one id", Resources: previewed(logged("logs", "id")), Want: policytest.Undetermined("cloudWatchLogsGroupArn")},
	}...)
}

// TestAuditExamplesFit: CloudWatch Logs takes no longer pattern (PutMetricFilter in its API Reference).
func TestAuditExamplesFit(t *testing.T) {
	t.Parallel()
	for _, e := range auditExamples() {
		if e.Type == metricFilterType {
			assert.LessOrEqual(t, len(e.Properties["pattern"].(string)), 1024)
		}
	}
}
