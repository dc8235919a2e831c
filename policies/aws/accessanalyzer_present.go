package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AccessAnalyzerPresent wants an access analyzer in every stack that sets up an account: one with an AWS Config
// recorder, Security Hub or a password policy.
var AccessAnalyzerPresent = policy.Policy{
	ID:       "aws-accessanalyzer-present",
	Title:    "Stacks that set up an account must have an access analyzer.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "IAM Access Analyzer proves which buckets, roles, keys and queues let outsiders in, and says so within the hour " +
		"in which somebody opens one. It costs nothing.",
	Remediation: "Add an aws:accessanalyzer/analyzer:Analyzer of the type ACCOUNT or ORGANIZATION to the stack.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC7.1", ISO27001: "A.8.3 A.5.18", CISAWS: "1.19"}.List(),
	Tags:        []string{"security", "iam", "threat-detection"},
	Peers:       []string{"Trivy AWS-0175", "AWS Config IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
		{Name: "access", Type: analyzerType, Properties: props{"analyzerName": "access", "type": "ACCOUNT"}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			accountSetup
			Analyzers policy.Resources[analyzer] `pulumi:"aws:accessanalyzer/analyzer:Analyzer"`
		}) {
			outside := stack.Analyzers.Any(func(a policy.Resource[analyzer]) bool {
				return !strings.HasSuffix(a.Props.Type.Get(), "_UNUSED_ACCESS")
			})
			stack.check(r, outside, "No analyzer of it looks for access from outside.")
		}),
	},
}

type analyzer struct {
	Type policy.Value[string] `pulumi:"type"`
}
