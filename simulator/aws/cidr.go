package aws

import (
	"fmt"
	"net/netip"

	"github.com/holdfast-iac/holdfast/simulator"
)

// network allows CIDR blocks of one family whose prefix is low to high bits long and whose address is the network's
// own: 10.0.1.0/16 is refused, as the provider does. The refusal of a size has the given error name; "" for none.
func network(v6 bool, low, high int, code string) simulator.Rule {
	family := "IPv4"
	if v6 {
		family = "IPv6"
	}
	return simulator.Text(func(s string) string {
		prefix, err := netip.ParsePrefix(s)
		switch {
		case err != nil || prefix.Addr().Is4() == v6:
			return fmt.Sprintf("%q is not an %s CIDR block such as %s", s, family, example(v6))
		case prefix != prefix.Masked():
			return fmt.Sprintf("%q is not the address of a network: did you mean %q?", s, prefix.Masked())
		case prefix.Bits() >= low && prefix.Bits() <= high:
			return ""
		case code != "":
			return fmt.Sprintf("%s: The CIDR '%s' is invalid. Its prefix must be /%d to /%d.", code, s, low, high)
		default:
			return fmt.Sprintf("%q must have a prefix of /%d to /%d", s, low, high)
		}
	})
}

func example(v6 bool) string {
	if v6 {
		return "2001:db8::/64"
	}
	return "10.0.0.0/16"
}

// anyIPv4 and anyIPv6 allow CIDR blocks of any size.
var (
	anyIPv4 = network(false, 0, 32, "")
	anyIPv6 = network(true, 0, 128, "")
)

// ipv4Address allows one IPv4 address.
var ipv4Address = simulator.Text(func(s string) string {
	if addr, err := netip.ParseAddr(s); err != nil || !addr.Is4() {
		return fmt.Sprintf("%q is not an IPv4 address", s)
	}
	return ""
})

// isIPv6 reports whether a CIDR block is one of IPv6.
func isIPv6(block string) bool {
	prefix, err := netip.ParsePrefix(block)
	return err == nil && prefix.Addr().Is6()
}

// The simulator's own, by short names.
var (
	inside  = simulator.Inside
	overlap = simulator.Overlap
)

// hostIn returns an address in a CIDR block, chosen by the hexadecimal digits, beyond the first four that AWS keeps for
// itself.
func hostIn(block, digits string) string {
	prefix, err := netip.ParsePrefix(block)
	if err != nil || !prefix.Addr().Is4() {
		return ""
	}
	var n uint32
	_, _ = fmt.Sscanf(digits, "%08x", &n)
	size := uint32(1) << (32 - prefix.Bits())
	const kept = 5 // the first four and the last address
	offset := uint32(4)
	if size > kept {
		offset += n % (size - kept)
	}
	at := prefix.Masked().Addr().As4()
	base := uint32(at[0])<<24 | uint32(at[1])<<16 | uint32(at[2])<<8 | uint32(at[3])
	base += offset
	return netip.AddrFrom4([4]byte{byte(base >> 24), byte(base >> 16), byte(base >> 8), byte(base)}).String()
}

// hosts returns how many addresses of an IPv4 CIDR block AWS leaves to others.
func hosts(block string) int {
	prefix, err := netip.ParsePrefix(block)
	if err != nil || !prefix.Addr().Is4() {
		return 0
	}
	return max(0, 1<<(32-prefix.Bits())-5)
}
