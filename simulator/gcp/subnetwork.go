package gcp

import (
	"fmt"
	"net/netip"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-google, google/services/compute/ resource_compute_subnetwork.go; the documentation of
// subnets (sizes, valid ranges).

var subnetworkKind = kindOf("Subnetwork", regionalID("subnetworks"))

func subnetworkTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "gcp:compute/subnetwork:Subnetwork",
		Kind:      subnetworkKind,
		AutoName:  autoName(),
		Immutable: []string{"description", "name", "network", "project", "purpose", "region"},
		Rules: map[string]simulator.Rule{
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
		},
		API:         []string{"compute/v1:subnetworks.insert", "compute/v1:subnetworks.patch"},
		Constraints: subnetworkConstraints(),
		Compute:     computeSubnetwork,
	}}
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

// ipv4Range allows what a subnet's range may be: /4 to /29, the address of a network.
var ipv4Range = simulator.Text(func(s string) string {
	prefix, err := netip.ParsePrefix(s)
	switch {
	case err != nil || !prefix.Addr().Is4():
		return fmt.Sprintf("%q is not an IPv4 CIDR block such as 10.0.0.0/20", s)
	case prefix != prefix.Masked():
		return fmt.Sprintf("%q is not the address of a network: did you mean %q?", s, prefix.Masked())
	case prefix.Bits() < 4 || prefix.Bits() > 29:
		return badField("ipCidrRange", s, "The prefix must be /4 to /29")
	}
	return ""
})
