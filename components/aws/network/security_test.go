package network

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestACLs(t *testing.T) {
	t.Parallel()
	type rule struct {
		number       float64
		action, cidr string
		port         float64
	}
	rulesOf := func(r componenttest.Recording, tier, direction string) []rule {
		var rules []rule
		for _, v := range named(t, r, aclType, "main-"+tier).Inputs[resource.PropertyKey(direction)].ArrayValue() {
			o := v.ObjectValue()
			cidr := o["cidrBlock"]
			if !cidr.IsString() {
				cidr = o["ipv6CidrBlock"]
			}
			rules = append(rules, rule{o["ruleNo"].NumberValue(), o["action"].StringValue(), cidr.StringValue(), o["toPort"].NumberValue()})
		}
		return rules
	}
	r := run(t, &Args{Network: spec.Network{IPv6: true}, PeerCIDRs: []string{"10.1.0.0/16", "fd00::/56"}})
	inside := []rule{
		{100, "allow", "10.0.0.0/16", 0}, {101, "allow", "2600:1f18:1234:5600::/56", 0},
		{110, "allow", "10.1.0.0/16", 0}, {111, "allow", "fd00::/56", 0},
	}
	world := append(slices.Clone(inside), rule{200, "deny", anywhere, 22}, rule{300, "allow", anywhere, 0},
		rule{201, "deny", anywhereV6, 22}, rule{301, "allow", anywhereV6, 0})
	outside := append(slices.Clone(inside), rule{300, "allow", anywhere, 0}, rule{301, "allow", anywhereV6, 0})

	assert.Equal(t, inside, rulesOf(r, "data", "ingress"))
	assert.Equal(t, inside, rulesOf(r, "data", "egress"))
	for _, tier := range []string{"public", "private"} {
		assert.Equal(t, world, rulesOf(r, tier, "ingress"))
		assert.Equal(t, outside, rulesOf(r, tier, "egress"))
	}
	assert.Equal(t, inside[:1], rulesOf(run(t, nil), "data", "ingress"))
	for _, a := range r.OfType(aclAttachType) {
		tier := strings.Split(a.Name, "-")[1]
		assert.Equal(t, aclType+"::main-"+tier, text(a, "networkAclId"))
	}
	assert.Len(t, r.OfType(aclAttachType), 9, "every subnet has an ACL of its own")
}
