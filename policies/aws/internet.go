package aws

import (
	"math"
	"net/netip"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// globalIPv6 is all of IPv6 that is routed on the internet (RFC 4291, section 2.4; IANA allocates from no other range).
var globalIPv6 = netip.MustParsePrefix("2000::/3")

// coverInternet reports whether the ranges let in the internet at large: half of its addresses or more, be it as
// 0.0.0.0/0, as ::/0 in any spelling, or piecemeal as 0.0.0.0/1 and 128.0.0.0/1.
func coverInternet(cidrs policy.List[string]) bool {
	var seen []netip.Prefix
	return cidrs.Any(func(cidr string) bool {
		seen = add(seen, cidr)
		return share(seen, true) >= 0.5 || share(seen, false) >= 0.5
	})
}

func coversInternet(cidr string) bool {
	seen := add(nil, cidr)
	return share(seen, true) >= 0.5 || share(seen, false) >= 0.5
}

// add adds a range to those seen, unless they hold it, and drops those that it holds. What is no range is left out: AWS
// refuses it.
func add(seen []netip.Prefix, cidr string) []netip.Prefix {
	p, err := netip.ParsePrefix(strings.TrimSpace(cidr))
	if err != nil {
		return seen
	}
	for _, other := range seen {
		if other.Bits() <= p.Bits() && other.Overlaps(p) {
			return seen
		}
	}
	return append(slices.DeleteFunc(seen, p.Overlaps), p)
}

// share is how much of the internet of one address family the ranges hold, from 0 to 1. They must not overlap.
func share(ranges []netip.Prefix, ipv4 bool) float64 {
	sum := 0.0
	for _, p := range ranges {
		switch {
		case p.Addr().Is4() != ipv4:
		case ipv4:
			sum += math.Exp2(-float64(p.Bits()))
		case p.Overlaps(globalIPv6):
			sum += math.Exp2(-float64(max(p.Bits()-globalIPv6.Bits(), 0)))
		}
	}
	return sum
}
