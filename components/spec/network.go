package spec

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
)

// The limits of a network, the same on every cloud.
const (
	minZones = 2 // load balancers and managed databases refuse fewer
	maxZones = ZoneSlots

	minPrefix = 16
	maxPrefix = 21 // its public subnets are /27: see NewLayout

	// A year: what auditors ask for most often (PCI DSS 10.5.1 asks for twelve months).
	defaultRetentionDays = 365
	maxRetentionDays     = 3653 // ten years, the longest that AWS offers
)

// NATMode says how private subnets reach the internet.
type NATMode string

// The NAT modes.
const (
	// NATPerZone gives every zone a gateway of its own, so that losing a zone cuts off no other. The default.
	NATPerZone NATMode = "per-zone"
	// NATOne shares one gateway among all zones. Cheaper, but its zone is a single point of failure. The gateway lies
	// in the zone that comes first in the alphabet; adding an earlier one moves it there, with a new address.
	NATOne NATMode = "one"
	// NATNone gives private subnets no way out to the internet over IPv4.
	NATNone NATMode = "none"
)

// Network describes a network across zones with public, private and data subnets. The zero value is a production
// network: three zones, a NAT gateway in each, flow logs kept for a year.
type Network struct {
	// CIDR is the IPv4 block of the network: a private range from /16 to /21. Default "10.0.0.0/16". It cannot be
	// changed later without replacing the network, so choose one that overlaps no network it may ever be joined to.
	CIDR string `pulumi:"cidr"`
	// Zones is how many zones to span, 2 to 8: the first so many that the region offers. Default 3.
	Zones int `pulumi:"zones"`
	// ZoneNames names the zones to span instead of counting them, for example "eu-west-1a". Their order does not
	// matter. Default: chosen by Zones.
	ZoneNames []string `pulumi:"zoneNames"`
	// NAT says how private subnets reach the internet. Default NATPerZone.
	NAT NATMode `pulumi:"nat"`
	// IPv6 adds IPv6 to every subnet; private subnets can then open IPv6 connections outwards, and nobody can open
	// one towards them. Default false.
	IPv6 bool `pulumi:"ipv6"`
	// FlowLogs says how traffic is recorded. Default: all of it, kept for a year.
	FlowLogs FlowLogs `pulumi:"flowLogs"`
	// Endpoints says which cloud services are reached without leaving the network.
	Endpoints Endpoints `pulumi:"endpoints"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// FlowLogs says how a network's traffic is recorded. The zero value records all of it.
type FlowLogs struct {
	// Disabled records nothing: an intruder then leaves no trace in the network. Default false.
	Disabled bool `pulumi:"disabled"`
	// RetentionDays is how many days records are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
}

// Endpoints says which cloud services are reached through private endpoints. Those that cost nothing (on AWS: S3, DynamoDB
// and what GuardDuty's agents report to) always are.
type Endpoints struct {
	// Disabled creates none of the endpoints that are charged for; the services are then reached through NAT, if there is
	// any. Default false.
	Disabled bool `pulumi:"disabled"`
	// Services lists the services to reach privately, by the cloud's own short names (on AWS for example "ssm").
	// Default: what private instances need to start, be managed and send logs; each cloud documents its list.
	Services []string `pulumi:"services"`
}

// WithDefaults returns a copy with every unset field at its default.
func (n Network) WithDefaults() Network {
	if n.CIDR == "" {
		n.CIDR = "10.0.0.0/16"
	}
	if n.Zones == 0 {
		n.Zones = 3
		if len(n.ZoneNames) > 0 {
			n.Zones = len(n.ZoneNames)
		}
	}
	if n.NAT == "" {
		n.NAT = NATPerZone
	}
	if n.FlowLogs.RetentionDays == 0 && !n.FlowLogs.Disabled {
		n.FlowLogs.RetentionDays = defaultRetentionDays
	}
	n.ZoneNames = slices.Clone(n.ZoneNames)
	n.Endpoints.Services = slices.Clone(n.Endpoints.Services)
	n.Tags = maps.Clone(n.Tags)
	return n
}

// Validate reports everything wrong with the network as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (n Network) Validate() error {
	var ps Problems
	d := n.WithDefaults()
	d.checkCIDR(&ps)
	d.checkZones(&ps)
	if modes := []string{string(NATPerZone), string(NATOne), string(NATNone)}; !slices.Contains(modes, string(d.NAT)) {
		ps.Add("nat", d.NAT, "is not a NAT mode; %s", DidYouMean(string(d.NAT), modes))
	}
	if days := d.FlowLogs.RetentionDays; !n.FlowLogs.Disabled && (days < 1 || days > maxRetentionDays) {
		ps.Add("flowLogs.retentionDays", days, "is out of range; use 1 to %d days", maxRetentionDays)
	}
	if n.FlowLogs.Disabled && n.FlowLogs.RetentionDays != 0 {
		ps.Add("flowLogs.retentionDays", n.FlowLogs.RetentionDays, "has no effect while flow logs are off; remove one of the two")
	}
	if n.Endpoints.Disabled && len(n.Endpoints.Services) > 0 {
		ps.Add("endpoints.services", n.Endpoints.Services, "has no effect while endpoints are off; remove one of the two")
	}
	for i, service := range d.Endpoints.Services {
		if slices.Index(d.Endpoints.Services, service) < i {
			ps.Add(fmt.Sprintf("endpoints.services[%d]", i), service, "is listed twice; list each service once")
		}
	}
	return ps.Err()
}

// Layout returns how the network's block is divided. It fails when CIDR is not valid.
func (n Network) Layout() (Layout, error) {
	block, err := netip.ParsePrefix(n.WithDefaults().CIDR)
	if err != nil {
		return Layout{}, err
	}
	return NewLayout(block)
}

// privateBlocks are the ranges that are never routed on the internet: RFC 1918 and the shared range of RFC 6598.
var privateBlocks = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("100.64.0.0/10"),
}

func (n Network) checkCIDR(ps *Problems) {
	block, err := netip.ParsePrefix(n.CIDR)
	switch {
	case err != nil || !block.Addr().Is4():
		ps.Add("cidr", n.CIDR, "is not an IPv4 CIDR block; use for example 10.0.0.0/16")
	case block.Masked() != block:
		ps.Add("cidr", n.CIDR, "has host bits set; use %s", block.Masked())
	case block.Bits() < minPrefix || block.Bits() > maxPrefix:
		ps.Add("cidr", n.CIDR, "is the wrong size; use a prefix from /%d to /%d, for example 10.0.0.0/16", minPrefix, maxPrefix)
	case !slices.ContainsFunc(privateBlocks, func(p netip.Prefix) bool { return p.Contains(block.Addr()) }):
		ps.Add("cidr", n.CIDR, "is not a private range; use a block within %s, %s, %s or %s",
			privateBlocks[0], privateBlocks[1], privateBlocks[2], privateBlocks[3])
	}
}

func (n Network) checkZones(ps *Problems) {
	if len(n.ZoneNames) == 0 {
		if n.Zones < minZones || n.Zones > maxZones {
			ps.Add("zones", n.Zones, "is out of range; use %d to %d zones", minZones, maxZones)
		}
		return
	}
	if len(n.ZoneNames) < minZones || len(n.ZoneNames) > maxZones {
		ps.Add("zoneNames", n.ZoneNames, "is the wrong number of zones; name %d to %d", minZones, maxZones)
	}
	if n.Zones != len(n.ZoneNames) {
		ps.Add("zones", n.Zones, "contradicts zoneNames, which names %d; remove zones", len(n.ZoneNames))
	}
	taken := map[int]string{}
	for i, zone := range n.ZoneNames {
		field := fmt.Sprintf("zoneNames[%d]", i)
		slot, ok := ZoneSlot(zone)
		switch other, clash := taken[slot]; {
		case !ok:
			ps.Add(field, zone, "is not a zone name; it must end in a letter from a to h or a digit from 1 to 8")
		case clash && other == zone:
			ps.Add(field, zone, "is listed twice; list each zone once")
		case clash:
			ps.Add(field, zone, "ends like %s; zones of one network must end differently", other)
		default:
			taken[slot] = zone
		}
	}
}
