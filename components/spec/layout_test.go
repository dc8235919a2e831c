package spec

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLayoutOfADefaultNetwork(t *testing.T) {
	t.Parallel()
	layout, err := Network{}.Layout()
	require.NoError(t, err)
	tests := []struct {
		tier Tier
		slot int
		want string
	}{
		{Private, 0, "10.0.0.0/20"}, {Private, 1, "10.0.16.0/20"}, {Private, 7, "10.0.112.0/20"},
		{Data, 0, "10.0.128.0/22"}, {Data, 7, "10.0.156.0/22"},
		{Public, 0, "10.0.160.0/22"}, {Public, 7, "10.0.188.0/22"},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, layout.Subnet(test.tier, test.slot).String(), "%s %d", test.tier, test.slot)
	}
}

func TestLayoutRefusesOtherBlocks(t *testing.T) {
	t.Parallel()
	for _, block := range []string{"10.0.0.0/15", "10.0.0.0/22", "10.0.0.1/16", "fd00::/16"} {
		_, err := NewLayout(netip.MustParsePrefix(block))
		assert.ErrorContains(t, err, block)
	}
	_, err := NewLayout(netip.Prefix{})
	assert.ErrorContains(t, err, "is not an IPv4 network from /16 to /21")
	_, err = Network{CIDR: "nonsense"}.Layout()
	assert.ErrorContains(t, err, "nonsense")
	assert.Panics(t, func() { Layout{}.Subnet(Private, 8) })
	assert.Panics(t, func() { Layout{}.Subnet("dmz", 0) })
}

// assertLayout holds what must be true of every layout: subnets lie inside the block, outside its last quarter, do
// not overlap, and are no smaller than the /27 that load balancers ask for.
func assertLayout(t *testing.T, block netip.Prefix) {
	t.Helper()
	layout, err := NewLayout(block)
	require.NoError(t, err)
	var all []netip.Prefix
	for _, tier := range Tiers() {
		for slot := range ZoneSlots {
			subnet := layout.Subnet(tier, slot)
			require.Equal(t, subnet.Masked(), subnet, "aligned")
			require.LessOrEqual(t, subnet.Bits(), 27)
			require.True(t, block.Contains(subnet.Addr()) && subnet.Bits() > block.Bits(), "%s inside %s", subnet, block)
			for _, other := range all {
				require.False(t, subnet.Overlaps(other), "%s overlaps %s", subnet, other)
			}
			all = append(all, subnet)
		}
	}
	reserve := block.Addr().As4()
	third := uint32(reserve[0])<<24 | uint32(reserve[1])<<16 | uint32(reserve[2])<<8 | uint32(reserve[3])
	third += 3 << (32 - block.Bits() - 2)
	for _, subnet := range all {
		a := subnet.Addr().As4()
		require.Less(t, uint32(a[0])<<24|uint32(a[1])<<16|uint32(a[2])<<8|uint32(a[3]), third, "%s in the reserve", subnet)
	}
}

func TestLayoutOfEverySize(t *testing.T) {
	t.Parallel()
	for bits := minPrefix; bits <= maxPrefix; bits++ {
		assertLayout(t, netip.PrefixFrom(netip.MustParseAddr("172.16.0.0"), bits))
		last := netip.PrefixFrom(netip.MustParseAddr("192.168.255.255"), bits).Masked()
		assertLayout(t, last)
	}
}

// Adding a zone at any index, or reordering the list, moves no existing subnet.
func TestLayoutIsStableUnderGrowth(t *testing.T) {
	t.Parallel()
	layout, err := Network{}.Layout()
	require.NoError(t, err)
	subnetsOf := func(zones []string) map[string]netip.Prefix {
		subnets := map[string]netip.Prefix{}
		for _, zone := range zones {
			slot, ok := ZoneSlot(zone)
			require.True(t, ok)
			for _, tier := range Tiers() {
				subnets[zone+" "+string(tier)] = layout.Subnet(tier, slot)
			}
		}
		return subnets
	}
	random := rand.New(rand.NewPCG(1, 2))
	all := []string{"eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d", "eu-west-1e", "eu-west-1f", "eu-west-1g", "eu-west-1h"}
	for range 500 {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		before := all[:2+random.IntN(len(all)-2)]
		after := append([]string{}, all[:len(before)+1]...)
		random.Shuffle(len(after), func(i, j int) { after[i], after[j] = after[j], after[i] })

		grown := subnetsOf(after)
		for key, subnet := range subnetsOf(before) {
			require.Equal(t, subnet, grown[key], "%s moved when %v became %v", key, before, after)
		}
	}
}

func TestSubnetV6(t *testing.T) {
	t.Parallel()
	block := netip.MustParsePrefix("2600:1f18:1234:5600::/56")
	seen := map[netip.Prefix]bool{}
	for _, tier := range Tiers() {
		for slot := range ZoneSlots {
			subnet, err := SubnetV6(block, tier, slot)
			require.NoError(t, err)
			require.True(t, block.Contains(subnet.Addr()))
			require.Equal(t, 64, subnet.Bits())
			require.False(t, seen[subnet], "%s twice", subnet)
			seen[subnet] = true
		}
	}
	first, err := SubnetV6(block, Public, 2)
	require.NoError(t, err)
	assert.Equal(t, "2600:1f18:1234:5682::/64", first.String())

	for _, bad := range []string{"2600::/64", "2600::1/56", "10.0.0.0/16"} {
		_, err := SubnetV6(netip.MustParsePrefix(bad), Public, 0)
		assert.ErrorContains(t, err, bad)
	}
	assert.Panics(t, func() { _, _ = SubnetV6(block, Public, -1) })
	assert.Panics(t, func() { _, _ = SubnetV6(block, "dmz", 0) })
}

func TestZoneSlot(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]int{"eu-west-1a": 0, "us-east-1f": 5, "europe-west1-b": 1, "1": 0, "3": 2, "h": 7} {
		slot, ok := ZoneSlot(zone)
		assert.True(t, ok, zone)
		assert.Equal(t, want, slot, zone)
	}
	for _, zone := range []string{"", "eu-west-1i", "9", "0", "A", "zone-é"} {
		_, ok := ZoneSlot(zone)
		assert.False(t, ok, zone)
	}
}
