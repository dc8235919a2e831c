// Package inputs checks what users give the AWS components.
package inputs

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Check records at field what is wrong with a map: its keys become parts of names, and every value is given.
func Check(ps *spec.Problems, field string, values map[string]pulumi.StringInput) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		spec.CheckKey(ps, field, name)
		if values[name] == nil {
			ps.Add(field+"."+name, nil, "has no value; give it one, or leave it out")
		}
	}
}
