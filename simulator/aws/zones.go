package aws

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// zone is an availability zone: its name in the account and its id everywhere.
type zone struct{ name, id string }

// zones lists the availability zones of every region, without local zones.
//
// Source: "AWS Availability Zones" in the AWS Regions and Availability Zones user guide, read 2025. In the oldest
// regions every older account has its own mapping of names to ids; those here are common ones. us-west-1 offers two
// zones to newer accounts.
var zones = map[string][]zone{
	"af-south-1":     zonesOf("af-south-1", "afs1", "a1 b2 c3"),
	"ap-east-1":      zonesOf("ap-east-1", "ape1", "a1 b2 c3"),
	"ap-east-2":      zonesOf("ap-east-2", "ape2", "a1 b2 c3"),
	"ap-northeast-1": zonesOf("ap-northeast-1", "apne1", "a4 c1 d2"),
	"ap-northeast-2": zonesOf("ap-northeast-2", "apne2", "a1 b2 c3 d4"),
	"ap-northeast-3": zonesOf("ap-northeast-3", "apne3", "a3 b1 c2"),
	"ap-south-1":     zonesOf("ap-south-1", "aps1", "a1 b3 c2"),
	"ap-south-2":     zonesOf("ap-south-2", "aps2", "a1 b2 c3"),
	"ap-southeast-1": zonesOf("ap-southeast-1", "apse1", "a1 b2 c3"),
	"ap-southeast-2": zonesOf("ap-southeast-2", "apse2", "a1 b3 c2"),
	"ap-southeast-3": zonesOf("ap-southeast-3", "apse3", "a1 b2 c3"),
	"ap-southeast-4": zonesOf("ap-southeast-4", "apse4", "a1 b2 c3"),
	"ap-southeast-5": zonesOf("ap-southeast-5", "apse5", "a1 b2 c3"),
	"ap-southeast-6": zonesOf("ap-southeast-6", "apse6", "a1 b2 c3"),
	"ap-southeast-7": zonesOf("ap-southeast-7", "apse7", "a1 b2 c3"),
	"ca-central-1":   zonesOf("ca-central-1", "cac1", "a1 b2 d4"),
	"ca-west-1":      zonesOf("ca-west-1", "caw1", "a1 b2 c3"),
	"cn-north-1":     zonesOf("cn-north-1", "cnn1", "a1 b2 d4"),
	"cn-northwest-1": zonesOf("cn-northwest-1", "cnnw1", "a1 b2 c3"),
	"eu-central-1":   zonesOf("eu-central-1", "euc1", "a2 b3 c1"),
	"eu-central-2":   zonesOf("eu-central-2", "euc2", "a1 b2 c3"),
	"eu-north-1":     zonesOf("eu-north-1", "eun1", "a1 b2 c3"),
	"eu-south-1":     zonesOf("eu-south-1", "eus1", "a1 b2 c3"),
	"eu-south-2":     zonesOf("eu-south-2", "eus2", "a1 b2 c3"),
	"eu-west-1":      zonesOf("eu-west-1", "euw1", "a3 b1 c2"),
	"eu-west-2":      zonesOf("eu-west-2", "euw2", "a2 b3 c1"),
	"eu-west-3":      zonesOf("eu-west-3", "euw3", "a1 b2 c3"),
	"il-central-1":   zonesOf("il-central-1", "ilc1", "a1 b2 c3"),
	"me-central-1":   zonesOf("me-central-1", "mec1", "a1 b2 c3"),
	"me-south-1":     zonesOf("me-south-1", "mes1", "a1 b2 c3"),
	"mx-central-1":   zonesOf("mx-central-1", "mxc1", "a1 b2 c3"),
	"sa-east-1":      zonesOf("sa-east-1", "sae1", "a1 b2 c3"),
	"us-east-1":      zonesOf("us-east-1", "use1", "a6 b1 c2 d4 e3 f5"),
	"us-east-2":      zonesOf("us-east-2", "use2", "a1 b2 c3"),
	"us-gov-east-1":  zonesOf("us-gov-east-1", "usge1", "a1 b2 c3"),
	"us-gov-west-1":  zonesOf("us-gov-west-1", "usgw1", "a1 b2 c3"),
	"us-west-1":      zonesOf("us-west-1", "usw1", "a1 c3"),
	"us-west-2":      zonesOf("us-west-2", "usw2", "a2 b1 c3 d4"),
}

// zonesOf reads "a6 b1": zone a has the id number 6, zone b number 1.
func zonesOf(region, prefix, mapping string) []zone {
	var list []zone
	for pair := range strings.FieldsSeq(mapping) {
		list = append(list, zone{region + pair[:1], prefix + "-az" + pair[1:]})
	}
	return list
}

func regionNames() []string { return slices.Sorted(maps.Keys(zones)) }

// zoneNamed returns the zone of a region with that name or id.
func zoneNamed(region, nameOrID string) (zone, bool) {
	at := slices.IndexFunc(zones[region], func(z zone) bool { return z.name == nameOrID || z.id == nameOrID })
	if at < 0 {
		return zone{}, false
	}
	return zones[region][at], true
}

// firstZone returns the zone of what names none: any will do. While the region is unknown there is none.
func firstZone(region string) zone {
	if all := zones[region]; len(all) > 0 {
		return all[0]
	}
	return zone{}
}

func zoneLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:index/getAvailabilityZones:getAvailabilityZones", Answer: availabilityZones},
		{Token: "aws:index/getAvailabilityZone:getAvailabilityZone", Answer: availabilityZone},
	}
}

func availabilityZones(c *simulator.Call) resource.PropertyMap {
	names, ids := []string{}, []string{}
	for _, z := range zones[c.Region] {
		excluded := slices.Contains(c.Texts("excludeNames[*]"), z.name) || slices.Contains(c.Texts("excludeZoneIds[*]"), z.id)
		if !excluded && z.passes(c) {
			names = append(names, z.name)
			ids = append(ids, z.id)
		}
	}
	c.Set("id", c.Region)
	c.Set("names", names)
	c.Set("zoneIds", ids)
	c.Set("groupNames", []string{c.Region})
	return c.Outputs
}

func availabilityZone(c *simulator.Call) resource.PropertyMap {
	var found []zone
	for _, z := range zones[c.Region] {
		name, id := c.Text("name"), c.Text("zoneId")
		if (name == "" || name == z.name) && (id == "" || id == z.id) && z.passes(c) {
			found = append(found, z)
		}
	}
	switch len(found) {
	case 0:
		c.Fail("", "no matching EC2 Availability Zone found")
		return nil
	case 1:
	default:
		c.Fail("", "multiple EC2 Availability Zones matched; use additional constraints to reduce matches to a single "+
			"EC2 Availability Zone")
		return nil
	}
	z := found[0]
	for name, value := range map[string]string{
		"id": z.name, "name": z.name, "zoneId": z.id, "nameSuffix": strings.TrimPrefix(z.name, c.Region), "region": c.Region,
		"groupName": c.Region, "networkBorderGroup": c.Region, "optInStatus": "opt-in-not-required", "state": "available",
		"zoneType": "availability-zone", "parentZoneId": "", "parentZoneName": "",
	} {
		c.Set(name, value)
	}
	return c.Outputs
}

// passes reports whether a zone passes the look-up's state and filters. All zones here are available ones that nobody
// has to opt in to.
func (z zone) passes(c *simulator.Call) bool {
	if state := c.Text("state"); state != "" && state != "available" {
		return false
	}
	attributes := map[string]string{
		"group-name": c.Region, "region-name": c.Region, "zone-name": z.name, "zone-id": z.id,
		"opt-in-status": "opt-in-not-required", "state": "available", "zone-type": "availability-zone",
	}
	return matches(c, func(filter string) ([]string, bool) {
		value, ok := attributes[filter]
		return []string{value}, ok
	})
}

// matches reports whether something passes all of a look-up's filters. A filter that nothing here has makes the look-up
// fail.
func matches(c *simulator.Call, values func(filter string) ([]string, bool)) bool {
	passed := true
	c.Objects("filters[*]", func(path string, filter resource.PropertyMap) {
		have, ok := values(stringOf(filter["name"]))
		if !ok {
			c.Fail(path+".name", "InvalidParameterValue: The filter '%s' is invalid, or the simulated cloud does not know it",
				stringOf(filter["name"]))
			return
		}
		wanted := stringsOf(filter["values"])
		if !slices.ContainsFunc(have, func(value string) bool { return likeAny(wanted, value) }) {
			passed = false
		}
	})
	return passed
}

func zoneNames(region string) []string {
	names := make([]string, len(zones[region]))
	for i, z := range zones[region] {
		names[i] = z.name
	}
	return names
}
