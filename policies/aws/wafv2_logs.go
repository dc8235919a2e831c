package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// WAFv2Logs wants web firewalls to log what they decide.
var WAFv2Logs = policy.Policy{
	ID:        "aws-wafv2-logs",
	Title:     "Web firewalls must keep logs.",
	Severity:  policy.Medium,
	Level:     policy.Advisory,
	Rationale: "Without its log, nobody can tell what a firewall let through, nor whether a rule blocks customers.",
	Remediation: "Add an aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration with resourceArn set to " +
		"this firewall.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:     []string{"security", "logging", "waf"},
	Peers:    []string{"Checkov CKV2_AWS_31", "AWS Config WAFV2_LOGGING_ENABLED", "Security Hub WAF.11"},
	Bad: []policy.Example{
		{Name: "web", Type: "aws:wafv2/webAcl:WebAcl", Properties: props{
			"scope": "REGIONAL", "defaultAction": props{"allow": props{}},
			"visibilityConfig": props{"cloudwatchMetricsEnabled": true, "metricName": "web", "sampledRequestsEnabled": true},
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: "aws:wafv2/webAcl:WebAcl", Properties: props{
			"scope": "REGIONAL", "defaultAction": props{"allow": props{}},
			"visibilityConfig": props{"cloudwatchMetricsEnabled": true, "metricName": "web", "sampledRequestsEnabled": true},
		}},
		{Name: "log", Type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", Properties: props{
			"resourceArn":           "${web.arn}",
			"logDestinationConfigs": []any{"arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-web"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Firewalls policy.Resources[struct{}] `pulumi:"aws:wafv2/webAcl:WebAcl"`
			Logs      policy.Resources[struct{}] `pulumi:"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"`
		}) {
			stack.Firewalls.Each(func(subject policy.Resource[struct{}]) {
				if !stack.Logs.AnyReferring("resourceArn", subject.Node, nil) {
					r.Fail(subject.Node, "It keeps no log.")
				}
			})
		}),
	},
}
