package gcp

import (
	"net/netip"

	"github.com/holdfast-iac/holdfast/simulator"
)

// proxyDoc is the documentation of proxy-only subnets: traps 30 and 31. The errors are those that users report:
// terraform-google-modules/terraform-google-network issue 371, hashicorp/terraform-provider-google issue 13438,
// tranquilitybase-io/tb-gcp issue 160; those of the size and of a second active subnet are not known.
const proxyDoc = "https://cloud.google.com/load-balancing/docs/proxy-only-subnets"

// proxyOnly are the purposes of subnets that load balancers' proxies live in, and the purpose that shares the one place
// of an active subnet in a network and region: there is none of both regional purposes.
var proxyOnly = map[string]string{
	"GLOBAL_MANAGED_PROXY":         "GLOBAL_MANAGED_PROXY",
	"INTERNAL_HTTPS_LOAD_BALANCER": "REGIONAL_MANAGED_PROXY",
	"REGIONAL_MANAGED_PROXY":       "REGIONAL_MANAGED_PROXY",
}

// proxyPrefix is the longest prefix of a proxy-only subnet.
const proxyPrefix = 26

func subnetworkConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "gcp-subnet-overlap", Source: "https://cloud.google.com/vpc/docs/subnets"},
			Stage:  simulator.AtApply,
			Error: badField("ipCidrRange", "%[1]s",
				"Invalid IPCidrRange: %[1]s conflicts with existing subnetwork '%[2]s' in region '%[3]s'."),
			Find: findOverlap,
		},
		{
			Origin: simulator.Origin{ID: "gcp-proxy-subnet-size", Source: proxyDoc},
			Error:  badField("ipCidrRange", "%s", "A proxy-only subnet needs /26 or larger"),
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				prefix, err := netip.ParsePrefix(c.Text("ipCidrRange"))
				if proxyOnly[c.Text("purpose")] != "" && err == nil && prefix.Bits() > proxyPrefix {
					broken("ipCidrRange", prefix)
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "gcp-proxy-subnet-logs", Source: proxyDoc},
			Error:  badField("logConfig", "…", "Invalid field set in subnetwork with purpose %s."),
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if purpose := c.Text("purpose"); proxyOnly[purpose] != "" && c.Given("logConfig") {
					broken("logConfig", purpose)
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "gcp-proxy-subnet-role", Source: proxyDoc},
			Error:  badField("role", "UNSPECIFIED_ROLE", "Subnetwork role must be specified when purpose set to %s."),
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if purpose := c.Text("purpose"); proxyOnly[purpose] != "" && !c.Given("role") {
					broken("role", purpose)
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "gcp-proxy-subnet-one-active", Source: proxyDoc},
			Stage:  simulator.AtApply,
			Error:  badField("purpose", "%s", "There is already an active proxy-only subnet '%s' in the network and region"),
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, neighbour := range c.Others(neighbours(c)) {
					if sameProxy(c, neighbour) {
						broken("purpose", c.Text("purpose"), neighbour.Text("name"))
					}
				}
			},
		},
	}
}

func findOverlap(c *simulator.Call, broken func(path string, args ...any)) {
	for _, neighbour := range c.Others(neighbours(c)) {
		for _, block := range blocks(c.Inputs) {
			for _, other := range blocks(neighbour.Outputs) {
				if simulator.Overlap(block, other) {
					broken("ipCidrRange", block, neighbour.Text("name"), neighbour.Text("region"))
				}
			}
		}
	}
}

// sameProxy reports whether a neighbour takes the one place of a proxy-only subnet in the network, region and purpose.
func sameProxy(c *simulator.Call, neighbour *simulator.Object) bool {
	place := proxyOnly[c.Text("purpose")]
	return place != "" && proxyOnly[neighbour.Text("purpose")] == place && neighbour.Text("region") == region(c) &&
		c.Text("role") != "BACKUP" && neighbour.Text("role") != "BACKUP"
}
