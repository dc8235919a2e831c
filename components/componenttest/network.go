package componenttest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// NetworkDriver describes a cloud's network component to the suite.
type NetworkDriver struct {
	Driver[spec.Network]
	// Zones are at least four zones of the cloud's region, in alphabetical order.
	Zones []string
	// SubnetType, NATType and FlowLogType are the types of what carries a subnet, a NAT gateway, a flow log.
	SubnetType, NATType, FlowLogType string
	// Private reports whether services are reached through private endpoints that are charged for.
	Private func(Recording) bool
	// ZoneOf returns the zone that a subnet lies in.
	ZoneOf func(Resource) string
	// Spanning are the inputs that list something of every zone and so grow with the zones, as "type.property". The
	// cloud must be able to change each of them in place.
	Spanning []string
	// DefaultDeny asserts, in the cloud's own terms, that nothing is open that nobody asked to open: no public
	// address on launch, no rule that lets the internet in.
	DefaultDeny func(t require.TestingT, recording Recording)
}

// Network runs the suite that every cloud's network component must pass.
func Network(t *testing.T, d NetworkDriver) { d.checks().run(t) }

func (d NetworkDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.Network]{
		Tagged: []spec.Network{{Tags: tags}, {Tags: tags, IPv6: true}},
		Bad:    d.bad(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"NAT modes":               d.nat,
		"growth replaces nothing": d.growth,
	})
}

func (d NetworkDriver) zonesOf(r Recording) []string {
	var zones []string
	for _, subnet := range r.OfType(d.SubnetType) {
		zones = append(zones, d.ZoneOf(subnet))
	}
	slices.Sort(zones)
	return slices.Compact(zones)
}

func (d NetworkDriver) defaults(t require.TestingT) {
	r := d.run(t, spec.Network{})
	assert.GreaterOrEqual(t, len(d.zonesOf(r)), 2, "zones spanned")
	assert.NotEmpty(t, r.OfType(d.FlowLogType), "flow logs")
	assert.Len(t, r.OfType(d.NATType), len(d.zonesOf(r)), "a NAT gateway per zone")
	assert.True(t, d.Private(r), "private endpoints")
	d.DefaultDeny(t, r)
}

func (d NetworkDriver) weakened(t require.TestingT) {
	r := d.run(t, spec.Network{FlowLogs: spec.FlowLogs{Disabled: true}})
	assert.Empty(t, r.OfType(d.FlowLogType), "flow logs that are off")
	assert.True(t, d.Private(r))
	d.DefaultDeny(t, r)
	r = d.run(t, spec.Network{Endpoints: spec.Endpoints{Disabled: true}})
	assert.False(t, d.Private(r), "private endpoints that are off")
	assert.NotEmpty(t, r.OfType(d.FlowLogType))
	d.DefaultDeny(t, r)
	d.DefaultDeny(t, d.run(t, spec.Network{IPv6: true}))
}

func (d NetworkDriver) nat(t require.TestingT) {
	for mode, want := range map[spec.NATMode]int{spec.NATPerZone: 4, spec.NATOne: 1, spec.NATNone: 0} {
		r := d.run(t, spec.Network{ZoneNames: d.Zones[:4], NAT: mode})
		assert.Len(t, r.OfType(d.NATType), want, "NAT %s", mode)
		assert.Equal(t, d.Zones[:4], d.zonesOf(r), "NAT %s", mode)
	}
	// From one to a gateway per zone, the existing gateway stays where it is.
	one := d.run(t, spec.Network{ZoneNames: d.Zones[:3], NAT: spec.NATOne})
	each := d.run(t, spec.Network{ZoneNames: d.Zones[:3]}).ByURN()
	for _, gateway := range one.OfType(d.NATType) {
		assert.Equal(t, gateway.Inputs, each[gateway.URN].Inputs, "%s", gateway.URN)
	}
}

func (d NetworkDriver) bad() map[string]Bad[spec.Network] {
	return map[string]Bad[spec.Network]{
		"CIDR":        {spec.Network{CIDR: "10.0.0.0/99"}, []string{"cidr"}},
		"one zone":    {spec.Network{Zones: 1}, []string{"zones"}},
		"many zones":  {spec.Network{Zones: 9}, []string{"zones"}},
		"zone names":  {spec.Network{ZoneNames: []string{d.Zones[0], "zone-x"}}, []string{"zoneNames[1]"}},
		"zone twice":  {spec.Network{ZoneNames: []string{d.Zones[0], d.Zones[0]}}, []string{"zoneNames[1]"}},
		"NAT":         {spec.Network{NAT: "sometimes"}, []string{"nat"}},
		"retention":   {spec.Network{FlowLogs: spec.FlowLogs{RetentionDays: -1}}, []string{"flowLogs.retentionDays"}},
		"all at once": {spec.Network{CIDR: "x", Zones: 1, NAT: "x"}, []string{"cidr", "zones", "nat"}},
	}
}

// growth adds every zone to every set of the others, at every index.
func (d NetworkDriver) growth(t require.TestingT) {
	for _, mode := range []spec.NATMode{spec.NATPerZone, spec.NATNone} {
		after := d.run(t, spec.Network{ZoneNames: d.Zones[:4], NAT: mode, IPv6: true})
		for added := range 4 {
			fewer := slices.Delete(slices.Clone(d.Zones[:4]), added, added+1)
			for index := range len(fewer) + 1 {
				grown := d.run(t, spec.Network{ZoneNames: slices.Insert(slices.Clone(fewer), index, d.Zones[added]), NAT: mode, IPv6: true})
				assertSame(t, after, grown, "the order of zones does not matter")
			}
			before := d.run(t, spec.Network{ZoneNames: fewer, NAT: mode, IPv6: true})
			assertGrown(t, before, after, d.Spanning)
			assert.Greater(t, len(after.Resources), len(before.Resources))
		}
	}
}
