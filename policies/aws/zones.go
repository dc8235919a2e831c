package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// placedSubnet is a subnet with its zone.
type placedSubnet struct {
	Zone policy.Value[string] `pulumi:"availabilityZone"`
	ID   policy.Value[string] `pulumi:"availabilityZoneId"`
}

// zone is the subnet's zone by its name where that is known, and otherwise by its id. A program gives one of them; the
// other is known once the subnet is made.
func (s placedSubnet) zone() string {
	if s.ID.Present() && s.ID.Known() && !s.Zone.Known() || !s.Zone.Present() {
		return s.ID.Get()
	}
	return s.Zone.Get()
}

// subnets are those of the stack.
type subnets = policy.Resources[placedSubnet]

// inOneZone reports whether all subnets that the property of a resource names are in a single zone, and which. Subnets of
// other stacks count as other zones: they do not show.
func inOneZone(all subnets, node *policy.Node, property string, named policy.List[string]) (zone string, one bool) {
	if named.Known() && named.Len() == 0 {
		return "", false
	}
	count, zones := 0, map[string]bool{}
	all.Any(func(subnet policy.Resource[placedSubnet]) bool {
		if node.References(property, subnet.Node) {
			count++
			if zone = subnet.Props.zone(); zone == "" {
				zone = subnet.URN() // AWS chooses: nothing says that it is the zone of another
			}
			zones[zone] = true
		}
		return len(zones) > 1
	})
	beyond := named.Known() && named.Len() > count
	return zone, len(zones) == 1 && !beyond
}
