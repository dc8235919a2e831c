package aws

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups about who and where the provider is. Source of the outputs' forms: terraform-provider-aws,
// internal/service/{meta,sts}.

func identityLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:index/getCallerIdentity:getCallerIdentity", Answer: callerIdentity},
		{Token: "aws:index/getPartition:getPartition", Answer: partition},
		{Token: "aws:index/getRegion:getRegion", Answer: region},
		{Token: "aws:index/getRegions:getRegions", Answer: regions},
		{Token: "aws:index/getDefaultTags:getDefaultTags", Answer: defaultTags},
	}
}

// callerName is the user who rehearses.
const callerName = "rehearsal"

func callerIdentity(c *simulator.Call) resource.PropertyMap {
	c.Set("accountId", c.Account)
	c.Set("arn", "arn:"+c.Partition+":iam::"+c.Account+":user/"+callerName)
	c.Set("userId", "AIDAREHEARSALXXXXXXXX")
	c.Set("id", c.Account)
	return c.Outputs
}

func partition(c *simulator.Call) resource.PropertyMap {
	domain, reverse := partitionOf(c.Partition)
	c.Set("partition", c.Partition)
	c.Set("dnsSuffix", domain)
	c.Set("reverseDnsPrefix", reverse)
	c.Set("id", c.Partition)
	return c.Outputs
}

func region(c *simulator.Call) resource.PropertyMap {
	name := c.Text("name")
	if name == "" {
		name = c.Region
	}
	if zones[name] == nil {
		c.Fail("name", "no region is called %s%s", name, suggestion(name))
		return nil
	}
	domain, _ := partitionOf(c.Partition)
	c.Set("name", name)
	c.Set("id", name)
	c.Set("description", describeRegion(name))
	c.Set("endpoint", "ec2."+name+"."+domain)
	return c.Outputs
}

func regions(c *simulator.Call) resource.PropertyMap {
	names := slices.DeleteFunc(regionNames(), func(name string) bool { return partitionName(name) != c.Partition })
	c.Set("names", names)
	c.Set("id", c.Partition)
	return c.Outputs
}

func defaultTags(c *simulator.Call) resource.PropertyMap {
	c.Outputs["tags"] = resource.NewObjectProperty(c.Tags.Copy())
	c.Set("id", c.Partition)
	return c.Outputs
}
