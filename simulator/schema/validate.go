package schema

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Problem is one thing that is wrong with the inputs of a resource or function.
type Problem struct {
	Path string // the property's path: routes[0].cidrBlock; empty for the whole
	Code string // the cloud's own name for the error, where it has one
	Text string // what is wrong, and what would be right
	// Documented says that only the property's documentation forbids it: who knows the cloud better may let it pass.
	Documented bool
	// Constraint is the ID of the entry in the cloud's tables that forbids it, if it has one.
	Constraint string
}

// String is the problem as a sentence, without its path: InvalidVpc.Range: The CIDR is invalid. [aws-vpc-size]
func (p Problem) String() string {
	said := p.Text
	if p.Code != "" {
		said = p.Code + ": " + said
	}
	if p.Constraint != "" {
		said += " [" + p.Constraint + "]"
	}
	return said
}

// Validate checks inputs against an object's properties and returns all that is wrong, ordered by path: unknown
// properties with the nearest right name, missing and mistyped ones, values outside an enumeration.
//
// Values that are not known yet pass. Secrets are looked into, but no value of a secret appears in a problem. Pulumi's
// internal properties, whose names begin with two underscores, are left alone.
func (p *Package) Validate(object Object, inputs resource.PropertyMap) []Problem {
	return (&validator{pkg: p}).validate(object, inputs)
}

// ValidateInputs is Validate for what a program gives: it reports as well what the documentation does not allow.
func (p *Package) ValidateInputs(object Object, inputs resource.PropertyMap) []Problem {
	return (&validator{pkg: p, documentation: true}).validate(object, inputs)
}

func (v *validator) validate(object Object, inputs resource.PropertyMap) []Problem {
	v.object(nil, object, inputs)
	slices.SortStableFunc(v.problems, func(a, b Problem) int { return strings.Compare(a.Path, b.Path) })
	return v.problems
}

type validator struct {
	pkg           *Package
	documentation bool // whether limits count
	secret        int  // how many secrets enclose the value under inspection
	problems      []Problem
}

func (v *validator) report(path resource.PropertyPath, format string, args ...any) {
	v.problems = append(v.problems, Problem{Path: path.String(), Text: fmt.Sprintf(format, args...)})
}

func (v *validator) object(path resource.PropertyPath, object Object, values resource.PropertyMap) {
	for key, value := range values {
		name := string(key)
		if strings.HasPrefix(name, "__") {
			continue
		}
		property, known := object[name]
		if !known {
			v.unknown(child(path, name), name, object)
			continue
		}
		v.value(child(path, name), property.Type, value)
		if v.documentation {
			v.limits(child(path, name), property.Limits, value)
		}
	}
	if v.documentation {
		v.conflicts(path, object, values)
	}
	for name, property := range object {
		if property.Required && values[resource.PropertyKey(name)].IsNull() {
			v.report(child(path, name), "missing required property %q (%s)", name, v.describe(property.Type))
		}
	}
}

func (v *validator) unknown(path resource.PropertyPath, name string, object Object) {
	names := slices.Sorted(maps.Keys(object))
	if nearest := Nearest(name, names); nearest != "" {
		v.report(path, "unknown property %q: did you mean %q?", name, nearest)
		return
	}
	if len(names) == 0 {
		v.report(path, "unknown property %q: there are no properties to set", name)
		return
	}
	v.report(path, "unknown property %q: the properties are %s", name, strings.Join(names, ", "))
}

// value checks one value. A null counts as absent: whether it may be absent is its object's business.
func (v *validator) value(path resource.PropertyPath, t Type, value resource.PropertyValue) {
	switch {
	case value.IsNull(), value.IsComputed(), t.Kind == Any:
		return
	case value.IsOutput():
		output := value.OutputValue()
		if output.Known {
			v.value(path, t, secretIf(output.Secret, output.Element))
		}
		return
	case value.IsSecret():
		v.secret++
		v.value(path, t, value.SecretValue().Element)
		v.secret--
		return
	}
	switch t.Kind {
	case Array:
		v.array(path, t, value)
	case Map:
		v.mapping(path, t, value)
	case Nested:
		v.nested(path, t, value)
	case OneOf:
		v.oneOf(path, t, value)
	default:
		if !fits(t.Kind, value) {
			v.mistyped(path, t, value)
		}
	}
}

func (v *validator) array(path resource.PropertyPath, t Type, value resource.PropertyValue) {
	if !value.IsArray() {
		v.mistyped(path, t, value)
		return
	}
	for i, element := range value.ArrayValue() {
		v.value(child(path, i), *t.Elem, element)
	}
}

func (v *validator) mapping(path resource.PropertyPath, t Type, value resource.PropertyValue) {
	if !value.IsObject() {
		v.mistyped(path, t, value)
		return
	}
	for key, element := range value.ObjectValue() {
		if !strings.HasPrefix(string(key), "__") {
			v.value(child(path, string(key)), *t.Elem, element)
		}
	}
}

func (v *validator) nested(path resource.PropertyPath, t Type, value resource.PropertyValue) {
	if !value.IsObject() {
		v.mistyped(path, t, value)
		return
	}
	if object, ok := v.pkg.Object(t.Ref); ok {
		v.object(path, object, value.ObjectValue())
	}
}

func (v *validator) oneOf(path resource.PropertyPath, t Type, value resource.PropertyValue) {
	allowed, ok := v.pkg.Enum(t.Ref)
	switch {
	case !value.IsString():
		v.mistyped(path, t, value)
	case !ok || slices.Contains(allowed, value.StringValue()):
	default:
		v.report(path, "%s is not one of %s", v.show(value), strings.Join(allowed, ", "))
	}
}

func (v *validator) mistyped(path resource.PropertyPath, t Type, value resource.PropertyValue) {
	v.report(path, "expected %s, got %s", v.describe(t), v.show(value))
}

// fits reports whether a scalar can stand where the kind is expected. Like the real providers, it takes a number or
// boolean written as a string, and a string given as a number or boolean.
func fits(kind Kind, value resource.PropertyValue) bool {
	switch kind {
	case String:
		return value.IsString() || value.IsNumber() || value.IsBool() || value.IsResourceReference()
	case Boolean:
		if value.IsString() {
			return value.StringValue() == "true" || value.StringValue() == "false"
		}
		return value.IsBool()
	case Integer, Number:
		number, ok := asNumber(value)
		return ok && (kind == Number || number == math.Trunc(number))
	case Asset:
		return value.IsAsset() || value.IsArchive()
	default:
		return true
	}
}

func asNumber(value resource.PropertyValue) (float64, bool) {
	if value.IsNumber() {
		return value.NumberValue(), true
	}
	if !value.IsString() {
		return 0, false
	}
	number, err := strconv.ParseFloat(value.StringValue(), 64)
	return number, err == nil && !math.IsNaN(number) && !math.IsInf(number, 0)
}

// describe says a type in words.
func (v *validator) describe(t Type) string {
	switch t.Kind {
	case String:
		return "a string"
	case Integer:
		return "a whole number"
	case Number:
		return "a number"
	case Boolean:
		return "true or false"
	case Asset:
		return "a file or archive"
	case Array:
		return "a list, each element " + v.describe(*t.Elem)
	case Map:
		return "a map, each value " + v.describe(*t.Elem)
	case Nested:
		return "an object"
	case OneOf:
		return "a string out of a set"
	default:
		return "any value"
	}
}

// show says what a value is: its kind, and the value itself when it is short and no secret.
func (v *validator) show(value resource.PropertyValue) string {
	switch {
	case value.IsArray():
		return "a list"
	case value.IsObject():
		return "an object"
	case value.IsAsset(), value.IsArchive():
		return "a file or archive"
	case v.secret > 0:
		return "a secret " + value.TypeString()
	case value.IsString() && len(value.StringValue()) <= 60:
		return fmt.Sprintf("the string %q", value.StringValue())
	case value.IsNumber(), value.IsBool():
		return fmt.Sprintf("%v", value.V)
	default:
		return "a " + value.TypeString()
	}
}

func child(path resource.PropertyPath, key any) resource.PropertyPath {
	return append(slices.Clip(path), key)
}

func secretIf(secret bool, value resource.PropertyValue) resource.PropertyValue {
	if secret {
		return resource.MakeSecret(value)
	}
	return value
}
