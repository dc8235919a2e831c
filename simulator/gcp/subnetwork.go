package gcp

import (
	"fmt"
	"net/netip"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-google, google/services/compute/
// resource_compute_subnetwork.go; the documentation of subnets (sizes, valid
// ranges) and of proxy-only subnets (trap 30).

var subnetworkKind = kindOf("Subnetwork", regionalID("subnetworks"))

func subnetworkTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "gcp:compute/subnetwork:Subnetwork",
		Kind:      subnetworkKind,
		AutoName:  autoName(),
		Immutable: []string{"description", "name", "network", "project", "purpose", "region"},
		Rules: map[string]simulator.Rule{
			"name":                             computeName,
			"ipCidrRange":                      ipv4Range,
			"secondaryIpRanges[*].ipCidrRange": ipv4Range,
			"secondaryIpRanges[*].rangeName":   computeName,
		},
		References: refers("network", networkKind),
		// A range can grow but not shrink or move.
		ReplaceIf: func(before, after resource.PropertyMap) []string {
			old, now := before["ipCidrRange"], after["ipCidrRange"]
			if old.IsString() && now.IsString() && !simulator.Inside(old.StringValue(), []string{now.StringValue()}) {
				return []string{"ipCidrRange"}
			}
			return nil
		},
		Check: func(c *simulator.Call) {
			checkProject(c)
			checkRegion(c)
			checkProxyOnly(c)
		},
		Allow:   allowSubnetwork,
		Compute: computeSubnetwork,
	}}
}

// proxyOnly are the purposes of subnets that load balancers' proxies live in.
var proxyOnly = map[string]bool{
	"REGIONAL_MANAGED_PROXY": true, "GLOBAL_MANAGED_PROXY": true, "INTERNAL_HTTPS_LOAD_BALANCER": true,
}

// proxyPrefix is the longest prefix of a proxy-only subnet.
const proxyPrefix = 26

func checkProxyOnly(c *simulator.Call) {
	if !proxyOnly[c.Text("purpose")] {
		return
	}
	prefix, err := netip.ParsePrefix(c.Text("ipCidrRange"))
	if err == nil && prefix.Bits() > proxyPrefix {
		c.Fail("ipCidrRange", "invalid: Error 400: Invalid value for field 'resource.ipCidrRange': '%s'. A proxy-only subnet needs /%d or "+
			"larger", prefix, proxyPrefix)
	}
	if c.Given("logConfig") {
		c.Fail("logConfig", "invalid: Error 400: Invalid value for field 'resource.logConfig': a proxy-only subnet takes no flow logs")
	}
}

func allowSubnetwork(c *simulator.Call) {
	for _, neighbour := range c.Others(neighbours(c)) {
		for _, block := range blocks(c.Inputs) {
			for _, other := range blocks(neighbour.Outputs) {
				if simulator.Overlap(block, other) {
					c.Fail("ipCidrRange", "invalid: Error 400: Invalid IPCidrRange: %s conflicts with existing subnetwork '%s' in region '%s'",
						block, neighbour.Text("name"), neighbour.Text("region"))
				}
			}
		}
		if sameProxy(c, neighbour) {
			c.Fail("purpose", "invalid: Error 400: there is already an active proxy-only subnet '%s' with this purpose in region '%s'",
				neighbour.Text("name"), region(c))
		}
	}
}

// neighbours returns the subnets of the subnet's network.
func neighbours(c *simulator.Call) []*simulator.Object {
	value := c.Text("network")
	for _, reference := range refers("network", networkKind) {
		if address, ok := reference.Address(c, value); ok {
			if network := c.FindBy(networkKind, reference.By, address); network != nil {
				return network.Users(subnetworkKind)
			}
		}
	}
	return nil
}

// sameProxy reports whether a neighbour takes the one place of a proxy-only
// subnet in the network, region and purpose.
func sameProxy(c *simulator.Call, neighbour *simulator.Object) bool {
	purpose := c.Text("purpose")
	return proxyOnly[purpose] && neighbour.Text("purpose") == purpose && neighbour.Text("region") == region(c) &&
		c.Text("role") != "BACKUP" && neighbour.Text("role") != "BACKUP"
}

func computeSubnetwork(c *simulator.Call) {
	c.SetNew("project", project(c))
	c.SetNew("region", region(c))
	c.Set("selfLink", links+c.ID)
	if prefix, err := netip.ParsePrefix(c.Text("ipCidrRange")); err == nil {
		c.Set("gatewayAddress", prefix.Addr().Next().String())
	}
	c.Set("creationTimestamp", c.Now().Format("2006-01-02T15:04:05.000-07:00"))
	c.Set("fingerprint", c.Hex("fingerprint", fingerprintDigits))
	c.SetNew("purpose", "PRIVATE")
	c.SetNew("privateIpGoogleAccess", false)
	c.SetNew("privateIpv6GoogleAccess", "DISABLE_GOOGLE_ACCESS")
	c.SetNew("stackType", "IPV4_ONLY")
	for _, name := range []string{"externalIpv6Prefix", "internalIpv6Prefix", "ipv6CidrRange"} {
		c.SetNew(name, "")
	}
}

// blocks returns the ranges of a subnet's properties.
func blocks(props resource.PropertyMap) []string {
	var list []string
	if props["ipCidrRange"].IsString() {
		list = append(list, props["ipCidrRange"].StringValue())
	}
	if !props["secondaryIpRanges"].IsArray() {
		return list
	}
	for _, secondary := range props["secondaryIpRanges"].ArrayValue() {
		if secondary.IsObject() && secondary.ObjectValue()["ipCidrRange"].IsString() {
			list = append(list, secondary.ObjectValue()["ipCidrRange"].StringValue())
		}
	}
	return list
}

// ipv4Range allows what a subnet's range may be: /4 to /29, the address of a
// network.
var ipv4Range = simulator.Text(func(s string) string {
	prefix, err := netip.ParsePrefix(s)
	switch {
	case err != nil || !prefix.Addr().Is4():
		return fmt.Sprintf("%q is not an IPv4 CIDR block such as 10.0.0.0/20", s)
	case prefix != prefix.Masked():
		return fmt.Sprintf("%q is not the address of a network: did you mean %q?", s, prefix.Masked())
	case prefix.Bits() < 4 || prefix.Bits() > 29:
		return fmt.Sprintf("invalid: Error 400: Invalid value for field 'resource.ipCidrRange': '%s'. The prefix must be /4 to /29", s)
	}
	return ""
})
