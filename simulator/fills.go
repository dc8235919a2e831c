package simulator

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// fills reports whether the cloud adds to the object that an input is.
func (t *Type) fills(input string) bool {
	return t != nil && slices.ContainsFunc(t.Fills, func(path string) bool { return firstStep(path) == input })
}

// filled returns the outputs of a preview with what the cloud will add inside inputs: as olds have it, or unknown.
func (t *Type) filled(outputs, olds resource.PropertyMap) resource.PropertyMap {
	if t == nil {
		return outputs
	}
	for _, path := range t.Fills {
		block, name, _ := strings.Cut(path, ".")
		object, key := outputs[resource.PropertyKey(block)], resource.PropertyKey(name)
		if !object.IsObject() || object.ObjectValue().HasValue(key) {
			continue
		}
		inner := object.ObjectValue().Copy()
		inner[key] = unknown()
		if was := olds[resource.PropertyKey(block)]; was.IsObject() && was.ObjectValue().HasValue(key) {
			inner[key] = was.ObjectValue()[key]
		}
		outputs[resource.PropertyKey(block)] = resource.NewObjectProperty(inner)
	}
	return outputs
}
