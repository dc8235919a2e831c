package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudWatchAuditAlarms wants alarms on the events of a trail that the CIS benchmark names: each by a metric filter on
// the trail's log group and an alarm on its metric. Trails that are not delivered to CloudWatch Logs are left out.
var CloudWatchAuditAlarms = policy.Policy{
	ID:       "aws-cloudwatch-audit-alarms",
	Title:    "Alarms must be raised on changes of an account's security.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A trail that nobody looks at tells how an intrusion went, months later. The first steps of most are few and " +
		"well known: use of the root user, changes of policies, trails that are stopped.",
	Remediation: "Add an aws:cloudwatch/logMetricFilter:LogMetricFilter on the trail's log group for each event, and an " +
		"aws:cloudwatch/metricAlarm:MetricAlarm on its metric.",
	Controls: frameworks.Controls{
		SOC2: "CC7.2 CC7.3", ISO27001: "A.8.15 A.8.16",
		CISAWS: "4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 4.10 4.11 4.12 4.13 4.14 4.15",
	}.List(),
	Tags: []string{"security", "monitoring"},
	Peers: []string{
		"Trivy AWS-0147", "Trivy AWS-0148", "Trivy AWS-0149", "Trivy AWS-0150", "Trivy AWS-0151", "Trivy AWS-0152",
		"Trivy AWS-0153", "Trivy AWS-0154", "Trivy AWS-0155", "Trivy AWS-0156", "Trivy AWS-0157", "Trivy AWS-0158",
		"Trivy AWS-0159", "Trivy AWS-0160", "Trivy AWS-0174",
	},
	Bad:  []policy.Example{deliveredExample},
	Good: append([]policy.Example{deliveredExample}, auditExamples()...),
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Trails  policy.Resources[deliveredTrail] `pulumi:"aws:cloudtrail/trail:Trail"`
			Filters policy.Resources[metricFilter]   `pulumi:"aws:cloudwatch/logMetricFilter:LogMetricFilter"`
			Alarms  policy.Resources[metricAlarm]    `pulumi:"aws:cloudwatch/metricAlarm:MetricAlarm"`
		}) {
			alarmed := alarmedMetrics(stack.Alarms)
			stack.Trails.Each(func(trail policy.Resource[deliveredTrail]) {
				if !trail.Props.Group.Present() {
					return
				}
				var missing []string
				for _, event := range auditEvents {
					if !stack.Filters.Any(func(f policy.Resource[metricFilter]) bool {
						return f.Props.counts(event) && alarmed.has(f) && isOn(f, trail)
					}) {
						missing = append(missing, event.name)
					}
				}
				if len(missing) > 0 {
					alarmed.end()
					r.Fail(trail.Node, "No alarm is raised on %s.", strings.Join(missing, ", "))
				}
			})
		}),
	},
}

// auditEvent is what an alarm is about, and what the pattern of a metric filter for it holds.
type auditEvent struct {
	name  string
	terms []string
}

// auditEvents are those of section 4 of the CIS AWS Foundations Benchmark 5.0, in its order. The terms are some of
// those in the patterns of the AWS Security Hub User Guide, "Security Hub controls for Amazon CloudWatch".
var auditEvents = []auditEvent{
	{"calls that are refused", []string{"UnauthorizedOperation", "AccessDenied"}},
	{"sign-ins without a second factor", []string{"ConsoleLogin", "MFAUsed"}},
	{"use of the root user", []string{"userIdentity.type", "Root"}},
	{"changes of IAM policies", []string{"PutRolePolicy", "AttachRolePolicy"}},
	{"changes of trails", []string{"UpdateTrail", "StopLogging"}},
	{"failed sign-ins", []string{"ConsoleLogin", "Failed authentication"}},
	{"deletion of keys", []string{"DisableKey", "ScheduleKeyDeletion"}},
	{"changes of bucket policies", []string{"PutBucketPolicy", "DeleteBucketPolicy"}},
	{"changes of AWS Config", []string{"StopConfigurationRecorder", "PutConfigurationRecorder"}},
	{"changes of security groups", []string{"AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"}},
	{"changes of network ACLs", []string{"CreateNetworkAclEntry", "ReplaceNetworkAclEntry"}},
	{"changes of gateways", []string{"AttachInternetGateway", "DetachInternetGateway"}},
	{"changes of routes", []string{"CreateRoute", "ReplaceRoute"}},
	{"changes of VPCs", []string{"CreateVpc", "DeleteVpc"}},
	{"changes of the organisation", []string{"organizations.amazonaws.com"}},
}

type metricFilter struct {
	Group   policy.Value[string]               `pulumi:"logGroupName"`
	Pattern policy.Value[string]               `pulumi:"pattern"`
	Metric  policy.Value[metricTransformation] `pulumi:"metricTransformation"`
}

type metricTransformation struct {
	Name policy.Value[string] `pulumi:"name"`
}

// counts reports whether the filter's pattern is about the event.
func (f metricFilter) counts(event auditEvent) bool {
	return !slices.ContainsFunc(event.terms, func(term string) bool { return !strings.Contains(f.Pattern.Get(), term) })
}

// isOn reports whether a filter is on the log group that a trail is delivered to: by where both come from, else by its name.
func isOn(filter policy.Resource[metricFilter], trail policy.Resource[deliveredTrail]) bool {
	on, to := logGroupsOf(filter.Node, "logGroupName"), logGroupsOf(trail.Node, "cloudWatchLogsGroupArn")
	if len(on) > 0 && len(to) > 0 {
		return slices.ContainsFunc(on, func(urn string) bool { return slices.Contains(to, urn) })
	}
	group := strings.TrimSuffix(trail.Props.Group.Get(), ":*")
	return strings.HasSuffix(group, ":log-group:"+filter.Props.Group.Get())
}

// logGroupsOf are the URNs of the log groups that a property comes from.
func logGroupsOf(n *policy.Node, property string) (urns []string) {
	for _, source := range n.PropertyDependencies(property) {
		if source.Type() == logGroupType {
			urns = append(urns, source.URN())
		}
	}
	return urns
}

type metricAlarm struct {
	Metric policy.Value[string] `pulumi:"metricName"`
}

// alarmed are the metrics that there are alarms on, by name, and the filters that the names of metrics come from, by
// URN.
type alarmed struct {
	names, filters map[string]bool
	unknown        []policy.Value[string] // which may be the name of any metric
}

func alarmedMetrics(alarms policy.Resources[metricAlarm]) alarmed {
	found := alarmed{names: map[string]bool{}, filters: map[string]bool{}}
	for _, alarm := range alarms.Get() {
		for _, source := range alarm.PropertyDependencies("metricName") {
			found.filters[source.URN()] = true
		}
		switch {
		case alarm.Props.Metric.Known():
			found.names[alarm.Props.Metric.Get()] = true
		case fromAnywhere(alarm.Node, "metricName"):
			found.unknown = append(found.unknown, alarm.Props.Metric)
		}
	}
	return found
}

// end ends the rule if an alarm may be on any metric.
func (a alarmed) end() {
	for _, metric := range a.unknown {
		metric.Get()
	}
}

// has reports whether there is an alarm on what the filter counts.
func (a alarmed) has(f policy.Resource[metricFilter]) bool {
	return a.filters[f.URN()] || a.names[f.Props.Metric.Get().Name.Get()]
}

// deliveredExample is an example of a trail that alarms can be set on.
var deliveredExample = policy.Example{Name: "audit", Type: trailType, Properties: props{
	"s3BucketName": "acme-trail", "cloudWatchLogsGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:trail:*",
	"cloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/trail",
}}

// auditExamples are filters and alarms of an example: each filter counts several events, as long as a pattern may be.
func auditExamples() []policy.Example {
	var examples []policy.Example
	for i, events := range slices.Collect(slices.Chunk(auditEvents, 5)) {
		var terms []string
		for _, event := range events {
			for _, term := range event.terms {
				terms = append(terms, fmt.Sprintf("%q", term))
			}
		}
		name := fmt.Sprintf("changes%d", i+1)
		examples = append(examples,
			policy.Example{Name: name, Type: metricFilterType, Properties: props{
				"logGroupName": "trail", "pattern": "?" + strings.Join(terms, " ?"),
				"metricTransformation": props{"name": name, "namespace": "Audit", "value": "1"},
			}},
			policy.Example{Name: name + "Alarm", Type: metricAlarmType, Properties: props{
				"comparisonOperator": "GreaterThanOrEqualToThreshold", "evaluationPeriods": 1, "period": 300, "threshold": 1,
				"namespace": "Audit", "metricName": name, "statistic": "Sum",
				"alarmActions": []any{"arn:aws:sns:eu-west-1:123456789012:on-call"},
			}})
	}
	return examples
}
