package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchLogs wants search domains to publish the log of their errors, and that of who did what where there are
// users.
var OpenSearchLogs = policy.Policy{
	ID:          "aws-opensearch-logs",
	Title:       "Search domains must publish their logs.",
	Severity:    policy.Low,
	Level:       policy.Advisory,
	Rationale:   "What a domain refused, and who searched for what, is in its logs, which go nowhere unless they are published.",
	Remediation: "Add ES_APPLICATION_LOGS to logPublishingOptions, and AUDIT_LOGS if advancedSecurityOptions are enabled.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_84", "Checkov CKV_AWS_317", "Trivy AWS-0042", "AWS Config OPENSEARCH_LOGS_TO_CLOUDWATCH",
		"AWS Config OPENSEARCH_AUDIT_LOGGING_ENABLED", "Security Hub OpenSearch.4", "Security Hub OpenSearch.5",
	},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{"domainName": "products"}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "logPublishingOptions": []any{props{
				"logType":               "ES_APPLICATION_LOGS",
				"cloudwatchLogGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:search",
			}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, func(r *policy.Report, d loggedDomain) {
			if !d.publishes("ES_APPLICATION_LOGS") {
				r.Fail("It does not publish the log of its errors.")
			}
			if d.Security.Get().Enabled.Or(false) && !d.publishes("AUDIT_LOGS") {
				r.Fail("It does not publish who did what.")
			}
		}),
	},
}

type loggedDomain struct {
	Logs     policy.List[publishedLog]    `pulumi:"logPublishingOptions"`
	Security policy.Value[searchSecurity] `pulumi:"advancedSecurityOptions"`
}

type publishedLog struct {
	Type    policy.Value[string] `pulumi:"logType"`
	Enabled policy.Value[bool]   `pulumi:"enabled"`
}

func (d loggedDomain) publishes(kind string) bool {
	return d.Logs.Any(func(log publishedLog) bool { return log.Type.Get() == kind && log.Enabled.Or(true) })
}
