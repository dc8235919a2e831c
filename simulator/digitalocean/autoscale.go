package digitalocean

import (
	"slices"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Autoscale pools: trap 40. Sources: the API's specification of Droplet autoscale pools (targets, cooldown, the most
// members, the agent; the update has no name); terraform-provider-digitalocean, digitalocean/dropletautoscale. The
// SDK's template has no public_networking yet, which excludes ipv6 when it is false.

const poolSource = "digitalocean/openapi, specification/resources/autoscale_pools/models"

func autoscaleTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:    "digitalocean:index/dropletAutoscale:DropletAutoscale",
		Kind:     &simulator.Kind{Noun: "Droplet autoscale pool", ID: uuidOf("autoscale"), Global: true},
		AutoName: named(),
		Rules: map[string]simulator.Rule{
			"config.minInstances":            simulator.Between(1, 500),
			"config.maxInstances":            simulator.Between(1, 1000),
			"config.targetNumberInstances":   simulator.Between(1, 1000),
			"config.targetCpuUtilization":    simulator.Between(0.05, 1),
			"config.targetMemoryUtilization": simulator.Between(0.05, 1),
			"config.cooldownMinutes":         simulator.Between(5, 20),
			"dropletTemplate.region":         regionSlug,
			"dropletTemplate.tags[*]": simulator.Matches(tagPattern.String(),
				"a tag has 1 to 255 letters, digits, colons, hyphens and underscores"),
		},
		References: []simulator.Reference{inVPC("dropletTemplate.vpcUuid")},
		Check:      checkAutoscale,
		Constraints: []simulator.Constraint{
			{
				Origin: simulator.Origin{ID: "digitalocean-autoscale-agent", Source: poolSource},
				Error:  "a pool that scales by load needs the agent in its Droplets: set withDropletAgent to true",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if scales(c) && c.Known("dropletTemplate") && !c.Flag("dropletTemplate.withDropletAgent") {
						broken("dropletTemplate.withDropletAgent")
					}
				},
			},
			{
				Origin: simulator.Origin{ID: "digitalocean-autoscale-rename", Source: poolSource},
				Stage:  simulator.AtApply,
				Error:  "unprocessable_entity: an autoscale pool cannot be renamed: keep %q, or give the resource another logical name",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if c.Old != nil && c.Old.Text("name") != c.Text("name") {
						broken("name", c.Old.Text("name"))
					}
				},
			},
		},
		Compute: func(c *simulator.Call) {
			c.Set("status", "active")
			c.Set("createdAt", created(c))
			c.Set("updatedAt", created(c))
			c.SetNew("currentUtilizations", []any{})
		},
	}}
}

func checkAutoscale(c *simulator.Call) {
	static := c.Given("config.targetNumberInstances")
	for _, name := range []string{"minInstances", "maxInstances", "targetCpuUtilization", "targetMemoryUtilization"} {
		if static && c.Given("config."+name) {
			c.Fail("config."+name, "a pool of a fixed number (targetNumberInstances) takes no %s", name)
		}
	}
	low, hasLow := c.Number("config.minInstances")
	high, hasHigh := c.Number("config.maxInstances")
	switch {
	case hasLow && hasHigh && low > high:
		c.Fail("config.minInstances", "expected at most maxInstances, %v, got %v", high, low)
	case !static && c.Known("config") && !(hasLow && hasHigh):
		c.Fail("config", "give minInstances and maxInstances with a target, or targetNumberInstances")
	}
}

// scales reports whether a pool's size follows its load.
func scales(c *simulator.Call) bool {
	return slices.ContainsFunc([]string{"targetCpuUtilization", "targetMemoryUtilization"}, func(name string) bool {
		return c.Given("config." + name)
	})
}

// maxDroplets is how many Droplets a load balancer takes by their ids.
const maxDroplets = 10

// loadBalancerTypes: trap 41. Source: terraform-provider-digitalocean,
// digitalocean/loadbalancer/resource_loadbalancer.go.
func loadBalancerTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "digitalocean:index/loadBalancer:LoadBalancer",
		Kind:      &simulator.Kind{Noun: "Load Balancer", ID: uuidOf("load balancer"), Global: true},
		AutoName:  named(),
		Immutable: []string{"network", "networkStack", "region", "type", "vpcUuid"},
		AtMostOne: [][]string{{"dropletIds", "dropletTag"}, {"size", "sizeUnit"}},
		Rules: map[string]simulator.Rule{
			"name":     dropletName,
			"region":   regionSlug,
			"type":     simulator.OneOf("REGIONAL", "REGIONAL_NETWORK", "GLOBAL"),
			"sizeUnit": simulator.Between(1, 200),
		},
		References: []simulator.Reference{inVPC("vpcUuid")},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "digitalocean-lb-droplets",
				Source: "https://docs.digitalocean.com/products/networking/load-balancers/details/limits/"},
			Error: "unprocessable_entity: a load balancer takes at most 10 Droplets by id: use dropletTag for more",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if ids := c.Inputs["dropletIds"]; ids.IsArray() && len(ids.ArrayValue()) > maxDroplets {
					broken("dropletIds")
				}
			},
		}},
		Compute: func(c *simulator.Call) {
			c.Set("loadBalancerUrn", "do:loadbalancer:"+c.ID)
			c.Set("status", "active")
			c.SetNew("ip", "203.0.113.10")
			c.SetNew("ipv6", "")
			c.SetNew("type", "REGIONAL")
			c.SetNew("sizeUnit", 1)
			c.SetNew("httpIdleTimeoutSeconds", 60)
			c.SetNew("projectId", uuid(c.Fixed("default project", uuidDigits)))
			c.SetNew("vpcUuid", defaultVPC(c, c.Text("region")))
		},
	}}
}
