package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2NetworkACLClosed(t *testing.T) {
	t.Parallel()
	rule := func(number int, action, protocol string, port any, cidr string) props {
		return props{"ruleNo": number, "action": action, "protocol": protocol, "fromPort": port, "toPort": port, "cidrBlock": cidr}
	}
	acl := func(rules ...any) []policytest.Resource {
		return policytest.One(networkACLType, props{"ingress": rules})
	}
	separate := func(egress bool, action string) []policytest.Resource {
		return policytest.One(networkACLRuleType, props{
			"egress": egress, "ruleAction": action, "protocol": "tcp", "fromPort": 22, "toPort": 22, "ipv6CidrBlock": "::/0",
		})
	}
	policytest.Run(t, EC2NetworkACLClosed, []policytest.Case{
		{Name: "all protocols", Resources: acl(rule(100, "allow", "-1", 0, "0.0.0.0/0")), Config: props{"ports": []any{22, 3389}}, Want: policytest.Fail("port 22", "port 3389")},
		{Name: "denied before", Resources: acl(rule(90, "deny", "tcp", 22, "0.0.0.0/0"), rule(91, "deny", "tcp", 3389, "0.0.0.0/0"), rule(100, "allow", "-1", 0, "0.0.0.0/0")), Config: props{"ports": []any{22, 3389}}, Want: policytest.Pass()},
		{Name: "denied after", Resources: acl(rule(110, "deny", "tcp", 22, "0.0.0.0/0"), rule(100, "allow", "tcp", 22, "0.0.0.0/0")), Want: policytest.Fail("rule 100 opens port 22")},
		{Name: "denied to some", Resources: acl(rule(90, "deny", "tcp", 22, "192.0.2.0/24"), rule(100, "allow", "tcp", 22, "0.0.0.0/0")), Want: policytest.Fail("rule 100")},
		{Name: "remote desktop, by default", Resources: acl(rule(100, "allow", "tcp", 3389, "0.0.0.0/0")), Want: policytest.Pass()},
		{Name: "from inside", Resources: acl(rule(100, "allow", "tcp", 22, "10.0.0.0/8")), Want: policytest.Pass()},
		{Name: "not known", Resources: acl(rule(100, "allow", "tcp", policytest.Unknown, "0.0.0.0/0")), Want: policytest.Undetermined("Port")},
		{Name: "the default one", Resources: policytest.One(defaultNetworkACLType, props{"ingress": []any{rule(100, "allow", "tcp", 3389, "0.0.0.0/0")}}), Config: props{"ports": []any{3389}}, Want: policytest.Fail("3389")},
		{Name: "a rule apart", Resources: separate(false, "allow"), Want: policytest.Fail("port 22/tcp to the internet")},
		{Name: "a rule apart that denies", Resources: separate(false, "deny"), Want: policytest.Pass()},
		{Name: "a rule apart, outwards", Resources: separate(true, "allow"), Want: policytest.Pass()},
		{Name: "other ports", Resources: acl(rule(100, "allow", "tcp", 5985, "0.0.0.0/0")), Config: props{"ports": []any{5985}}, Want: policytest.Fail("5985")},
	}...)
}
