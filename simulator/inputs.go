package simulator

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// defaultsKey is the input in which the real providers keep the names of the inputs that they filled in.
const defaultsKey = "__defaults"

// fillIn returns the inputs with what the provider fills in: the type's defaults, a made-up name, and what the cloud
// adds. Olds are the inputs of the resource as it is: a name once made up stays.
func (c *Call) fillIn(known *schema.Resource, olds, inputs resource.PropertyMap) resource.PropertyMap {
	filled := []string{}
	fill := func(name string, value any) {
		c.Inputs[resource.PropertyKey(name)] = resource.NewPropertyValue(value)
		filled = append(filled, name)
	}
	if c.Type != nil {
		for _, name := range slices.Sorted(maps.Keys(c.Type.Defaults)) {
			if !c.Given(name) {
				fill(name, c.Type.Defaults[name])
			}
		}
	}
	if auto := c.autoName(known); auto != nil {
		name := text(olds[resource.PropertyKey(auto.Property)])
		if name == "" || !isDefault(olds, auto.Property) {
			name = c.makeUpName(auto)
		}
		fill(auto.Property, name)
	}
	if c.account.cloud.Prepare != nil {
		c.account.cloud.Prepare(c)
	}
	complete := inputs.Copy()
	added := resource.PropertyMap{}
	for key, value := range c.Inputs {
		if _, given := complete[key]; !given || complete[key].IsNull() {
			added[key] = value
		}
	}
	maps.Copy(complete, markSecrets(inputs, added, nil))
	slices.Sort(filled)
	complete[defaultsKey] = resource.NewPropertyValue(filled)
	return complete
}

// isDefault reports whether the provider filled in an input.
func isDefault(inputs resource.PropertyMap, name string) bool {
	return slices.Contains(texts(inputs, defaultsKey+"[*]"), name)
}

// autoName returns how to make up the resource's name, nil when it has one or needs none.
func (c *Call) autoName(known *schema.Resource) *AutoName {
	auto := &AutoName{Property: "name", MaxLength: 255, Separator: "-"}
	if c.Type != nil && c.Type.AutoName != nil {
		auto = c.Type.AutoName
	}
	property, ok := known.Inputs[auto.Property]
	if !ok || property.Required || property.Type.Kind != schema.String || c.Given(auto.Property) {
		return nil
	}
	for _, other := range append([]string{auto.Property + "Prefix"}, auto.Unless...) {
		if c.Given(other) {
			return nil
		}
	}
	return auto
}

// autoDigits is the number of hexadecimal digits that the providers append to a logical name.
const autoDigits = 7

func (c *Call) makeUpName(auto *AutoName) string {
	name := c.Name
	if auto.Lower {
		name = lower(name)
	}
	name = auto.Prefix + name + auto.Separator + c.Hex("name", autoDigits)
	if auto.Suffix != nil {
		name += auto.Suffix(c)
	}
	if auto.MaxLength > 0 && len(name) > auto.MaxLength {
		c.Fail(auto.Property, "the resource's name and %d made-up characters are longer than %d: "+
			"give the resource a shorter name, or set %q", autoDigits+len(auto.Separator), auto.MaxLength, auto.Property)
	}
	return name
}

func lower(s string) string {
	out := []byte(s)
	for i, b := range out {
		if 'A' <= b && b <= 'Z' {
			out[i] = b + 'a' - 'A'
		}
	}
	return string(out)
}

// readInputs returns the inputs that would lead to the object as it is. Olds are the program's, nil when the object is
// to be imported.
func readInputs(known *schema.Resource, t *Type, o *Object, olds resource.PropertyMap) resource.PropertyMap {
	inputs := olds.Copy()
	if len(olds) == 0 {
		inputs = o.Inputs.Copy()
		inputs[defaultsKey] = resource.NewPropertyValue([]string{})
	}
	for name := range known.Inputs {
		key := resource.PropertyKey(name)
		now, there := o.plain[key]
		was := plain(inputs[key])
		switch {
		case !there || same(t, name, now, was):
		case t.fills(name) && !was.IsNull() && now.DeepEquals(o.settled[key]) && !plain(o.Inputs[key]).IsNull():
			inputs[key] = o.Inputs[key] // what else it holds is the cloud's
		case !was.IsNull():
			inputs[key] = o.Outputs[key] // it changed
		case o.Inputs == nil, !now.DeepEquals(o.settled[key]):
			inputs[key] = o.Outputs[key] // it came with the cloud, or appeared since
		}
	}
	return inputs
}

// same reports whether two values of an input mean the same.
func same(t *Type, name string, a, b resource.PropertyValue) bool {
	if a.DeepEquals(b) {
		return true
	}
	isSet := t != nil && slices.Contains(t.Sets, name)
	return isSet && sameSet(a, b)
}

// sameSet reports whether two lists hold the same elements in any order.
func sameSet(a, b resource.PropertyValue) bool {
	if !a.IsArray() || !b.IsArray() || len(a.ArrayValue()) != len(b.ArrayValue()) {
		return false
	}
	rest := slices.Clone(b.ArrayValue())
	for _, element := range a.ArrayValue() {
		at := slices.IndexFunc(rest, element.DeepEquals)
		if at < 0 {
			return false
		}
		rest = slices.Delete(rest, at, at+1)
	}
	return true
}

// normalize brings inputs into the form that the provider keeps.
func (t *Type) normalize(inputs resource.PropertyMap) resource.PropertyMap {
	if t == nil || len(t.Normalize) == 0 {
		return inputs
	}
	inputs = inputs.Copy()
	for name, normal := range t.Normalize {
		key := resource.PropertyKey(name)
		value, given := inputs[key]
		stripped := plain(value)
		if !given || stripped.ContainsUnknowns() {
			continue
		}
		inputs[key] = normal(stripped)
		if value.ContainsSecrets() {
			inputs[key] = resource.MakeSecret(inputs[key])
		}
	}
	return inputs
}

// checkUnions reports what is no text among the inputs that take either a text or a resource, whose text is its id: the
// schema gives them no type, and their outputs that of text. Documents are normalized instead.
func (c *Call) checkUnions() []schema.Problem {
	if c.Type == nil {
		return nil
	}
	unions, given := schema.Object{}, resource.PropertyMap{}
	for name, input := range c.Schema.Inputs {
		value, has := c.Inputs[resource.PropertyKey(name)]
		output := c.Schema.Outputs[name]
		if has && input.Type.Kind == schema.Any && output.Type.Kind == schema.String && c.Type.Normalize[name] == nil {
			unions[name], given[resource.PropertyKey(name)] = schema.Property{Type: output.Type}, value
		}
	}
	return c.account.schema.Validate(unions, given)
}
