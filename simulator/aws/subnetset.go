package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What groups of subnets have in common, in RDS and ElastiCache.

// subnetsOf returns the subnets that an input names.
func subnetsOf(c *simulator.Call, path string) []*simulator.Object {
	var list []*simulator.Object
	for _, id := range c.Texts(path) {
		if subnet := c.Find(subnetKind, id); subnet != nil {
			list = append(list, subnet)
		}
	}
	return list
}

// networkOfSubnets returns the id of the VPC of the first of the subnets that an input names.
func networkOfSubnets(c *simulator.Call, path string) string {
	for _, subnet := range subnetsOf(c, path) {
		return subnet.Text("vpcId")
	}
	return ""
}

// twoZones is the constraint that subnetIds lie in two availability zones or more.
func twoZones(id, source string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: source},
		Stage:  simulator.AtApply,
		Error: "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage " +
			"requirement. Current AZ coverage: %s. Add subnets to cover at least 2 AZs.",
		Find: func(c *simulator.Call, broken func(string, ...any)) {
			var covered []string
			for _, subnet := range subnetsOf(c, "subnetIds[*]") {
				covered = append(covered, subnet.Text("availabilityZone"))
			}
			slices.Sort(covered)
			if covered = slices.Compact(covered); len(covered) < 2 {
				broken("subnetIds", strings.Join(covered, ", "))
			}
		},
	}
}

// oneVPC is the constraint that subnetIds lie in one VPC.
func oneVPC(id, source string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: source},
		Stage:  simulator.AtApply,
		Error: "InvalidSubnet: The requested subnet is invalid, or multiple subnets were requested " +
			"that are not all in a common VPC: %s",
		Find: func(c *simulator.Call, broken func(string, ...any)) {
			for _, subnet := range subnetsOf(c, "subnetIds[*]") {
				if subnet.Text("vpcId") != networkOfSubnets(c, "subnetIds[*]") {
					broken("subnetIds", subnet.ID)
					return
				}
			}
		},
	}
}
