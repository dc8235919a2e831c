package loadbalancer

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestFirewall(t *testing.T) {
	t.Parallel()
	r := run(t, Args{
		LoadBalancer: spec.LoadBalancer{Firewall: spec.Firewall{BlockAnonymous: true, LogRetentionDays: 30}},
		CountedRules: map[string][]string{"AWSManagedRulesCommonRuleSet": {"SizeRestrictions_BODY"}},
	})
	acl := named(t, r, aclType, "main-firewall")
	assert.Equal(t, "REGIONAL", text(acl, "scope"))
	groups, priorities := []string{}, map[float64]bool{}
	for _, v := range acl.Inputs["rules"].ArrayValue() {
		rule := v.ObjectValue()
		priorities[rule["priority"].NumberValue()] = true
		group := rule["statement"].ObjectValue()["managedRuleGroupStatement"]
		if !group.IsObject() {
			continue
		}
		name := group.ObjectValue()["name"].StringValue()
		groups = append(groups, name)
		counted := group.ObjectValue()["ruleActionOverrides"]
		assert.Equal(t, name == "AWSManagedRulesCommonRuleSet", counted.IsArray(), name)
	}
	assert.ElementsMatch(t, []string{
		"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet",
		"AWSManagedRulesSQLiRuleSet", "AWSManagedRulesAnonymousIpList",
	}, groups)
	assert.Len(t, priorities, 6)
	group := named(t, r, logGroupType, "main-firewall")
	assert.Equal(t, "aws-waf-logs-holdfast-test-main", text(group, "name"))
	assert.Equal(t, 30, number(group, "retentionInDays"))
	var redacted []string
	for _, field := range named(t, r, aclLogType, "main-firewall").Inputs["redactedFields"].ArrayValue() {
		redacted = append(redacted, field.ObjectValue()["singleHeader"].ObjectValue()["name"].StringValue())
	}
	assert.Equal(t, []string{"authorization", "cookie", "x-api-key"}, redacted)
	assert.Len(t, r.OfType(aclUseType), 1)
	filter := named(t, r, aclLogType, "main-firewall").Inputs["loggingFilter"].ObjectValue()
	assert.Equal(t, "DROP", filter["defaultBehavior"].StringValue(), "what is allowed is the bulk, and in the access logs")
	keep := filter["filters"].ArrayValue()[0].ObjectValue()
	assert.Equal(t, []string{"KEEP", "MEETS_ANY"}, []string{keep["behavior"].StringValue(), keep["requirement"].StringValue()})
	var kept []string
	for _, condition := range keep["conditions"].ArrayValue() {
		kept = append(kept, condition.ObjectValue()["actionCondition"].ObjectValue()["action"].StringValue())
	}
	assert.Equal(t, []string{"BLOCK", "CAPTCHA", "CHALLENGE", "COUNT", "EXCLUDED_AS_COUNT"}, kept)

	all := run(t, Args{LogAllowedRequests: true})
	assert.NotContains(t, named(t, all, aclLogType, "main-firewall").Inputs, resource.PropertyKey("loggingFilter"))

	off := run(t, Args{LoadBalancer: spec.LoadBalancer{Firewall: spec.Firewall{Disabled: true}}})
	for _, token := range []string{aclType, aclUseType, aclLogType, logGroupType, keyType} {
		assert.Empty(t, off.OfType(token))
	}
}
