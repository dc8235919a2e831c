package simulator

import (
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// located is a value and the path at which it was found.
type located struct {
	path  string
	value resource.PropertyValue
}

// find returns the values at a path such as routes[*].cidrBlock. What is absent is left out.
func find(props resource.PropertyMap, path string) []located {
	at := []located{{"", resource.NewObjectProperty(props)}}
	for step := range strings.SplitSeq(path, ".") {
		name, each := strings.CutSuffix(step, "[*]")
		var next []located
		for _, l := range at {
			if l.value.IsComputed() { // what is below is unknown too
				next = append(next, l)
				continue
			}
			if !l.value.IsObject() {
				continue
			}
			value, ok := l.value.ObjectValue()[resource.PropertyKey(name)]
			if !ok || value.IsNull() {
				continue
			}
			child := strings.TrimPrefix(l.path+"."+name, ".")
			switch {
			case !each || value.IsComputed():
				next = append(next, located{child, value})
			case value.IsArray():
				for i, element := range value.ArrayValue() {
					next = append(next, located{child + "[" + strconv.Itoa(i) + "]", element})
				}
			}
		}
		at = next
	}
	return at
}

// plain returns the value without its marks: secrets and known outputs are unwrapped, unknown outputs become unknown
// values, references to resources become their ids.
func plain(value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsSecret():
		return plain(value.SecretValue().Element)
	case value.IsOutput():
		if !value.OutputValue().Known {
			return unknown()
		}
		return plain(value.OutputValue().Element)
	case value.IsResourceReference():
		return plain(value.ResourceReferenceValue().ID)
	case value.IsArray():
		elements := make([]resource.PropertyValue, len(value.ArrayValue()))
		for i, element := range value.ArrayValue() {
			elements[i] = plain(element)
		}
		return resource.NewArrayProperty(elements)
	case value.IsObject():
		return resource.NewObjectProperty(plainMap(value.ObjectValue()))
	default:
		return value
	}
}

// plainMap is plain for all values of a map; nulls are left out.
func plainMap(props resource.PropertyMap) resource.PropertyMap {
	out := make(resource.PropertyMap, len(props))
	for key, value := range props {
		if stripped := plain(value); !stripped.IsNull() {
			out[key] = stripped
		}
	}
	return out
}

func unknown() resource.PropertyValue {
	return resource.MakeComputed(resource.NewStringProperty(""))
}

// firstStep returns the top-level property that a path leads through.
func firstStep(path string) string {
	if at := strings.IndexAny(path, ".["); at >= 0 {
		return path[:at]
	}
	return path
}
