package platform_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// A stack says only what differs from the defaults.
func ExampleLoad() {
	s, err := platform.Load(map[string]string{
		"holdfast:cloud":   "aws",
		"holdfast:network": `{"zones": 2, "nat": "one"}`,
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Cloud, s.Network.CIDR, s.Network.Zones, s.Network.NAT)
	// Output: aws 10.0.0.0/16 2 one
}

// All mistakes are reported at once, each under the key that was typed.
func ExampleLoad_mistakes() {
	_, err := platform.Load(map[string]string{
		"holdfast:cloud":   "aws",
		"holdfast:network": `{"cidr": "10.0.0.0/99", "zones": 0, "natt": "one"}`,
	})
	fmt.Println(err)
	// Output:
	// holdfast:network.natt: there is no such setting; did you mean nat? (use cidr, endpoints, flowLogs, ipv6, nat, tags, zoneNames or zones)
	// holdfast:network.zones: 0 is not allowed; leave it out for the default
	// holdfast:network.cidr: "10.0.0.0/99" is not an IPv4 CIDR block; use for example 10.0.0.0/16
}
