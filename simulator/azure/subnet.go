package azure

import (
	"fmt"
	"net/netip"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Source: Azure's naming rules and restrictions.

var (
	subnetPath = path{"Microsoft.Network/virtualNetworks/subnets", []string{"virtualNetworkName", "subnetName"}}
	subnetKind = kindOf(subnetPath)
)

func subnetTypes() []*simulator.Type {
	return []*simulator.Type{armType(subnetPath, simulator.Type{
		Token: "azure-native:network:Subnet",
		Kind:  subnetKind,
		Rules: map[string]simulator.Rule{
			"subnetName":         networkName(1, 80),
			"addressPrefix":      cidrBlock,
			"addressPrefixes[*]": cidrBlock,
		},
		AtMostOne: [][]string{{"addressPrefix", "addressPrefixes"}},
		References: []simulator.Reference{{
			Property: "virtualNetworkName", To: []*simulator.Kind{networkKind}, OnDelete: simulator.Follow,
			NotFound: parentNotFound,
			Address:  func(c *simulator.Call, _ string) (string, bool) { return subnetPath.parentID(c), true },
		}},
		Check: func(c *simulator.Call) {
			if !c.Given("addressPrefix") && !c.Given("addressPrefixes") {
				c.Fail("addressPrefix", "InvalidRequestFormat: a subnet needs addressPrefix or addressPrefixes")
			}
		},
		Constraints: specialSubnets(itself),
		Allow:       allowSubnet,
		Compute: func(c *simulator.Call) {
			c.Set("provisioningState", "Succeeded")
			c.Set("purpose", "")
		},
	})}
}

func allowSubnet(c *simulator.Call) {
	network := c.Find(networkKind, subnetPath.parentID(c))
	space := stringsAt(network.Output("addressSpace"), "addressPrefixes")
	var taken []string
	for _, neighbour := range c.Others(network.Users(subnetKind)) {
		taken = append(taken, blocksOf(neighbour.Inputs)...)
	}
	taken = append(taken, inline(network, c.Text("subnetName"))...)
	for _, block := range blocksOf(c.Inputs) {
		fits(c, "addressPrefix", c.Text("subnetName"), block, space, taken, true)
	}
}

// fits reports a subnet's block that lies outside the network's address space or on a neighbour. Nothing is said of a
// space that is not known.
func fits(c *simulator.Call, at, name, block string, space, taken []string, known bool) {
	network := c.Text("virtualNetworkName")
	if known && simulator.IsBlock(block) && !simulator.Inside(block, space) {
		c.Fail(at, "NetcfgSubnetRangeOutsideVnet: Subnet '%s' is not valid because its IP address range is outside the IP address range of "+
			"virtual network '%s': %s is not in %v", name, network, block, space)
	}
	for _, other := range taken {
		if simulator.Overlap(block, other) {
			c.Fail(at, "NetcfgSubnetRangesOverlap: Subnet '%s' is not valid because its IP address range overlaps with that of an existing "+
				"subnet in virtual network '%s': %s and %s", name, network, block, other)
			return
		}
	}
}

// cidrBlock allows the address of a network with its prefix. The error is that of Azure/azure-service-operator issue 997.
var cidrBlock = simulator.Coded("InvalidAddressPrefixFormat", simulator.Text(func(s string) string {
	prefix, err := netip.ParsePrefix(s)
	switch {
	case err != nil:
		return fmt.Sprintf("Address prefix %s is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.", s)
	case prefix != prefix.Masked():
		return fmt.Sprintf("%q is not the address of a network: did you mean %q?", s, prefix.Masked())
	case prefix.Addr().Is4() && prefix.Bits() > 29:
		return fmt.Sprintf("%q is smaller than the smallest network, /29", s)
	}
	return ""
}))
