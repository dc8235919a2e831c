package spec

import (
	"fmt"
	"net/netip"
)

// Tier is a layer of subnets with one kind of reach.
type Tier string

// The tiers of a network.
const (
	// Public subnets route to and from the internet. Only load balancers and NAT gateways belong here.
	Public Tier = "public"
	// Private subnets reach the internet through NAT and are reached only from inside. Workloads belong here.
	Private Tier = "private"
	// Data subnets have no route to the internet in either direction. Databases and caches belong here.
	Data Tier = "data"
)

// Tiers lists every tier in a fixed order.
func Tiers() []Tier { return []Tier{Public, Private, Data} }

// ZoneSlots is how many zones a layout has room for.
const ZoneSlots = 8

// Layout divides one address block into the subnets of every tier and zone:
//
//	0      1/8     2/8     3/8     4/8     5/8     6/8     7/8      1
//	| private: 8 zones of 1/16 each | data  | public| reserved      |
//	                                  8 × 1/64 each    for growth
//
// Private takes half, because workloads (pods above all) take the most addresses. A subnet's place depends only on its
// tier and its zone's slot: adding or removing zones moves no other subnet. The last quarter stays free for tiers
// that are not thought of yet.
type Layout struct {
	block netip.Prefix
}

// layoutPlan gives each tier its start in 64ths of the block, and how many bits longer than the block's a subnet's
// prefix is. layoutPlanV6 does the same for IPv6, where a subnet is always a /64 of a /56: every tier gets 64 slots.
var (
	layoutPlan = map[Tier]struct{ start, bits int }{
		Private: {start: 0, bits: 4},
		Data:    {start: 32, bits: 6},
		Public:  {start: 40, bits: 6},
	}
	layoutPlanV6 = map[Tier]int{Private: 0, Data: 64, Public: 128}
)

// NewLayout returns the layout of an IPv4 block. It fails unless block is an IPv4 network from /16 to /21 without host
// bits: 65,536 addresses is the most a VPC may have on AWS, and below 2,048 public subnets would be smaller than the /27
// that load balancers need to scale (ELB User Guide for Application Load Balancers, "Subnets for your load balancer").
func NewLayout(block netip.Prefix) (Layout, error) {
	if !block.IsValid() || !block.Addr().Is4() || block.Bits() < minPrefix || block.Bits() > maxPrefix || block.Masked() != block {
		return Layout{}, fmt.Errorf("%s is not an IPv4 network from /%d to /%d", block, minPrefix, maxPrefix)
	}
	return Layout{block: block}, nil
}

// Subnet returns the block of a tier in the zone slot 0 to 7. It panics on an unknown tier or slot, which only a
// programming mistake can produce: ZoneSlot returns valid slots.
func (l Layout) Subnet(tier Tier, slot int) netip.Prefix {
	plan, ok := layoutPlan[tier]
	if !ok || slot < 0 || slot >= ZoneSlots {
		panic(fmt.Sprintf("spec: no subnet for tier %q, slot %d", tier, slot))
	}
	bits := l.block.Bits() + plan.bits
	size := uint32(1) << (32 - bits)
	start := uint32(plan.start) << (32 - l.block.Bits() - 6)

	base := l.block.Addr().As4()
	address := uint32(base[0])<<24 | uint32(base[1])<<16 | uint32(base[2])<<8 | uint32(base[3])
	address += start + uint32(slot)*size
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{
		byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address),
	}), bits)
}

// SubnetV6 returns the /64 of a tier in the zone slot 0 to 7 within block, which must be a /56 (what AWS assigns to a
// VPC). Like Subnet, it panics on an unknown tier or slot.
func SubnetV6(block netip.Prefix, tier Tier, slot int) (netip.Prefix, error) {
	start, ok := layoutPlanV6[tier]
	if !ok || slot < 0 || slot >= ZoneSlots {
		panic(fmt.Sprintf("spec: no IPv6 subnet for tier %q, slot %d", tier, slot))
	}
	if !block.IsValid() || !block.Addr().Is6() || block.Bits() != 56 || block.Masked() != block {
		return netip.Prefix{}, fmt.Errorf("%s is not an IPv6 /56 network", block)
	}
	address := block.Addr().As16()
	address[7] = byte(start + slot)
	return netip.PrefixFrom(netip.AddrFrom16(address), 64), nil
}

// ZoneSlot returns the slot, 0 to 7, of a zone from the letter (a to h) or the digit (1 to 8) that its name ends in:
// "eu-west-1b" and "europe-west1-b" are slot 1, and so is zone "2". Deriving it from the name and not from the zone's
// place in a list is what lets zones come and go without moving their neighbours.
func ZoneSlot(zone string) (slot int, ok bool) {
	if zone == "" {
		return 0, false
	}
	switch last := zone[len(zone)-1]; {
	case last >= 'a' && last < 'a'+ZoneSlots:
		return int(last - 'a'), true
	case last >= '1' && last < '1'+ZoneSlots:
		return int(last - '1'), true
	default:
		return 0, false
	}
}
