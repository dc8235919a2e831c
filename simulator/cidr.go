package simulator

import "net/netip"

// Blocks of addresses are texts in the tables, such as 10.0.0.0/16 or 2001:db8::/32. What is no block, perhaps because
// it is not known yet, lies in none, holds none and overlaps none: that it is none is for a Rule to say.

// IsBlock reports whether a text is a block of addresses.
func IsBlock(text string) bool {
	_, err := netip.ParsePrefix(text)
	return err == nil
}

// Inside reports whether a block lies in one of others.
func Inside(block string, others []string) bool {
	inner, err := netip.ParsePrefix(block)
	if err != nil {
		return false
	}
	for _, other := range others {
		outer, err := netip.ParsePrefix(other)
		if err == nil && outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr()) {
			return true
		}
	}
	return false
}

// Overlap reports whether two blocks share addresses.
func Overlap(a, b string) bool {
	first, errA := netip.ParsePrefix(a)
	second, errB := netip.ParsePrefix(b)
	return errA == nil && errB == nil && first.Overlaps(second)
}
