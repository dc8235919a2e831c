package aws

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of Auto Scaling groups. Source: terraform-provider-aws, internal/service/autoscaling/groups_data_source.go.

func scalingLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:autoscaling/getAmiIds:getAmiIds", Answer: lookUpScalingGroups}}
}

// lookUpScalingGroups answers with the groups that exist of those named, or with all. It does not filter.
func lookUpScalingGroups(c *simulator.Call) resource.PropertyMap {
	wanted, arns, names := c.Texts("names[*]"), map[string]string{}, []string{}
	for _, group := range c.All(autoScalingGroupKind) {
		name := group.Text("name")
		if len(wanted) == 0 || slices.Contains(wanted, name) {
			names, arns[name] = append(names, name), group.Text("arn")
		}
	}
	slices.Sort(names)
	sorted := make([]string, len(names))
	for i, name := range names {
		sorted[i] = arns[name]
	}
	c.Set("names", names)
	c.Set("arns", sorted)
	c.Set("id", c.Region)
	return c.Outputs
}
