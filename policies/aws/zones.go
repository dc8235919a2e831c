package aws

import (
	"fmt"
	"slices"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// zones tell in which availability zones the subnets of a stack are. Those of other stacks do not show.
type zones struct {
	Subnets policy.Resources[placedSubnet] `pulumi:"aws:ec2/subnet:Subnet"`
}

// placedSubnet is a subnet with its zone. A program gives the name or the id; the other is known once the subnet is made.
// If it gives none, AWS chooses.
type placedSubnet struct {
	Zone policy.Value[string] `pulumi:"availabilityZone"`
	ID   policy.Value[string] `pulumi:"availabilityZoneId"`
}

// check reports a resource of which all subnets, those that the property names, are in one zone.
func (z zones) check(r *policy.StackReport, n *policy.Node, property string, ids policy.List[string]) {
	if why := z.single(n, property, ids); why != "" {
		r.Fail(n, "%s", why)
	}
}

// single says why all subnets that the property names are in one zone; it is empty if that is not certain. One subnet is
// one zone, be it of the stack or not. Of several, nothing is certain when one is of another stack, or in a zone that AWS
// chooses.
func (z zones) single(n *policy.Node, property string, ids policy.List[string]) (why string) {
	if ids.Known() && ids.Len() < 2 {
		if ids.Len() == 1 {
			return "It has one subnet, and so one zone."
		}
		return ""
	}
	var subnets []placedSubnet
	z.Subnets.EachReferredBy(n, property, func(subnet policy.Resource[placedSubnet]) { subnets = append(subnets, subnet.Props) })
	if ids.Known() && ids.Len() > len(subnets) {
		return ""
	}
	if zones := zonesOf(subnets...); len(zones) == 1 {
		return fmt.Sprintf("All its subnets are in the zone %s.", zones[0])
	}
	return ""
}

// zonesOf are the zones that subnets are in, by their names or by their ids: all of them, or several. If neither is known
// yet, the rule ends undetermined; if AWS chooses one, nothing is certain, and there are none.
func zonesOf(subnets ...placedSubnet) []string {
	for _, by := range []func(placedSubnet) policy.Value[string]{
		func(s placedSubnet) policy.Value[string] { return s.Zone },
		func(s placedSubnet) policy.Value[string] { return s.ID },
	} {
		zones, all := []string(nil), true
		for _, subnet := range subnets {
			zone := by(subnet)
			all = all && zone.Known() && zone.Present()
			if zone.Known() && zone.Present() && !slices.Contains(zones, zone.Get()) {
				zones = append(zones, zone.Get())
			}
		}
		if all || len(zones) > 1 {
			return zones
		}
	}
	for _, subnet := range subnets {
		subnet.Zone.Get()
		subnet.ID.Get()
	}
	return nil
}
