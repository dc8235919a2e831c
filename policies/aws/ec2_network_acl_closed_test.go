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
	ipv6 := func(number int, action string) props {
		return props{"ruleNo": number, "action": action, "protocol": "-1", "fromPort": 0, "toPort": 0, "ipv6CidrBlock": "::/0"}
	}
	separate := func(egress any, action string, port int) []policytest.Resource {
		return policytest.One(networkACLRuleType, props{
			"egress": egress, "ruleAction": action, "protocol": "tcp", "fromPort": port, "toPort": port, "ipv6CidrBlock": "::/0",
		})
	}
	policytest.Run(t, EC2NetworkACLClosed, []policytest.Case{
		{Name: "all protocols", Resources: acl(rule(100, "allow", "-1", 0, "0.0.0.0/0")), Config: props{"ports": []any{22, 3389}}, Want: policytest.Fail("port 22", "port 3389")},
		{Name: "denied before", Resources: acl(rule(90, "deny", "tcp", 22, "0.0.0.0/0"), rule(91, "deny", "tcp", 3389, "0.0.0.0/0"), rule(100, "allow", "-1", 0, "0.0.0.0/0")), Config: props{"ports": []any{22, 3389}}, Want: policytest.Pass()},
		{Name: "denied after", Resources: acl(rule(110, "deny", "tcp", 22, "0.0.0.0/0"), rule(100, "allow", "tcp", 22, "0.0.0.0/0")), Want: policytest.Fail("rule 100 opens port 22")},
		{Name: "denied by one that is not before it", Resources: acl(rule(100, "deny", "tcp", 22, "0.0.0.0/0"), rule(100, "allow", "tcp", 22, "0.0.0.0/0")), Want: policytest.Fail("rule 100 opens port 22")},
		{Name: "allowed twice", Resources: acl(rule(90, "allow", "tcp", 22, "0.0.0.0/0"), rule(100, "allow", "tcp", 22, "0.0.0.0/0")), Want: policytest.Fail("rule 90", "rule 100")},
		{Name: "denied over IPv4 only", Resources: acl(rule(90, "deny", "-1", 0, "0.0.0.0/0"), ipv6(100, "allow")), Want: policytest.Fail("rule 100")},
		{Name: "denied over IPv6 only", Resources: acl(ipv6(90, "deny"), rule(100, "allow", "-1", 0, "0.0.0.0/0")), Want: policytest.Fail("rule 100")},
		{Name: "denied over IPv6, too", Resources: acl(ipv6(90, "deny"), ipv6(100, "allow")), Want: policytest.Pass()},
		{Name: "denied to some", Resources: acl(rule(90, "deny", "tcp", 22, "192.0.2.0/24"), rule(100, "allow", "tcp", 22, "0.0.0.0/0")), Want: policytest.Fail("rule 100")},
		{Name: "remote desktop, by default", Resources: acl(rule(100, "allow", "tcp", 3389, "0.0.0.0/0")), Want: policytest.Pass()},
		{Name: "from inside", Resources: acl(rule(100, "allow", "tcp", 22, "10.0.0.0/8")), Want: policytest.Pass()},
		{Name: "not known", Resources: acl(rule(100, "allow", "tcp", policytest.Unknown, "0.0.0.0/0")), Want: policytest.Undetermined("Port")},
		{Name: "the default one", Resources: policytest.One(defaultNetworkACLType, props{"ingress": []any{rule(100, "allow", "tcp", 3389, "0.0.0.0/0")}}), Config: props{"ports": []any{3389}}, Want: policytest.Fail("3389")},
		{Name: "a rule apart", Resources: separate(false, "allow", 22), Want: policytest.Fail("port 22/tcp to the internet")},
		{Name: "a rule apart, inwards as nothing else is said", Resources: separate(nil, "allow", 22), Want: policytest.Fail("port 22/tcp to the internet")},
		{Name: "a rule apart for another port", Resources: separate(false, "allow", 443), Want: policytest.Pass()},
		{Name: "a rule apart that denies", Resources: separate(false, "deny", 22), Want: policytest.Pass()},
		{Name: "a rule apart, outwards", Resources: separate(true, "allow", 22), Want: policytest.Pass()},
		{Name: "other ports", Resources: acl(rule(100, "allow", "tcp", 5985, "0.0.0.0/0")), Config: props{"ports": []any{5985}}, Want: policytest.Fail("5985")},
	}...)
}
