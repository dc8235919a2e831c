package azure

import (
	"fmt"
	"net/netip"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: Azure's naming rules and restrictions; the documentation of Azure
// Bastion, Firewall and VPN Gateway (sizes of their subnets, trap 16).

var (
	subnetPath = path{"Microsoft.Network/virtualNetworks/subnets", []string{"virtualNetworkName", "subnetName"}}
	subnetKind = kindOf(subnetPath)
)

// special are the subnets that a service finds by their names: the longest
// prefix that it works with, and whether it takes a network security group.
var special = map[string]struct {
	longest int
	noGroup bool
}{
	"AzureBastionSubnet":            {longest: 26},
	"AzureFirewallSubnet":           {longest: 26, noGroup: true},
	"AzureFirewallManagementSubnet": {longest: 26, noGroup: true},
	"GatewaySubnet":                 {longest: 27, noGroup: true},
}

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
			NotFound: "ParentResourceNotFound: the virtual network '%s' was not found",
			Address:  func(c *simulator.Call, _ string) (string, bool) { return subnetPath.parentID(c), true },
		}},
		Check: func(c *simulator.Call) {
			if !c.Given("addressPrefix") && !c.Given("addressPrefixes") {
				c.Fail("addressPrefix", "InvalidRequestFormat: a subnet needs addressPrefix or addressPrefixes")
			}
			checkSpecial(c, "", c.Text("subnetName"), blocksOf(c.Inputs), c.Given("networkSecurityGroup"))
		},
		Allow: allowSubnet,
		Compute: func(c *simulator.Call) {
			c.Set("provisioningState", "Succeeded")
			c.Set("purpose", "")
		},
	})}
}

func checkSpecial(c *simulator.Call, at, name string, blocks []string, group bool) {
	needs, ok := special[name]
	if !ok {
		return
	}
	for _, block := range blocks {
		prefix, err := netip.ParsePrefix(block)
		if err == nil && prefix.Addr().Is4() && prefix.Bits() > needs.longest {
			c.Fail(at, "the subnet %s needs /%d or larger, got %s", name, needs.longest, block)
		}
	}
	if group && needs.noGroup {
		c.Fail(at, "NetworkSecurityGroupNotSupported: the subnet %s takes no network security group", name)
	}
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

// fits reports a subnet's block that lies outside the network's address space
// or on a neighbour. Nothing is said of a space that is not known.
func fits(c *simulator.Call, at, name, block string, space, taken []string, known bool) {
	if known && simulator.IsBlock(block) && !simulator.Inside(block, space) {
		c.Fail(at, "NetcfgSubnetRangeOutsideVnet: Subnet '%s' is not valid because its IP address range %s is outside "+
			"the IP address range of the virtual network: %v.", name, block, space)
	}
	for _, other := range taken {
		if simulator.Overlap(block, other) {
			c.Fail(at, "NetcfgSubnetRangesOverlap: Subnet '%s' is not valid because its IP address range %s overlaps "+
				"with that of an existing subnet: %s.", name, block, other)
			return
		}
	}
}

// cidrBlock allows the address of a network with its prefix.
var cidrBlock = simulator.Coded("InvalidAddressPrefixFormat", simulator.Text(func(s string) string {
	prefix, err := netip.ParsePrefix(s)
	switch {
	case err != nil:
		return fmt.Sprintf("%q is not a CIDR block such as 10.0.0.0/16", s)
	case prefix != prefix.Masked():
		return fmt.Sprintf("%q is not the address of a network: did you mean %q?", s, prefix.Masked())
	case prefix.Addr().Is4() && prefix.Bits() > 29:
		return fmt.Sprintf("%q is smaller than the smallest network, /29", s)
	}
	return ""
}))
