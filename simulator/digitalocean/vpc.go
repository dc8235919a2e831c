package digitalocean

import (
	"fmt"
	"net/netip"
	"strconv"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-digitalocean, digitalocean/vpc/resource_vpc.go (what forces a replacement, deletion that
// is repeated); the API's specification of VPCs (names, sizes): traps 37 to 39; pulumi/pulumi-digitalocean issue 753
// (the error of a VPC with members). Of other errors only the name is known.

const vpcSource = "digitalocean/openapi, specification/resources/vpcs/models/vpc.yml"

var vpcKind = &simulator.Kind{
	Noun:     "VPC",
	ID:       uuidOf("vpc"),
	Global:   true,
	NotFound: "not_found: the VPC %s was not found",
	InUse:    "conflict: Can not delete VPC with members: %s",
}

// inVPC says that an input names a VPC, which stays as long as something is in it.
func inVPC(property string) simulator.Reference {
	return simulator.Reference{
		Origin:   simulator.Origin{ID: "digitalocean-vpc-members", Source: "https://github.com/pulumi/pulumi-digitalocean/issues/753"},
		Property: property, To: []*simulator.Kind{vpcKind},
	}
}

func vpcTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "digitalocean:index/vpc:Vpc",
		Kind:      vpcKind,
		AutoName:  named(),
		Immutable: []string{"ipRange", "region"},
		Rules: map[string]simulator.Rule{
			"name": simulator.Matches(`^[A-Za-z0-9.-]{1,255}$`,
				"a VPC's name has letters, digits, hyphens and periods"),
			"description": simulator.Length(0, 255),
			"region":      regionSlug,
			"ipRange":     vpcRange,
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "digitalocean-vpc-name-taken", Source: vpcSource},
			Properties: []string{"name"}, Error: "unprocessable_entity: a VPC with the name %q exists already",
		}},
		Patient: true,
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "digitalocean-vpc-overlap", Source: vpcSource},
			Stage:  simulator.AtApply,
			Error:  "unprocessable_entity: the range overlaps with that of another VPC in the account: %s has %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, other := range c.Others(c.All(vpcKind)) {
					if simulator.Overlap(c.Text("ipRange"), other.Text("ipRange")) {
						broken("ipRange", other.Text("name"), other.Text("ipRange"))
					}
				}
			},
		}},
		Compute: func(c *simulator.Call) {
			c.Set("createdAt", created(c))
			c.Set("default", false)
			c.Set("vpcUrn", "do:vpc:"+c.ID)
			c.SetNew("description", "")
			if !c.Given("ipRange") {
				c.SetNew("ipRange", freeRange(c))
			}
		},
	}}
}

// defaultVPC returns the id of a region's default VPC, which comes with the account.
func defaultVPC(c *simulator.Call, region string) string {
	return uuid(c.Fixed("default vpc "+region, uuidDigits))
}

// vpcRange allows what a VPC may have: private addresses of RFC 1918, /16 to /28.
var vpcRange = simulator.Text(func(s string) string {
	prefix, err := netip.ParsePrefix(s)
	switch {
	case err != nil || !prefix.Addr().Is4():
		return fmt.Sprintf("%q is not an IPv4 CIDR block such as 10.10.0.0/20", s)
	case prefix != prefix.Masked():
		return fmt.Sprintf("%q is not the address of a network: did you mean %q?", s, prefix.Masked())
	case !prefix.Addr().IsPrivate():
		return fmt.Sprintf("unprocessable_entity: the range %s is not private: choose one in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16", s)
	case prefix.Bits() < 16 || prefix.Bits() > 28:
		return fmt.Sprintf("unprocessable_entity: the range %s must have a prefix of /16 to /28", s)
	}
	return ""
})

// freeRange returns the range that DigitalOcean chooses: a /20 that no other VPC has.
func freeRange(c *simulator.Call) string {
	n, _ := strconv.ParseUint(c.Hex("range", 4), 16, 32)
	for {
		block := fmt.Sprintf("10.%d.%d.0/20", 100+n/16%100, n%16*16)
		if !taken(c, block) {
			return block
		}
		n++
	}
}

func taken(c *simulator.Call, block string) bool {
	for _, other := range c.Others(c.All(vpcKind)) {
		if simulator.Overlap(block, other.Text("ipRange")) {
			return true
		}
	}
	return false
}
