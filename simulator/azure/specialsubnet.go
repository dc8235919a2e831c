package azure

import (
	"net/netip"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Subnets that a service finds by their names: trap 16. Sources: the documentation of Azure Bastion, Firewall and VPN
// Gateway; the error of a gateway's security group: Azure-Terraform/terraform-azurerm-virtual-network issue 18.

// longest is the longest prefix that the services work with.
var longest = map[string]int{
	"AzureBastionSubnet":            26,
	"AzureFirewallManagementSubnet": 26,
	"AzureFirewallSubnet":           26,
	"GatewaySubnet":                 27,
}

// eachSubnet calls do for every subnet that the inputs describe: with its path, name and properties.
type eachSubnet func(c *simulator.Call, do func(path, name string, subnet resource.PropertyMap))

// itself is the one subnet of the type Subnet.
func itself(c *simulator.Call, do func(path, name string, subnet resource.PropertyMap)) {
	do("", c.Text("subnetName"), c.Inputs)
}

// inlineSubnets are those that a virtual network's inputs list.
func inlineSubnets(c *simulator.Call, do func(path, name string, subnet resource.PropertyMap)) {
	c.Objects("subnets[*]", func(at string, subnet resource.PropertyMap) { do(at, textOf(subnet["name"]), subnet) })
}

func specialSubnets(each eachSubnet) []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "azure-special-subnet-size", Source: "https://learn.microsoft.com/azure/bastion/configuration-settings#subnet"},
			Error:  "the subnet %s needs /%d or larger, got %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				each(c, func(at, name string, subnet resource.PropertyMap) {
					for _, block := range blocksOf(subnet) {
						prefix, err := netip.ParsePrefix(block)
						if most, ok := longest[name]; ok && err == nil && prefix.Addr().Is4() && prefix.Bits() > most {
							broken(at, name, most, block)
						}
					}
				})
			},
		},
		noGroup(each, "azure-gateway-subnet-security-group",
			"https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub",
			"NetworkSecurityGroupCannotBeAttachedToGatewaySubnet: The operation failed because the network security group can not be "+
				"associated to the %s. Please remove the network security group associated to the GatewaySubnet.",
			"GatewaySubnet"),
		noGroup(each, "azure-firewall-subnet-security-group", "https://learn.microsoft.com/azure/firewall/firewall-faq",
			"the subnet %s takes no network security group", "AzureFirewallSubnet", "AzureFirewallManagementSubnet"),
	}
}

// noGroup refuses network security groups on subnets of the names.
func noGroup(each eachSubnet, id, source, text string, names ...string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: source},
		Error:  text,
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			each(c, func(at, name string, subnet resource.PropertyMap) {
				for _, special := range names {
					if name == special && subnet.HasValue("networkSecurityGroup") {
						broken(at, name)
					}
				}
			})
		},
	}
}
