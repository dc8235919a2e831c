package digitalocean

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// regions lists the regions that take resources. Sources: DigitalOcean's documentation of regional availability;
// digitalocean/openapi, specification/resources/databases/responses/options.yml.
var regions = []struct{ slug, name string }{
	{"ams3", "Amsterdam 3"}, {"atl1", "Atlanta 1"}, {"blr1", "Bangalore 1"}, {"fra1", "Frankfurt 1"}, {"lon1", "London 1"},
	{"nyc1", "New York 1"}, {"nyc2", "New York 2"}, {"nyc3", "New York 3"}, {"ric1", "Richmond 1"}, {"sfo2", "San Francisco 2"},
	{"sfo3", "San Francisco 3"}, {"sgp1", "Singapore 1"}, {"syd1", "Sydney 1"}, {"tor1", "Toronto 1"},
}

func regionSlugs() []string {
	slugs := make([]string, len(regions))
	for i, r := range regions {
		slugs[i] = r.slug
	}
	return slugs
}

// regionSlug allows regions; the provider takes capital letters too.
var regionSlug simulator.Rule = func(value resource.PropertyValue) string {
	if value.IsString() {
		value = resource.NewStringProperty(strings.ToLower(value.StringValue()))
	}
	return simulator.OneOf(regionSlugs()...)(value)
}

// size is what a Droplet's size means: MB of memory, GB of disk, dollars a month.
type size struct {
	slug                string
	vcpus, memory, disk int
	price               float64
}

// sizes lists the basic sizes, by the TB that they may transfer: half a TB, one, two and so on. Sources: DigitalOcean's
// list of Droplet sizes; its release notes of 1 July 2022 (the smallest).
var sizes = []size{
	{"s-1vcpu-512mb-10gb", 1, 512, 10, 4},
	{"s-1vcpu-1gb", 1, 1024, 25, 6},
	{"s-1vcpu-2gb", 1, 2048, 50, 12},
	{"s-2vcpu-2gb", 2, 2048, 60, 18},
	{"s-2vcpu-4gb", 2, 4096, 80, 24},
	{"s-4vcpu-8gb", 4, 8192, 160, 48},
	{"s-8vcpu-16gb", 8, 16384, 320, 96},
}

var slugPattern = regexp.MustCompile(`(\d+)vcpu-(\d+)(mb|gb)`)

// sizeOf returns what a size means. Of one that is not listed it knows what the slug says, and no price.
func sizeOf(slug string) size {
	for _, s := range sizes {
		if s.slug == slug {
			return s
		}
	}
	s := size{slug: slug}
	if match := slugPattern.FindStringSubmatch(slug); match != nil {
		s.vcpus, _ = strconv.Atoi(match[1])
		s.memory, _ = strconv.Atoi(match[2])
		if match[3] == "gb" {
			s.memory *= 1024
		}
	}
	return s
}

func lookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "digitalocean:index/getRegions:getRegions", Answer: getRegions},
		{Token: "digitalocean:index/getRegion:getRegion", Answer: getRegion},
		{Token: "digitalocean:index/getSizes:getSizes", Answer: getSizes},
		{Token: "digitalocean:index/getImage:getImage", Answer: getImage},
		{Token: "digitalocean:index/getAccount:getAccount", Answer: getAccount},
		{Token: "digitalocean:index/getVpc:getVpc", Answer: getVPC},
	}
}

func describeRegion(slug, name string) map[string]any {
	slugs := make([]any, len(sizes))
	for i, s := range sizes {
		slugs[i] = s.slug
	}
	features := []any{"backups", "ipv6", "metadata", "install_agent", "storage", "image_transfer"}
	return map[string]any{"slug": slug, "name": name, "available": true, "features": features, "sizes": slugs}
}

func getRegions(c *simulator.Call) resource.PropertyMap {
	if unfiltered(c) {
		var list []any
		for _, r := range regions {
			list = append(list, describeRegion(r.slug, r.name))
		}
		c.Set("regions", list)
		c.Set("id", "regions")
	}
	return c.Outputs
}

// unfiltered refuses look-ups that filter or sort: leaving that out would answer wrongly.
func unfiltered(c *simulator.Call) bool {
	for _, name := range []string{"filters", "sorts"} {
		if c.Given(name) {
			c.Fail(name, "the simulated cloud does not filter or sort here: choose from the answer")
			return false
		}
	}
	return true
}

func getRegion(c *simulator.Call) resource.PropertyMap {
	at := slices.Index(regionSlugs(), c.Text("slug"))
	if at < 0 {
		c.Fail("slug", "there is no region %q: there are %s", c.Text("slug"), strings.Join(regionSlugs(), ", "))
		return nil
	}
	for name, value := range describeRegion(regions[at].slug, regions[at].name) {
		c.Set(name, value)
	}
	c.Set("id", regions[at].slug)
	return c.Outputs
}

func getSizes(c *simulator.Call) resource.PropertyMap {
	if !unfiltered(c) {
		return nil
	}
	slugs := make([]any, len(regions))
	for i, slug := range regionSlugs() {
		slugs[i] = slug
	}
	list := make([]any, len(sizes))
	for i, s := range sizes {
		list[i] = map[string]any{
			"slug": s.slug, "vcpus": s.vcpus, "memory": s.memory, "disk": s.disk, "available": true, "regions": slugs,
			"priceMonthly": s.price, "priceHourly": s.price / hoursAMonth, "transfer": max(float64(i), 0.5),
		}
	}
	c.Set("sizes", list)
	c.Set("id", "sizes")
	return c.Outputs
}

func getAccount(c *simulator.Call) resource.PropertyMap {
	id := uuid(c.Fixed("account", uuidDigits))
	c.Set("id", id)
	c.Set("uuid", id)
	c.Set("email", c.Account+"@example.com")
	c.Set("emailVerified", true)
	c.Set("dropletLimit", 25)
	c.Set("floatingIpLimit", 5)
	c.Set("status", "active")
	c.Set("statusMessage", "")
	return c.Outputs
}

// getVPC finds a VPC by its id, its name, or as a region's default.
func getVPC(c *simulator.Call) resource.PropertyMap {
	for _, vpc := range c.All(vpcKind) {
		if vpc.ID == c.Text("id") || vpc.Text("name") == c.Text("name") {
			answer := vpc.Outputs.Copy()
			answer["id"] = resource.NewStringProperty(vpc.ID)
			answer["urn"] = answer["vpcUrn"]
			delete(answer, "vpcUrn")
			return answer
		}
	}
	if region := c.Text("region"); region != "" && !c.Given("id") && !c.Given("name") {
		id := defaultVPC(c, region)
		c.Set("id", id)
		c.Set("name", "default-"+region)
		c.Set("urn", "do:vpc:"+id)
		c.Set("default", true)
		c.Set("description", "")
		c.Set("createdAt", created(c))
		c.Set("ipRange", "10.116.0.0/20")
		return c.Outputs
	}
	c.Fail("", "not_found: no VPC matches")
	return nil
}
