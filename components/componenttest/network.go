package componenttest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// NetworkDriver describes a cloud's network component to the suite.
type NetworkDriver struct {
	// New creates the component with nothing but the cloud-neutral part of its arguments set.
	New func(ctx *pulumi.Context, name string, network spec.Network, opts ...pulumi.ResourceOption) error
	// Cloud returns a fresh mocked or simulated cloud.
	Cloud func(t require.TestingT) pulumi.MockResourceMonitor
	// Package is the Pulumi package of the cloud ("aws"), and Token the component's type.
	Package, Token string
	// Zones are at least four zones of the cloud's region, in alphabetical order.
	Zones []string
	// SubnetType, NATType and FlowLogType are the types of what carries a subnet, a NAT gateway, a flow log.
	SubnetType, NATType, FlowLogType string
	// ZoneOf returns the zone that a subnet lies in.
	ZoneOf func(Resource) string
	// Tags returns the tags, or labels, of a resource.
	Tags func(Resource) map[string]string
	// Untaggable are the types that the cloud does not let carry tags.
	Untaggable []string
	// Spanning are the inputs that list something of every zone and so grow with the zones, as "type.property". The
	// cloud must be able to change each of them in place.
	Spanning []string
	// DefaultDeny asserts, in the cloud's own terms, that nothing is open that nobody asked to open: no public
	// address on launch, no rule that lets the internet in.
	DefaultDeny func(t require.TestingT, recording Recording)
}

// Network runs the suite that every cloud's network component must pass.
func Network(t *testing.T, d NetworkDriver) {
	for name, check := range networkChecks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, d)
		})
	}
}

// networkChecks are the parts of the suite. They take an interface, so that their own tests can see them fail.
var networkChecks = map[string]func(require.TestingT, NetworkDriver){
	"defaults are strong":             networkDefaults,
	"weakening is explicit":           networkWeakened,
	"NAT modes":                       networkNAT,
	"children descend and are tagged": networkChildren,
	"bad arguments":                   networkBadArguments,
	"growth replaces nothing":         networkGrowth,
	"resource options":                networkOptions,
	"deterministic":                   networkDeterministic,
}

const networkName = "main"

func (d NetworkDriver) run(t require.TestingT, network spec.Network, opts ...pulumi.ResourceOption) Recording {
	recording, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error {
		return d.New(ctx, networkName, network, opts...)
	})
	require.NoError(t, err)
	return recording
}

func (d NetworkDriver) zonesOf(r Recording) []string {
	var zones []string
	for _, subnet := range r.OfType(d.SubnetType) {
		zones = append(zones, d.ZoneOf(subnet))
	}
	slices.Sort(zones)
	return slices.Compact(zones)
}

func networkDefaults(t require.TestingT, d NetworkDriver) {
	r := d.run(t, spec.Network{})
	assert.GreaterOrEqual(t, len(d.zonesOf(r)), 2, "zones spanned")
	assert.NotEmpty(t, r.OfType(d.FlowLogType), "flow logs")
	assert.Len(t, r.OfType(d.NATType), len(d.zonesOf(r)), "a NAT gateway per zone")
	d.DefaultDeny(t, r)
}

func networkWeakened(t require.TestingT, d NetworkDriver) {
	r := d.run(t, spec.Network{FlowLogs: spec.FlowLogs{Disabled: true}})
	assert.Empty(t, r.OfType(d.FlowLogType), "flow logs that are off")
	d.DefaultDeny(t, r)
	d.DefaultDeny(t, d.run(t, spec.Network{IPv6: true}))
}

func networkNAT(t require.TestingT, d NetworkDriver) {
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

func networkChildren(t require.TestingT, d NetworkDriver) {
	for _, network := range []spec.Network{{}, {IPv6: true}} {
		network.Tags = map[string]string{"team": "platform"}
		r := d.run(t, network)
		components := r.OfType(d.Token)
		require.Len(t, components, 1)
		for _, res := range r.Resources {
			if res.Type == d.Token {
				continue
			}
			assert.Equal(t, components[0].URN, res.Parent, "parent of %s", res.URN)
			assert.True(t, strings.HasPrefix(res.Name, networkName+"-"), "%s is named after its component", res.URN)
			if !slices.Contains(d.Untaggable, res.Type) {
				assert.Equal(t, "platform", d.Tags(res)["team"], "tag of %s", res.URN)
			}
		}
	}
}

func networkBadArguments(t require.TestingT, d NetworkDriver) {
	tests := map[string]struct {
		network spec.Network
		fields  []string
	}{
		"CIDR":        {spec.Network{CIDR: "10.0.0.0/99"}, []string{"cidr"}},
		"one zone":    {spec.Network{Zones: 1}, []string{"zones"}},
		"many zones":  {spec.Network{Zones: 9}, []string{"zones"}},
		"zone names":  {spec.Network{ZoneNames: []string{d.Zones[0], "zone-x"}}, []string{"zoneNames[1]"}},
		"zone twice":  {spec.Network{ZoneNames: []string{d.Zones[0], d.Zones[0]}}, []string{"zoneNames[1]"}},
		"NAT":         {spec.Network{NAT: "sometimes"}, []string{"nat"}},
		"retention":   {spec.Network{FlowLogs: spec.FlowLogs{RetentionDays: -1}}, []string{"flowLogs.retentionDays"}},
		"all at once": {spec.Network{CIDR: "x", Zones: 1, NAT: "x"}, []string{"cidr", "zones", "nat"}},
	}
	for name, test := range tests {
		r, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error {
			err := d.New(ctx, networkName, test.network)
			var ps spec.Problems
			if assert.ErrorAs(t, err, &ps, name) {
				var fields []string
				for _, p := range ps {
					fields = append(fields, p.Field)
				}
				assert.Equal(t, test.fields, fields, name)
			}
			return err
		})
		assert.ErrorContains(t, err, fmt.Sprintf("network %q", networkName), "%s: the error names the component", name)
		assert.Empty(t, r.URNs(), "%s: nothing is registered", name)
	}
}

// networkGrowth adds every zone to every set of the others, at every index.
func networkGrowth(t require.TestingT, d NetworkDriver) {
	for _, mode := range []spec.NATMode{spec.NATPerZone, spec.NATNone} {
		after := d.run(t, spec.Network{ZoneNames: d.Zones[:4], NAT: mode, IPv6: true})
		for added := range 4 {
			fewer := slices.Delete(slices.Clone(d.Zones[:4]), added, added+1)
			for index := range len(fewer) + 1 {
				grown := d.run(t, spec.Network{ZoneNames: slices.Insert(slices.Clone(fewer), index, d.Zones[added]), NAT: mode, IPv6: true})
				assertSame(t, after, grown, "the order of zones does not matter")
			}
			before := d.run(t, spec.Network{ZoneNames: fewer, NAT: mode, IPv6: true})
			d.assertGrown(t, before, after)
			assert.Greater(t, len(after.Resources), len(before.Resources))
		}
	}
}

// assertGrown holds that everything in before is in after, with the same inputs except for lists that span zones.
func (d NetworkDriver) assertGrown(t require.TestingT, before, after Recording) {
	grown := after.ByURN()
	for _, old := range before.Resources {
		now, ok := grown[old.URN]
		if !assert.True(t, ok, "%s is gone", old.URN) {
			continue
		}
		assert.Equal(t, old.Request.GetDeleteBeforeReplace(), now.Request.GetDeleteBeforeReplace())
		for key := range union(old.Inputs, now.Inputs) {
			if slices.Contains(d.Spanning, old.Type+"."+string(key)) {
				assert.Subset(t, now.Inputs[key].ArrayValue(), old.Inputs[key].ArrayValue(), "%s of %s lost something", key, old.URN)
				continue
			}
			assert.Equal(t, old.Inputs[key], now.Inputs[key], "%s of %s changed", key, old.URN)
		}
	}
}

func networkOptions(t require.TestingT, d NetworkDriver) {
	var mark pulumi.ResourceTransformation = func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
		return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: append(args.Opts, pulumi.RetainOnDelete(true))}
	}
	r, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error {
		var other pulumi.ProviderResourceState
		if err := ctx.RegisterResource("pulumi:providers:"+d.Package, "other", pulumi.Map{}, &other); err != nil {
			return err
		}
		return errors.Join(d.New(ctx, networkName, spec.Network{},
			pulumi.Protect(true),
			pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("before")}}),
			pulumi.Providers(&other),
			pulumi.Transformations([]pulumi.ResourceTransformation{mark})))
	})
	require.NoError(t, err)
	component, ok := r.Named(d.Token, networkName)
	require.True(t, ok)
	require.Len(t, component.Request.GetAliases(), 1)
	assert.Equal(t, "before", component.Request.GetAliases()[0].GetSpec().GetName(), "aliases reach the component")
	for _, res := range r.Resources {
		if res.Parent != component.URN {
			continue
		}
		assert.True(t, res.Request.GetProtect(), "%s is protected", res.URN)
		assert.True(t, res.Request.GetRetainOnDelete(), "%s is transformed", res.URN)
		assert.Contains(t, res.Request.GetProvider(), "::other::", "%s has the given provider", res.URN)
	}
	for _, call := range r.Calls {
		assert.Contains(t, call.Provider, "::other::", "%s asks the given provider", call.Token)
	}
}

func networkDeterministic(t require.TestingT, d NetworkDriver) {
	network := spec.Network{IPv6: true, Tags: map[string]string{"a": "1", "b": "2", "c": "3"}}
	first := d.run(t, network)
	assertSame(t, first, d.run(t, network), "the same arguments give the same resources")
	preview, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error { return d.New(ctx, networkName, network) }, Preview)
	require.NoError(t, err)
	assert.Equal(t, first.URNs(), preview.URNs(), "a preview knows every resource")
}

// assertSame holds that two recordings have the same resources with the same inputs.
func assertSame(t require.TestingT, want, got Recording, why string) {
	assert.Equal(t, want.URNs(), got.URNs(), why)
	gotten := got.ByURN()
	for _, res := range want.Resources {
		assert.Equal(t, res.Inputs, gotten[res.URN].Inputs, "%s: %s", res.URN, why)
	}
}

// union returns the keys of both maps.
func union(a, b resource.PropertyMap) map[resource.PropertyKey]bool {
	keys := map[resource.PropertyKey]bool{}
	for _, m := range []resource.PropertyMap{a, b} {
		for key := range m {
			keys[key] = true
		}
	}
	return keys
}
