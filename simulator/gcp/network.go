package gcp

import (
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-google, google/services/compute/ resource_compute_network.go; the Compute Engine API's
// discovery document.

var networkKind = kindOf("Network", globalID("networks"))

func networkTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "gcp:compute/network:Network",
		Kind:      networkKind,
		AutoName:  autoName(),
		Defaults:  map[string]any{"autoCreateSubnetworks": true},
		Immutable: []string{"description", "enableUlaInternalIpv6", "internalIpv6Range", "name", "project"},
		Rules: map[string]simulator.Rule{
			"mtu": simulator.Between(1300, 8896),
		},
		API:        []string{"compute/v1:networks.insert", "compute/v1:networks.patch"},
		Parameters: map[string]string{"routingMode": "routingConfig.routingMode"},
		// A network can leave auto mode but not enter it.
		ReplaceIf: func(_, after resource.PropertyMap) []string {
			if after["autoCreateSubnetworks"].IsBool() && after["autoCreateSubnetworks"].BoolValue() {
				return []string{"autoCreateSubnetworks"}
			}
			return nil
		},
		Check: checkProject,
		Compute: func(c *simulator.Call) {
			c.SetNew("project", project(c))
			c.Set("selfLink", links+c.ID)
			c.Set("gatewayIpv4", "")
			c.SetNew("internalIpv6Range", "")
			c.SetNew("mtu", 1460)
			c.SetNew("routingMode", "REGIONAL")
			c.SetNew("networkFirewallPolicyEnforcementOrder", "AFTER_CLASSIC_FIREWALL")
			c.Set("numericId", number(c))
		},
	}}
}

// number returns the number that Google Cloud gives a resource: of 19 digits.
func number(c *simulator.Call) string {
	n, _ := strconv.ParseUint(c.Hex("number", 15), 16, 64)
	return strconv.FormatUint(1e18+n, 10)
}
