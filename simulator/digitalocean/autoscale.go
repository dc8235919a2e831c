package digitalocean

import (
	"slices"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Autoscale pools: trap 40. Sources: the API's specification of Droplet
// autoscale pools (targets, cooldown, the most members, no renaming);
// terraform-provider-digitalocean, digitalocean/dropletautoscale.

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
		References: []simulator.Reference{{Property: "dropletTemplate.vpcUuid", To: []*simulator.Kind{vpcKind}}},
		Check:      checkAutoscale,
		Allow: func(c *simulator.Call) {
			if c.Old != nil && c.Old.Text("name") != c.Text("name") {
				c.Fail("name", "unprocessable_entity: an autoscale pool cannot be renamed: keep %q, or give the resource another logical name",
					c.Old.Text("name"))
			}
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
	scales := slices.ContainsFunc([]string{"targetCpuUtilization", "targetMemoryUtilization"}, func(name string) bool {
		return c.Given("config." + name)
	})
	if scales && c.Known("dropletTemplate") && !c.Flag("dropletTemplate.withDropletAgent") {
		c.Fail("dropletTemplate.withDropletAgent", "a pool that scales by load needs the agent in its Droplets: set it to true")
	}
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
		References: []simulator.Reference{{Property: "vpcUuid", To: []*simulator.Kind{vpcKind}}},
		Check: func(c *simulator.Call) {
			if ids := c.Inputs["dropletIds"]; ids.IsArray() && len(ids.ArrayValue()) > maxDroplets {
				c.Fail("dropletIds", "unprocessable_entity: a load balancer takes at most %d Droplets by id: use dropletTag for more", maxDroplets)
			}
		},
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
