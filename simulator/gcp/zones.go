package gcp

import (
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// zones lists each region's zones, by the letters that they end in. Source: Compute Engine's list of regions and zones.
var zones = expandZones(`
	africa-south1:abc asia-east1:abc asia-east2:abc asia-northeast1:abc asia-northeast2:abc asia-northeast3:abc
	asia-south1:abc asia-south2:abc asia-southeast1:abc asia-southeast2:abc australia-southeast1:abc
	australia-southeast2:abc europe-central2:abc europe-north1:abc europe-north2:abc europe-southwest1:abc
	europe-west1:bcd europe-west2:abc europe-west3:abc europe-west4:abc europe-west6:abc europe-west8:abc
	europe-west9:abc europe-west10:abc europe-west12:abc me-central1:abc me-central2:abc me-west1:abc
	northamerica-northeast1:abc northamerica-northeast2:abc northamerica-south1:abc southamerica-east1:abc
	southamerica-west1:abc us-central1:abcf us-east1:bcd us-east4:abc us-east5:abc us-south1:abc us-west1:abc
	us-west2:abc us-west3:abc us-west4:abc`)

func expandZones(table string) map[string][]string {
	all := map[string][]string{}
	for entry := range strings.FieldsSeq(table) {
		region, letters, _ := strings.Cut(entry, ":")
		for _, letter := range letters {
			all[region] = append(all[region], region+"-"+string(letter))
		}
	}
	return all
}

// regionOf returns the region of a zone.
func regionOf(zone string) string {
	at := strings.LastIndex(zone, "-")
	if at < 0 {
		return ""
	}
	return zone[:at]
}

func regionNames() []string { return slices.Sorted(maps.Keys(zones)) }

func noRegion(name string) string {
	said := "there is no region " + name
	if nearest := schema.Nearest(name, regionNames()); nearest != "" {
		said += ": did you mean " + nearest + "?"
	}
	return said
}
