// Package subnets checks the subnets that a component is given to lie in.
package subnets

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Check records at field that subnets are missing, or that there are fewer than the least number of zones, two or more:
// one subnet is one zone. Subnets that are not there yet cannot be counted.
func Check(ps *spec.Problems, field string, ids pulumi.StringArrayInput, least int) {
	known, plain := ids.(pulumi.StringArray)
	switch {
	case ids == nil:
		ps.Add(field, nil, "is missing; give subnets in %d zones at least", least)
	case plain && len(known) < least:
		ps.Add(field, len(known), "is too few subnets to outlive the loss of a zone; give subnets in %d zones at least", least)
	}
}
