package spec_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Validation reports everything at once, in the words of the configuration.
func ExampleNetwork_Validate() {
	n := spec.Network{CIDR: "10.0.0.0/99", Zones: 1, NAT: "per-zones"}
	fmt.Println(n.Validate())
	// Output:
	// cidr: "10.0.0.0/99" is not an IPv4 CIDR block; use for example 10.0.0.0/16
	// zones: 1 is out of range; use 2 to 8 zones
	// nat: "per-zones" is not a NAT mode; did you mean per-zone? (use none, one or per-zone)
}

// A subnet's block follows from its tier and its zone alone.
func ExampleLayout_Subnet() {
	layout, err := spec.Network{CIDR: "10.20.0.0/16"}.Layout()
	if err != nil {
		panic(err)
	}
	slot, _ := spec.ZoneSlot("eu-west-1c")
	for _, tier := range spec.Tiers() {
		fmt.Println(tier, layout.Subnet(tier, slot))
	}
	// Output:
	// public 10.20.168.0/22
	// private 10.20.32.0/20
	// data 10.20.136.0/22
}

// Problems of several inputs can be gathered under the keys that their user typed.
func ExampleProblems_Collect() {
	var ps spec.Problems
	ps.Collect("holdfast:network", spec.Network{Zones: 1}.Validate())
	ps.Add("aws:region", nil, "is missing; run: pulumi config set aws:region eu-west-1")
	fmt.Println(ps.Err())
	// Output:
	// holdfast:network.zones: 1 is out of range; use 2 to 8 zones
	// aws:region: is missing; run: pulumi config set aws:region eu-west-1
}
