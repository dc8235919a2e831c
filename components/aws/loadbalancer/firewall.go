package loadbalancer

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// rateWindowSeconds is the time in which a client's requests are counted.
const rateWindowSeconds = 300

// secretHeaders are the headers that hold what a request is authorized by. They are kept out of the firewall's logs.
var secretHeaders = []string{"authorization", "cookie", "x-api-key"}

// ruleGroup is one of AWS's managed rule groups (AWS WAF developer guide, "AWS Managed Rules rule groups list").
type ruleGroup struct {
	rule     string // what the rule is called here
	name     string
	priority int
}

// ruleGroups returns the managed rule groups, cheap and certain ones first. Together with the limit of requests they take
// 1,177 of the 1,500 capacity units that AWS includes.
func (a *Args) ruleGroups() []ruleGroup {
	groups := []ruleGroup{
		{"ip-reputation", "AWSManagedRulesAmazonIpReputationList", 10},
		{"known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet", 40},
		{"common", "AWSManagedRulesCommonRuleSet", 50},
		{"sql-injection", "AWSManagedRulesSQLiRuleSet", 60},
	}
	if a.Firewall.BlockAnonymous {
		groups = append(groups, ruleGroup{"anonymous", "AWSManagedRulesAnonymousIpList", 20})
	}
	return groups
}

// ratePriority places the limit of requests after the groups that only look at addresses.
const ratePriority = 30

// createFirewall puts a web ACL in front of the load balancer, and logs what it decides.
func (b *builder) createFirewall() error {
	none := pulumi.String("").ToStringOutput()
	b.out.WebACLARN, b.out.WebACLMetricName, b.out.FirewallLogGroupName = none, none, none
	if b.args.Firewall.Disabled {
		return nil
	}
	name := naming.AWSWebACL.Name(b.FullName()...)
	acl, err := wafv2.NewWebAcl(b.Ctx, b.Child("firewall"), &wafv2.WebAclArgs{
		Name:          pulumi.String(name),
		Scope:         pulumi.String("REGIONAL"),
		DefaultAction: &wafv2.WebAclDefaultActionArgs{Allow: &wafv2.WebAclDefaultActionAllowArgs{}},
		Rules:         b.firewallRules(),
		VisibilityConfig: &wafv2.WebAclVisibilityConfigArgs{
			CloudwatchMetricsEnabled: pulumi.Bool(true), SampledRequestsEnabled: pulumi.Bool(true), MetricName: pulumi.String(name),
		},
		Tags: b.TagInput("firewall"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.out.WebACLARN, b.out.WebACLMetricName = acl.Arn, pulumi.String(name).ToStringOutput()
	if _, err := wafv2.NewWebAclAssociation(b.Ctx, b.Child("firewall"), &wafv2.WebAclAssociationArgs{
		ResourceArn: b.balancer.Arn, WebAclArn: acl.Arn,
	}, b.Options()...); err != nil {
		return err
	}
	return b.logFirewall(acl)
}

func (b *builder) firewallRules() wafv2.WebAclRuleArray {
	var rules wafv2.WebAclRuleArray
	for _, group := range b.args.ruleGroups() {
		rules = append(rules, &wafv2.WebAclRuleArgs{
			Name:             pulumi.String(group.rule),
			Priority:         pulumi.Int(group.priority),
			OverrideAction:   b.overrideAction(),
			VisibilityConfig: visibility(group.rule),
			Statement: &wafv2.WebAclRuleStatementArgs{
				ManagedRuleGroupStatement: &wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs{
					VendorName: pulumi.String("AWS"), Name: pulumi.String(group.name), RuleActionOverrides: b.counted(group.name),
				},
			},
		})
	}
	if b.args.Firewall.RateUnlimited {
		return rules
	}
	return append(rules, &wafv2.WebAclRuleArgs{
		Name:             pulumi.String("rate-limit"),
		Priority:         pulumi.Int(ratePriority),
		Action:           b.blockAction(),
		VisibilityConfig: visibility("rate-limit"),
		Statement: &wafv2.WebAclRuleStatementArgs{
			RateBasedStatement: &wafv2.WebAclRuleStatementRateBasedStatementArgs{
				AggregateKeyType:    pulumi.String("IP"),
				Limit:               pulumi.Int(b.args.Firewall.RateLimit),
				EvaluationWindowSec: pulumi.Int(rateWindowSeconds),
			},
		},
	})
}

// overrideAction leaves a group's actions as they are, or turns all into counting.
func (b *builder) overrideAction() *wafv2.WebAclRuleOverrideActionArgs {
	if b.args.Firewall.CountOnly {
		return &wafv2.WebAclRuleOverrideActionArgs{Count: &wafv2.WebAclRuleOverrideActionCountArgs{}}
	}
	return &wafv2.WebAclRuleOverrideActionArgs{None: &wafv2.WebAclRuleOverrideActionNoneArgs{}}
}

func (b *builder) blockAction() *wafv2.WebAclRuleActionArgs {
	if b.args.Firewall.CountOnly {
		return &wafv2.WebAclRuleActionArgs{Count: &wafv2.WebAclRuleActionCountArgs{}}
	}
	return &wafv2.WebAclRuleActionArgs{Block: &wafv2.WebAclRuleActionBlockArgs{}}
}

// counted turns the rules of a group that the user named into counting.
func (b *builder) counted(group string) wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArray {
	var overrides wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArray
	for _, rule := range b.args.CountedRules[group] {
		overrides = append(overrides, &wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs{
			Name: pulumi.String(rule),
			ActionToUse: &wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs{
				Count: &wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs{},
			},
		})
	}
	return overrides
}

func visibility(rule string) *wafv2.WebAclRuleVisibilityConfigArgs {
	return &wafv2.WebAclRuleVisibilityConfigArgs{
		CloudwatchMetricsEnabled: pulumi.Bool(true), SampledRequestsEnabled: pulumi.Bool(true), MetricName: pulumi.String(rule),
	}
}

// logFirewall sends the firewall's decisions to a log group. WAF takes only groups whose names begin with aws-waf-logs-.
func (b *builder) logFirewall(acl *wafv2.WebAcl) error {
	name := naming.AWSLogGroup.Name("aws-waf-logs-" + strings.Join(b.FullName(), "-"))
	keyARN, err := b.logsKey()
	if err != nil {
		return err
	}
	group, err := logs.New(b.Family, "firewall", name, b.args.Firewall.LogRetentionDays, keyARN)
	if err != nil {
		return err
	}
	b.out.FirewallLogGroupName = group.Name
	var redacted wafv2.WebAclLoggingConfigurationRedactedFieldArray
	for _, header := range secretHeaders {
		redacted = append(redacted, &wafv2.WebAclLoggingConfigurationRedactedFieldArgs{
			SingleHeader: &wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs{Name: pulumi.String(header)},
		})
	}
	_, err = wafv2.NewWebAclLoggingConfiguration(b.Ctx, b.Child("firewall"), &wafv2.WebAclLoggingConfigurationArgs{
		ResourceArn: acl.Arn, LogDestinationConfigs: pulumi.StringArray{group.Arn}, RedactedFields: redacted,
		LoggingFilter: b.loggingFilter(),
	}, b.Options()...)
	return err
}

// loggedActions are the actions of rules that are worth a line: all that WAF knows but ALLOW (WAF API, ActionCondition).
var loggedActions = []string{"BLOCK", "CAPTCHA", "CHALLENGE", "COUNT", "EXCLUDED_AS_COUNT"}

// loggingFilter keeps what a rule has matched. The bulk is requests that none has, and the access logs have those.
func (b *builder) loggingFilter() wafv2.WebAclLoggingConfigurationLoggingFilterPtrInput {
	if b.args.LogAllowedRequests {
		return nil
	}
	var conditions wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArray
	for _, action := range loggedActions {
		conditions = append(conditions, &wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArgs{
			ActionCondition: &wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionActionConditionArgs{
				Action: pulumi.String(action),
			},
		})
	}
	return &wafv2.WebAclLoggingConfigurationLoggingFilterArgs{
		DefaultBehavior: pulumi.String("DROP"),
		Filters: wafv2.WebAclLoggingConfigurationLoggingFilterFilterArray{
			&wafv2.WebAclLoggingConfigurationLoggingFilterFilterArgs{
				Behavior: pulumi.String("KEEP"), Requirement: pulumi.String("MEETS_ANY"), Conditions: conditions,
			},
		},
	}
}
