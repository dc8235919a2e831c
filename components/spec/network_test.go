package spec

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNetworkDefaultsAreStrong(t *testing.T) {
	t.Parallel()
	n := Network{}.WithDefaults()
	require.NoError(t, n.Validate())
	assert.Equal(t, "10.0.0.0/16", n.CIDR)
	assert.Equal(t, 3, n.Zones)
	assert.Equal(t, NATPerZone, n.NAT)
	assert.False(t, n.FlowLogs.Disabled)
	assert.Equal(t, 365, n.FlowLogs.RetentionDays)
	assert.False(t, n.Endpoints.Disabled)
	assert.Equal(t, n, n.WithDefaults(), "defaults are idempotent")
	assert.NoError(t, Network{FlowLogs: FlowLogs{Disabled: true}}.WithDefaults().Validate(), "what is valid stays so with its defaults")
	assert.Equal(t, 2, Network{ZoneNames: []string{"a", "b"}}.WithDefaults().Zones)
}

func TestNetworkWithDefaultsSharesNothing(t *testing.T) {
	t.Parallel()
	original := Network{ZoneNames: []string{"a", "b"}, Tags: map[string]string{"k": "v"}, Endpoints: Endpoints{Services: []string{"ssm"}}}
	copied := original.WithDefaults()
	copied.ZoneNames[0], copied.Tags["k"], copied.Endpoints.Services[0] = "z", "z", "z"
	assert.Equal(t, "a", original.ZoneNames[0])
	assert.Equal(t, "v", original.Tags["k"])
	assert.Equal(t, "ssm", original.Endpoints.Services[0])
}

func TestNetworkProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		network Network
		want    []string
	}{
		"CIDR that is not one": {Network{CIDR: "10.0.0.0/99"}, []string{
			`cidr: "10.0.0.0/99" is not an IPv4 CIDR block; use for example 10.0.0.0/16`}},
		"CIDR without a prefix": {Network{CIDR: "10.0.0.0"}, []string{
			`cidr: "10.0.0.0" is not an IPv4 CIDR block; use for example 10.0.0.0/16`}},
		"IPv6 CIDR": {Network{CIDR: "fd00::/56"}, []string{
			`cidr: "fd00::/56" is not an IPv4 CIDR block; use for example 10.0.0.0/16`}},
		"CIDR with host bits": {Network{CIDR: "10.0.7.9/16"}, []string{
			`cidr: "10.0.7.9/16" has host bits set; use 10.0.0.0/16`}},
		"CIDR too large": {Network{CIDR: "10.0.0.0/8"}, []string{
			`cidr: "10.0.0.0/8" is the wrong size; use a prefix from /16 to /21, for example 10.0.0.0/16`}},
		"CIDR too small": {Network{CIDR: "10.0.0.0/22"}, []string{
			`cidr: "10.0.0.0/22" is the wrong size; use a prefix from /16 to /21, for example 10.0.0.0/16`}},
		"public CIDR": {Network{CIDR: "8.8.0.0/16"}, []string{
			`cidr: "8.8.0.0/16" is not a private range; use a block within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`}},
		"one zone":       {Network{Zones: 1}, []string{`zones: 1 is out of range; use 2 to 8 zones`}},
		"nine zones":     {Network{Zones: 9}, []string{`zones: 9 is out of range; use 2 to 8 zones`}},
		"negative zones": {Network{Zones: -1}, []string{`zones: -1 is out of range; use 2 to 8 zones`}},
		"one zone named": {Network{ZoneNames: []string{"eu-west-1a"}}, []string{
			`zoneNames: ["eu-west-1a"] is the wrong number of zones; name 2 to 8`}},
		"zone named twice": {Network{ZoneNames: []string{"eu-west-1a", "eu-west-1b", "eu-west-1a"}}, []string{
			`zoneNames[2]: "eu-west-1a" is listed twice; list each zone once`}},
		"zones that share a letter": {Network{ZoneNames: []string{"us-west-2a", "us-west-2-lax-1a"}}, []string{
			`zoneNames[1]: "us-west-2-lax-1a" ends like us-west-2a; zones of one network must end differently`}},
		"zone without a letter": {Network{ZoneNames: []string{"eu-west-1a", ""}}, []string{
			`zoneNames[1]: "" is not a zone name; it must end in a letter from a to h or a digit from 1 to 8`}},
		"names and a contradicting count": {Network{Zones: 3, ZoneNames: []string{"a", "b"}}, []string{
			`zones: 3 contradicts zoneNames, which names 2; remove zones`}},
		"NAT misspelt": {Network{NAT: "per zones"}, []string{
			`nat: "per zones" is not a NAT mode; did you mean per-zone? (use none, one or per-zone)`}},
		"NAT unknown": {Network{NAT: "instance"}, []string{
			`nat: "instance" is not a NAT mode; use none, one or per-zone`}},
		"retention too long": {Network{FlowLogs: FlowLogs{RetentionDays: 9999}}, []string{
			`flowLogs.retentionDays: 9999 is out of range; use 1 to 3653 days`}},
		"retention negative": {Network{FlowLogs: FlowLogs{RetentionDays: -5}}, []string{
			`flowLogs.retentionDays: -5 is out of range; use 1 to 3653 days`}},
		"retention without logs": {Network{FlowLogs: FlowLogs{Disabled: true, RetentionDays: 30}}, []string{
			`flowLogs.retentionDays: 30 has no effect while flow logs are off; remove one of the two`}},
		"endpoints off and listed": {Network{Endpoints: Endpoints{Disabled: true, Services: []string{"ssm"}}}, []string{
			`endpoints.services: ["ssm"] has no effect while endpoints are off; remove one of the two`}},
		"endpoint listed twice": {Network{Endpoints: Endpoints{Services: []string{"ssm", "kms", "ssm"}}}, []string{
			`endpoints.services[2]: "ssm" is listed twice; list each service once`}},
		"everything at once": {Network{CIDR: "x", Zones: 1, NAT: "y", FlowLogs: FlowLogs{RetentionDays: -1}}, []string{
			`cidr: "x" is not an IPv4 CIDR block; use for example 10.0.0.0/16`,
			`zones: 1 is out of range; use 2 to 8 zones`,
			`nat: "y" is not a NAT mode; use none, one or per-zone`,
			`flowLogs.retentionDays: -1 is out of range; use 1 to 3653 days`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.network.Validate()
			require.EqualError(t, err, strings.Join(test.want, "\n"))
			var ps Problems
			require.True(t, errors.As(err, &ps))
			assert.Len(t, ps, len(test.want))
		})
	}
}

func TestNetworkThatIsValid(t *testing.T) {
	t.Parallel()
	for _, n := range []Network{
		{CIDR: "192.168.0.0/21", Zones: 2, NAT: NATNone, IPv6: true},
		{CIDR: "100.64.0.0/16", Zones: 8, NAT: NATOne, FlowLogs: FlowLogs{Disabled: true}, Endpoints: Endpoints{Disabled: true}},
		{CIDR: "172.31.0.0/16", ZoneNames: []string{"europe-west1-d", "europe-west1-b"}, FlowLogs: FlowLogs{RetentionDays: 1}},
		{Zones: 2, ZoneNames: []string{"1", "2"}, Endpoints: Endpoints{Services: []string{"ssm", "kms"}}},
	} {
		assert.NoError(t, n.Validate(), "%+v", n)
	}
}

// Whatever is typed, validation answers without a panic, and what it accepts can be laid out.
func FuzzNetwork(f *testing.F) {
	f.Add("10.0.0.0/16", 3, "eu-west-1a", "per-zone", 365)
	f.Add("10.0.0.0/99", 0, "", "", 0)
	f.Add("::ffff:10.0.0.0/112", -1, "é", "one", -1)
	f.Add("255.255.248.0/21", 8, "9", "none", 4000)
	f.Add("10.0.0.0%eth0/16", 2, "a", "ONE", 1)
	f.Fuzz(func(t *testing.T, cidr string, zones int, zone, nat string, days int) {
		n := Network{CIDR: cidr, Zones: zones, NAT: NATMode(nat), FlowLogs: FlowLogs{RetentionDays: days}}
		if zone != "" {
			n.ZoneNames = []string{zone, "b"}
		}
		if err := n.Validate(); err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		n = n.WithDefaults()
		assertLayout(t, netip.MustParsePrefix(n.CIDR))
		require.True(t, n.Zones >= minZones && n.Zones <= maxZones)
	})
}
