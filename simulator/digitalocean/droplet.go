package digitalocean

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-digitalocean, digitalocean/droplet/ resource_droplet.go (what forces a replacement); the
// API's specification of Droplets.

var dropletKind = &simulator.Kind{
	Noun:     "Droplet",
	ID:       numberOf("droplet"),
	Global:   true,
	NotFound: "not_found: the Droplet %s was not found",
}

var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?$`)

// dropletName allows a host name of at most 255 letters, digits, periods and hyphens. The error is that of
// OutlineFoundation/outline-apps issue 1856.
var dropletName = simulator.Text(func(name string) string {
	if hostName.MatchString(name) {
		return ""
	}
	return fmt.Sprintf("unprocessable_entity: Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -), at most 255: got %q", name)
})

func dropletTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "digitalocean:index/droplet:Droplet",
		Kind:      dropletKind,
		AutoName:  named(),
		Defaults:  map[string]any{"backups": false, "ipv6": false, "monitoring": false, "resizeDisk": true},
		Immutable: []string{"image", "privateNetworking", "region", "sshKeys", "userData", "vpcUuid"},
		Sets:      []string{"sshKeys", "tags", "volumeIds"},
		Rules: map[string]simulator.Rule{
			"name":   dropletName,
			"region": regionSlug,
		},
		References: []simulator.Reference{inVPC("vpcUuid")},
		Compute:    computeDroplet,
	}}
}

func computeDroplet(c *simulator.Call) {
	region := c.Text("region")
	if region == "" {
		region = "nyc3"
	}
	s := sizeOf(c.Text("size"))
	host, _ := strconv.ParseUint(c.Hex("address", 4), 16, 32)
	c.SetNew("region", region)
	c.SetNew("vpcUuid", defaultVPC(c, region))
	c.Set("createdAt", created(c))
	c.Set("dropletUrn", "do:droplet:"+c.ID)
	c.Set("status", "active")
	c.Set("locked", false)
	c.Set("privateNetworking", true)
	c.Set("vcpus", s.vcpus)
	c.Set("memory", s.memory)
	c.Set("disk", s.disk)
	c.Set("priceMonthly", s.price)
	c.Set("priceHourly", s.price/hoursAMonth)
	// Addresses of the ranges that are kept for documentation (RFC 5737, 3849).
	c.SetNew("ipv4Address", fmt.Sprintf("203.0.113.%d", host%256))
	c.SetNew("ipv4AddressPrivate", fmt.Sprintf("10.200.%d.%d", host/256, host%256))
	if c.Flag("ipv6") {
		c.SetNew("ipv6Address", fmt.Sprintf("2001:db8::%x", host))
	} else {
		c.Set("ipv6Address", "")
	}
}

// hoursAMonth is how many hours DigitalOcean bills in a month at most.
const hoursAMonth = 672
