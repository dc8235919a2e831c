package gcp

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

func lookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "gcp:organizations/getClientConfig:getClientConfig", Answer: clientConfig},
		{Token: "gcp:compute/getZones:getZones", Answer: getZones},
		{Token: "gcp:compute/getRegions:getRegions", Answer: getRegions},
		{Token: "gcp:compute/getImage:getImage", Answer: getImage},
	}
}

func clientConfig(c *simulator.Call) resource.PropertyMap {
	c.Set("project", c.Account)
	c.Set("region", c.Region)
	c.Set("zone", c.Zone)
	c.Outputs["accessToken"] = resource.MakeSecret(text("ya29." + c.Fixed("token", 32)))
	c.Outputs["defaultLabels"] = resource.NewObjectProperty(c.Tags.Copy())
	c.Set("id", "projects/"+c.Account+"/regions/"+c.Region+"/zones/"+c.Zone)
	return c.Outputs
}

func getZones(c *simulator.Call) resource.PropertyMap {
	name := region(c)
	if zones[name] == nil {
		c.Fail("region", "%s", noRegion(name))
		return nil
	}
	names := slices.Clone(zones[name])
	if c.Text("status") == "DOWN" {
		names = []string{}
	}
	c.Set("names", names)
	c.Set("project", project(c))
	c.Set("region", name)
	c.Set("id", "projects/"+project(c)+"/regions/"+name)
	return c.Outputs
}

func getRegions(c *simulator.Call) resource.PropertyMap {
	names := regionNames()
	if c.Text("status") == "DOWN" {
		names = []string{}
	}
	c.Set("names", names)
	c.Set("project", project(c))
	c.Set("id", "projects/"+project(c))
	return c.Outputs
}
