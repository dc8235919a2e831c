package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2NoOpenFileShares(t *testing.T) {
	t.Parallel()
	rule := func(from, to int) []policytest.Resource {
		return policytest.One(ingressRuleType, props{"ipProtocol": "tcp", "fromPort": from, "toPort": to, "cidrIpv6": "::/0"})
	}
	policytest.Run(t, EC2NoOpenFileShares, []policytest.Case{
		{Name: "by a rule of its own", Resources: rule(445, 445), Want: policytest.Fail("It opens port 445/tcp to ::/0.")},
		{Name: "among others", Resources: rule(400, 500), Want: policytest.Fail("ports 400-500")},
		{Name: "below", Resources: rule(400, 444), Want: policytest.Pass()},
		{Name: "above", Resources: rule(446, 500), Want: policytest.Pass()},
		{Name: "administration is a matter of another policy", Resources: rule(22, 22), Want: policytest.Pass()},
		{Name: "with ports of administration, which another policy tells", Resources: rule(0, 65535), Want: policytest.Pass()},
		{Name: "of other ports by the settings", Config: map[string]any{"ports": []any{2049}}, Resources: rule(2049, 2049), Want: policytest.Fail("2049")},
	}...)
}
