package schema

import (
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Conform returns the inputs with scalars of the type that the object expects: the number 80 for the string "80" where
// a number is wanted, and the like. What does not fit is left as it is.
func (p *Package) Conform(object Object, inputs resource.PropertyMap) resource.PropertyMap {
	out := make(resource.PropertyMap, len(inputs))
	for key, value := range inputs {
		out[key] = value
		if property, known := object[string(key)]; known {
			out[key] = p.conform(property.Type, value)
		}
	}
	return out
}

func (p *Package) conform(t Type, value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsSecret():
		return resource.MakeSecret(p.conform(t, value.SecretValue().Element))
	case value.IsOutput():
		output := value.OutputValue()
		output.Element = p.conform(t, output.Element)
		return resource.NewOutputProperty(output)
	case t.Kind == Array && value.IsArray():
		elements := make([]resource.PropertyValue, len(value.ArrayValue()))
		for i, element := range value.ArrayValue() {
			elements[i] = p.conform(*t.Elem, element)
		}
		return resource.NewArrayProperty(elements)
	case t.Kind == Map && value.IsObject():
		inner := make(resource.PropertyMap, len(value.ObjectValue()))
		for key, element := range value.ObjectValue() {
			inner[key] = p.conform(*t.Elem, element)
		}
		return resource.NewObjectProperty(inner)
	case t.Kind == Nested && value.IsObject():
		if object, ok := p.Object(t.Ref); ok {
			return resource.NewObjectProperty(p.Conform(object, value.ObjectValue()))
		}
	case fits(t.Kind, value):
		return scalar(t.Kind, value)
	}
	return value
}

func scalar(kind Kind, value resource.PropertyValue) resource.PropertyValue {
	switch {
	case kind == String && value.IsNumber():
		return resource.NewStringProperty(strconv.FormatFloat(value.NumberValue(), 'f', -1, 64))
	case kind == String && value.IsBool():
		return resource.NewStringProperty(strconv.FormatBool(value.BoolValue()))
	case kind == Boolean && value.IsString():
		return resource.NewBoolProperty(value.StringValue() == "true")
	case (kind == Integer || kind == Number) && value.IsString():
		number, _ := asNumber(value)
		return resource.NewNumberProperty(number)
	default:
		return value
	}
}
