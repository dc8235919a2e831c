package aws_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// refreshed is a thing as the state has it after a refresh.
func refreshed(w *world, of thing) thing {
	w.T.Helper()
	id, read, outputs, err := w.Provider.Read(of.Request, of.Inputs)
	require.NoError(w.T, err)
	require.Equal(w.T, of.ID(), id)
	of.Inputs, of.Outputs = read, outputs
	return of
}

// withList is a group with SSH from 10.0.0.0/8 in its own list for a direction.
func withList(w *world, token string, in inputs) thing {
	return w.Create(token, "listed", with(inputs{"vpcId": vpc(w).ID(), "ingress": []any{inlineSSH("10.0.0.0/8")}}, in))
}

// drop takes rules out of a group's list behind Pulumi's back.
func drop(w *world, group thing, direction resource.PropertyKey) {
	require.NoError(w.T, w.Account.Drift(group.Request.Token, "us-west-2", group.ID(), func(outputs resource.PropertyMap) {
		outputs[direction] = resource.NewProperty([]resource.PropertyValue{})
	}))
}

func revokeCases() []simulatortest.Case {
	const id, code, text = "aws-security-group-rule-gone", "InvalidPermission.NotFound", "The specified rule does not exist"
	// a rule of the list went, and an update takes it away, or not
	dropped := func(token, direction string, after ...any) func(*world) error {
		return func(w *world) error {
			list := inputs{"ingress": nil, direction: []any{inlineSSH("10.0.0.0/8")}}
			g := withList(w, token, list)
			drop(w, g, resource.PropertyKey(direction))
			_, err := w.TryUpdate(g, inputs{"vpcId": vpcOf(w), direction: after})
			return err
		}
	}
	stays := func(more inputs) any { return with(inlineSSH("10.0.0.0/8"), more) }
	// a rule of a resource is in the state's list after a refresh, and goes before the list's update or does not
	shown := func(token string, rule func(group, other string) inputs, goes bool) func(*world) error {
		return func(w *world) error {
			g := withList(w, groupToken, nil)
			other := w.Create(groupToken, "other", inputs{"vpcId": vpcOf(w)})
			r := w.Create(token, "rule", rule(g.ID(), other.ID()))
			state := refreshed(w, g)
			if goes {
				w.Delete(r)
			}
			_, err := w.TryUpdate(state, inputs{"vpcId": vpcOf(w), "ingress": []any{inlineSSH("10.0.0.0/8")}})
			return err
		}
	}
	single := func(group, other string) inputs {
		return inputs{"securityGroupId": group, "referencedSecurityGroupId": other, "ipProtocol": "-1"}
	}
	itself := func(group, _ string) inputs { return single(group, group) }
	older := func(group, _ string) inputs {
		return inputs{"securityGroupId": group, "type": "ingress", "protocol": "tcp", "fromPort": 1, "toPort": 2, "self": true}
	}
	return []simulatortest.Case{
		{
			ID: id, Code: code, Text: text,
			Fails: dropped(groupToken, "ingress", inlineSSH("10.0.0.0/9")), Passes: dropped(groupToken, "ingress", stays(nil)),
		},
		{
			ID: id, Code: code, Text: text, // what only gets another description is taken away too
			Fails:  dropped(groupToken, "egress", stays(inputs{"description": "new"})),
			Passes: dropped(groupToken, "egress", stays(inputs{"protocol": "6"})),
		},
		{
			ID: id, Code: code, Text: text,
			Fails:  dropped("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "ingress"),
			Passes: dropped("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "ingress", stays(nil), inlineSSH("10.0.0.0/9")),
		},
		{ID: id, Code: code, Text: text, Fails: shown(ingressToken, single, true), Passes: shown(ingressToken, single, false)},
		{ID: id, Code: code, Text: text, Fails: shown(ingressToken, itself, true), Passes: shown(ingressToken, itself, false)},
		{ID: id, Code: code, Text: text, Fails: shown(oldRuleToken, older, true), Passes: shown(oldRuleToken, older, false)},
		{
			ID: id, Code: code, Text: text,
			Fails: dropped(groupToken, "ingress"),
			Passes: func(w *world) error { // a default VPC's groups have nothing taken away that is not there
				g := w.Create(groupToken, "g", inputs{"ingress": []any{inlineSSH("10.0.0.0/8")}})
				drop(w, g, "ingress")
				_, err := w.TryUpdate(g, inputs{"ingress": []any{}})
				return err
			},
		},
	}
}

// TestListsShowRuleResources: a refresh of a group with lists of its own shows all its rules, and the next update takes
// those away that its lists have not, whoever made them.
func TestListsShowRuleResources(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := withList(w, groupToken, nil)
	r := w.Create(ingressToken, "rule", inputs{
		"securityGroupId": g.ID(), "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv6": "2001:db8::/32",
		"description": "web",
	})
	out := w.Create(egressToken, "out", inputs{"securityGroupId": g.ID(), "ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"})
	elsewhere := w.Create(ingressToken, "elsewhere", inputs{
		"securityGroupId": group(w, thingCalled(w, vpcToken, "vpc"), "b").ID(), "ipProtocol": "-1", "referencedSecurityGroupId": g.ID(),
	})
	before := w.Account.Resources()
	state := refreshed(w, g)
	assert.Equal(t, []any{
		map[string]any{"protocol": "tcp", "fromPort": 22.0, "toPort": 22.0, "cidrBlocks": []any{"10.0.0.0/8"}},
		map[string]any{
			"protocol": "tcp", "fromPort": 443.0, "toPort": 443.0, "ipv6CidrBlocks": []any{"2001:db8::/32"}, "self": false,
			"description": "web",
		},
	}, state.Outputs["ingress"].Mappable())
	assert.Equal(t, state.Outputs["ingress"], state.Inputs["ingress"], "Pulumi takes it for a change")
	assert.Empty(t, state.Outputs["egress"].ArrayValue(), "the program gives no such list")
	assert.Equal(t, before, w.Account.Resources(), "reading changes nothing")
	assert.Equal(t, state, refreshed(w, state), "nor does it a second time")

	_, err := w.TryUpdate(state, inputs{"vpcId": vpcOf(w), "ingress": []any{inlineSSH("10.0.0.0/8")}})
	require.NoError(t, err)
	for _, rule := range []struct {
		thing
		there bool
	}{{r, false}, {out, true}, {elsewhere, true}} {
		id, _, _, err := w.Provider.Read(rule.Request, rule.Inputs)
		require.NoError(t, err)
		assert.Equal(t, rule.there, id != "", rule.Request.URN)
	}
	require.NoError(t, w.TryDelete(r), "a rule that is gone is deleted already")
}

// TestDescriptionOfARuleThatIsGone: the older type changes a rule's description by what the rule says, the newer ones by
// its id.
func TestDescriptionOfARuleThatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := ssh(w)
	for token, code := range map[string]string{oldRuleToken: "InvalidPermission.NotFound", egressToken: "InvalidSecurityGroupRuleId.NotFound"} {
		given := in
		if token == oldRuleToken {
			given = oldSSH(in)
		}
		rule := w.Create(token, "rule", given)
		require.NoError(t, w.Account.Vanish(token, "us-west-2", rule.ID()))
		_, err := w.TryUpdate(rule, with(given, inputs{"description": "new"}))
		assert.Equal(t, code, simulator.Code(err), err)
		assert.NotContains(t, err.Error(), "%!")
	}
}
