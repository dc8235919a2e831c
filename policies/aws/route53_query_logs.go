package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Route53QueryLogs wants public zones to keep a log of queries.
var Route53QueryLogs = policy.Policy{
	ID:       "aws-route53-query-logs",
	Title:    "Public zones must log queries.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Who looks for names that do not exist, or for those that only insiders know, prepares an attack. The log " +
		"of queries shows it.",
	Remediation: "Add an aws:route53/queryLog:QueryLog with zoneId set to this zone, and a log group in us-east-1.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging", "dns"},
	Peers:       []string{"Checkov CKV2_AWS_39", "Security Hub Route53.2"},
	Bad:         []policy.Example{{Name: "site", Type: zoneType, Properties: props{"name": "example.com"}}},
	Good: []policy.Example{
		{Name: "site", Type: zoneType, Properties: props{"name": "example.com"}},
		{Name: "queries", Type: queryLogType, Properties: props{
			"zoneId":                "${site.zoneId}",
			"cloudwatchLogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Zones policy.Resources[zone]     `pulumi:"aws:route53/zone:Zone"`
			Logs  policy.Resources[struct{}] `pulumi:"aws:route53/queryLog:QueryLog"`
		}) {
			stack.Zones.Each(func(z policy.Resource[zone]) {
				if z.Props.public() && !stack.Logs.AnyReferring("zoneId", z.Node, nil) {
					r.Fail(z.Node, "It keeps no log of queries.")
				}
			})
		}),
	},
}
