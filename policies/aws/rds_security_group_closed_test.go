package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSSecurityGroupClosed(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSSecurityGroupClosed, []policytest.Case{
		{Name: "by a rule of its own", Resources: databaseWith(policytest.Resource{Type: securityGroupRuleType, Properties: props{"type": "ingress", "securityGroupId": policytest.Ref("group"), "cidrBlocks": []any{"0.0.0.0/0"}}}), Want: policytest.Fail("lets the internet in")},
		{Name: "out, not in", Resources: databaseWith(policytest.Resource{Type: securityGroupRuleType, Properties: props{"type": "egress", "securityGroupId": policytest.Ref("group"), "cidrBlocks": []any{"0.0.0.0/0"}}}), Want: policytest.Pass()},
		{Name: "over IPv6", Resources: databaseWith(policytest.Resource{Type: ingressRuleType, Properties: props{"securityGroupId": policytest.Ref("group"), "cidrIpv6": "::/0"}}), Want: policytest.Fail("lets the internet in")},
		{Name: "into another group", Resources: databaseWith(policytest.Resource{Type: ingressRuleType, Properties: props{"securityGroupId": "sg-other", "cidrIpv4": "0.0.0.0/0"}}), Want: policytest.Pass()},
		{Name: "into what is not known yet", Resources: databaseWith(policytest.Resource{Type: ingressRuleType, Properties: props{"securityGroupId": policytest.Unknown, "cidrIpv4": "0.0.0.0/0"}}), Want: policytest.Undetermined(".securityGroupId")},
	}...)
}

// databaseWith is a database in a security group that a rule may be about.
func databaseWith(rule policytest.Resource) []policytest.Resource {
	rule.Name = "rule"
	return []policytest.Resource{
		{Name: "group", Type: securityGroupType},
		{Name: "db", Type: rdsClusterType, Properties: props{"vpcSecurityGroupIds": []any{policytest.Ref("group")}}},
		rule,
	}
}
