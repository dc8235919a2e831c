package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// WAFv2ACLHasRules wants web firewalls to have rules, unless they block everything.
var WAFv2ACLHasRules = policy.Policy{
	ID:          "aws-wafv2-acl-has-rules",
	Title:       "Web firewalls must have rules.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "A firewall without rules lets everything through, and looks like a control on every list.",
	Remediation: "Add a rule, such as the managed rule group AWSManagedRulesCommonRuleSet.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.26"}.List(),
	Tags:        []string{"security", "waf"},
	Peers:       []string{"Checkov CKV_AWS_175", "AWS Config WAFV2_WEBACL_NOT_EMPTY", "Security Hub WAF.10"},
	Bad: []policy.Example{
		{Name: "web", Type: webACLType, Properties: props{
			"scope": "REGIONAL", "defaultAction": props{"allow": props{}}, "visibilityConfig": visibleExample,
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: webACLType, Properties: props{
			"scope": "REGIONAL", "defaultAction": props{"allow": props{}}, "visibilityConfig": visibleExample,
			"rules": []any{props{
				"name": "common", "priority": 1, "overrideAction": props{"none": props{}}, "visibilityConfig": visibleExample,
				"statement": props{"managedRuleGroupStatement": props{"vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet"}},
			}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(webACLType, func(r *policy.Report, a struct {
			Default policy.Value[aclDefault] `pulumi:"defaultAction"`
			Rules   policy.List[any]         `pulumi:"rules"`
			JSON    policy.Value[any]        `pulumi:"ruleJson"`
		}) {
			if a.Rules.Len() == 0 && !a.JSON.Present() && !a.Default.Get().Block.Present() {
				r.Fail("It lets everything through.")
			}
		}),
	},
}

type aclDefault struct {
	Block policy.Value[any] `pulumi:"block"`
}

// visibleExample is what every web firewall and rule of an example must say of its metrics.
var visibleExample = props{"cloudwatchMetricsEnabled": true, "metricName": "web", "sampledRequestsEnabled": true}
