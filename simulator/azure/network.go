package azure

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: Azure's naming rules and restrictions; the error codes of Microsoft.Network as users report them
// (NetcfgSubnetRangeOutsideVnet, NetcfgSubnetRangesOverlap: MicrosoftDocs/azure-docs pull request 123869).

var (
	networkPath = path{"Microsoft.Network/virtualNetworks", []string{"virtualNetworkName"}}
	networkKind = kindOf(networkPath)
)

func networkTypes() []*simulator.Type {
	return []*simulator.Type{located(armType(networkPath, simulator.Type{
		Token: "azure-native:network:VirtualNetwork",
		Kind:  networkKind,
		Rules: map[string]simulator.Rule{
			"virtualNetworkName":              networkName(2, 64),
			"addressSpace.addressPrefixes[*]": cidrBlock,
			"subnets[*].addressPrefix":        cidrBlock,
			"subnets[*].addressPrefixes[*]":   cidrBlock,
			"subnets[*].name":                 networkName(1, 80),
		},
		Constraints: specialSubnets(inlineSubnets),
		Check:       checkNetwork,
		Allow:       allowNetwork,
		Compute:     computeNetwork,
	}))}
}

// networkName allows the names of Microsoft.Network's resources, of low to high characters. The error is that of
// pivotal-cf/terraforming-azure issue 76.
func networkName(low, high int) simulator.Rule {
	form := regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_])?$`)
	return simulator.Text(func(name string) string {
		if len(name) >= low && len(name) <= high && form.MatchString(name) {
			return ""
		}
		return fmt.Sprintf("InvalidResourceName: Resource name %s is invalid. The name can be up to %d characters long. It must begin with "+
			"a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.",
			name, high)
	})
}

func checkNetwork(c *simulator.Call) {
	if !c.Given("addressSpace") {
		c.Fail("addressSpace", "InvalidRequestFormat: a virtual network needs an address space")
	}
	var seen []string
	c.Objects("subnets[*]", func(at string, subnet resource.PropertyMap) {
		for _, block := range blocksOf(subnet) {
			fits(c, at, textOf(subnet["name"]), block, c.Texts("addressSpace.addressPrefixes[*]"), seen, c.Known("addressSpace"))
			seen = append(seen, block)
		}
	})
}

// allowNetwork: trap 20. A virtual network that is written with an empty list of subnets loses those that it has.
func allowNetwork(c *simulator.Call) {
	if c.Old == nil {
		return
	}
	emptied := c.Inputs["subnets"].IsArray() && len(c.Inputs["subnets"].ArrayValue()) == 0
	for _, subnet := range c.Old.Users(subnetKind) {
		if emptied {
			c.Fail("subnets", "an empty list deletes the subnet %s: leave the property out", subnet.Text("name"))
		}
		for _, block := range blocksOf(subnet.Inputs) {
			fits(c, "addressSpace", subnet.Text("name"), block, c.Texts("addressSpace.addressPrefixes[*]"), nil, true)
		}
	}
}

func computeNetwork(c *simulator.Call) {
	c.Set("provisioningState", "Succeeded")
	c.Set("resourceGuid", uuid(c.Hex("guid", uuidDigits)))
	c.SetNew("enableDdosProtection", false)
	c.SetNew("subnets", []any{})
}

func textOf(value resource.PropertyValue) string {
	if value.IsString() {
		return value.StringValue()
	}
	return ""
}

// blocksOf returns the address blocks of a subnet's properties.
func blocksOf(subnet resource.PropertyMap) []string {
	var list []string
	if block := textOf(subnet["addressPrefix"]); block != "" {
		list = append(list, block)
	}
	if many := subnet["addressPrefixes"]; many.IsArray() {
		for _, block := range many.ArrayValue() {
			if s := textOf(block); s != "" {
				list = append(list, s)
			}
		}
	}
	return list
}

// inline returns the blocks of the subnets that a network's own properties list, but for the one of that name.
func inline(network *simulator.Object, except string) []string {
	var list []string
	subnets := network.Output("subnets")
	if !subnets.IsArray() {
		return nil
	}
	for _, subnet := range subnets.ArrayValue() {
		if subnet.IsObject() && !strings.EqualFold(textOf(subnet.ObjectValue()["name"]), except) {
			list = append(list, blocksOf(subnet.ObjectValue())...)
		}
	}
	return list
}

// stringsAt returns the list of strings at a property of an object.
func stringsAt(object resource.PropertyValue, name resource.PropertyKey) []string {
	if !object.IsObject() || !object.ObjectValue()[name].IsArray() {
		return nil
	}
	var list []string
	for _, value := range object.ObjectValue()[name].ArrayValue() {
		list = append(list, textOf(value))
	}
	return list
}
