package aws

import (
	"maps"
	"strings"
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
		{Name: "an alarm on a filter by its name, and none on another", Resources: all(func(r *policytest.Resource) {
			switch r.Name {
			case "changes1Alarm":
				r.Properties = props{"metricName": policytest.Ref("changes1")}
			case "changes2Alarm":
				r.Properties = nil
			}
		}), Want: policytest.Fail("on failed sign-ins, deletion of keys, changes of bucket policies, changes of AWS Config, changes of security groups.")},
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

// TestAuditEvents: with filters as the CIS AWS Foundations Benchmark 5.0 wants them in its recommendations 4.1 to 4.15,
// nothing is missing, and without one, that one.
func TestAuditEvents(t *testing.T) {
	t.Parallel()
	calls := func(names ...string) string {
		return "{ ($.eventName = " + strings.Join(names, ") || ($.eventName = ") + ") }"
	}
	events := []struct{ name, pattern string }{
		{"calls that are refused", `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`},
		{"sign-ins without a second factor", `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }`},
		{"use of the root user", `{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }`},
		{"changes of IAM policies", calls("PutRolePolicy", "DeleteRolePolicy", "CreatePolicyVersion", "AttachRolePolicy", "DetachRolePolicy")},
		{"changes of trails", calls("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging")},
		{"failed sign-ins", `{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }`},
		{"deletion of keys", calls("DisableKey", "ScheduleKeyDeletion")},
		{"changes of bucket policies", calls("PutBucketAcl", "PutBucketPolicy", "DeleteBucketPolicy", "PutBucketReplication")},
		{"changes of AWS Config", calls("StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder")},
		{"changes of security groups", calls("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress")},
		{"changes of network ACLs", calls("CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry")},
		{"changes of gateways", calls("CreateCustomerGateway", "AttachInternetGateway", "DeleteInternetGateway", "DetachInternetGateway")},
		{"changes of routes", calls("CreateRoute", "CreateRouteTable", "ReplaceRoute", "DeleteRoute", "DisassociateRouteTable")},
		{"changes of VPCs", calls("CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection")},
		{"changes of the organisation", `{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake) || ($.eventName = LeaveOrganization)) }`},
	}
	without := func(left int) []policytest.Resource {
		resources := []policytest.Resource{{Name: deliveredExample.Name, Type: deliveredExample.Type, Properties: deliveredExample.Properties}}
		for i, event := range events {
			if i != left {
				resources = append(resources,
					policytest.Resource{Name: event.name, Type: metricFilterType, Properties: props{
						"logGroupName": "trail", "pattern": event.pattern, "metricTransformation": props{"name": event.name},
					}},
					policytest.Resource{Name: event.name + " alarm", Type: metricAlarmType, Properties: props{"metricName": event.name}},
				)
			}
		}
		return resources
	}
	cases := []policytest.Case{{Name: "all", Resources: without(-1), Want: policytest.Pass()}}
	for i, event := range events {
		cases = append(cases, policytest.Case{Name: event.name, Resources: without(i), Want: policytest.Fail("No alarm is raised on " + event.name + ".")})
	}
	policytest.Run(t, CloudWatchAuditAlarms, cases...)
}
