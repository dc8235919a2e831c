package simulator

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// carried returns the outputs to begin with: the inputs that are outputs too, and in an update what the cloud had
// computed.
func (c *Call) carried(known *schema.Resource, o *Object) resource.PropertyMap {
	outputs := resource.PropertyMap{}
	for key, value := range c.Inputs {
		if _, isOutput := known.Outputs[string(key)]; isOutput {
			outputs[key] = value
		}
	}
	for key, value := range o.plain {
		property, isOutput := known.Outputs[string(key)]
		_, given := outputs[key]
		_, isInput := known.Inputs[string(key)]
		if isOutput && !given && (!isInput || property.Required) {
			outputs[key] = value
		}
	}
	return outputs
}

// complete gives every output that is always there a value: what the table did not compute gets a made-up value that
// says so.
func (c *Call) complete(known *schema.Resource) {
	for name, property := range known.Outputs {
		key := resource.PropertyKey(name)
		if _, ok := c.Outputs[key]; ok {
			continue
		}
		_, isInput := known.Inputs[name]
		list := property.Type.Kind == schema.Array || property.Type.Kind == schema.Map
		if property.Required || list && !isInput {
			c.Outputs[key] = c.placeholder(name, property.Type, 0)
		}
	}
}

// maxDepth ends the filling of objects that hold objects of their own type.
const maxDepth = 4

func (c *Call) placeholder(name string, t schema.Type, depth int) resource.PropertyValue {
	if c.account.cloud.Placeholder != nil {
		if value, ok := c.account.cloud.Placeholder(c, name, t); ok {
			return value
		}
	}
	switch t.Kind {
	case schema.Boolean:
		return resource.NewBoolProperty(false)
	case schema.Integer, schema.Number:
		return resource.NewNumberProperty(0)
	case schema.Array:
		return resource.NewArrayProperty([]resource.PropertyValue{})
	case schema.Map:
		return resource.NewObjectProperty(resource.PropertyMap{})
	case schema.Nested:
		inner := resource.PropertyMap{}
		object, _ := c.account.schema.Object(t.Ref)
		for name, property := range object {
			if property.Required && depth < maxDepth {
				inner[resource.PropertyKey(name)] = c.placeholder(name, property.Type, depth+1)
			}
		}
		return resource.NewObjectProperty(inner)
	case schema.OneOf:
		allowed, _ := c.account.schema.Enum(t.Ref)
		return resource.NewStringProperty(strings.Join(allowed[:min(1, len(allowed))], ""))
	default:
		return resource.NewStringProperty("simulated-" + name + "-" + c.Hex(name, autoDigits))
	}
}

// expected returns the outputs of a resource that a preview would create: what the program gives, and unknown values
// for what the cloud will compute.
func expected(known *schema.Resource, inputs resource.PropertyMap) resource.PropertyMap {
	outputs := resource.PropertyMap{}
	for name, property := range known.Outputs {
		key := resource.PropertyKey(name)
		_, isInput := known.Inputs[name]
		if value, given := inputs[key]; given && !value.IsNull() {
			outputs[key] = value
		} else if property.Required || !isInput {
			outputs[key] = unknown()
		}
	}
	return markSecrets(inputs, outputs, known.Outputs)
}

// revised returns the outputs of a resource that a preview would update: as it is, with the new inputs.
func revised(known *schema.Resource, olds, news resource.PropertyMap) resource.PropertyMap {
	outputs := resource.PropertyMap{}
	for name, property := range known.Outputs {
		key := resource.PropertyKey(name)
		_, isInput := known.Inputs[name]
		if value, given := news[key]; given && !value.IsNull() {
			outputs[key] = value
		} else if old, was := olds[key]; was && (!isInput || property.Required) {
			outputs[key] = old
		}
	}
	return markSecrets(news, outputs, known.Outputs)
}

// shortSecret is the length, in bytes, under which a secret is looked for only as a whole value: shorter ones occur in
// other text by chance.
const shortSecret = 6

// secretTexts returns the strings that are secret in the inputs.
func secretTexts(inputs resource.PropertyMap) []string {
	var found []string
	var collect func(value resource.PropertyValue, secret bool)
	collect = func(value resource.PropertyValue, secret bool) {
		switch {
		case value.IsSecret():
			collect(value.SecretValue().Element, true)
		case value.IsOutput():
			collect(value.OutputValue().Element, secret || value.OutputValue().Secret)
		case value.IsArray():
			for _, element := range value.ArrayValue() {
				collect(element, secret)
			}
		case value.IsObject():
			for _, element := range value.ObjectValue() {
				collect(element, secret)
			}
		case secret && value.IsString() && value.StringValue() != "":
			found = append(found, value.StringValue())
		}
	}
	for _, value := range inputs {
		collect(value, false)
	}
	return found
}

// markSecrets returns the outputs with secrets marked: what the schema says is secret, what was a secret input, and
// what holds the text of one.
func markSecrets(inputs, outputs resource.PropertyMap, object schema.Object) resource.PropertyMap {
	secrets := secretTexts(inputs)
	marked := make(resource.PropertyMap, len(outputs))
	for key, value := range outputs {
		value = remark(inputs[key], taint(value, secrets))
		if object[string(key)].Secret && !value.IsSecret() {
			value = resource.MakeSecret(value)
		}
		marked[key] = value
	}
	return marked
}

// remark marks as secret what is secret in the model.
func remark(model, value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsSecret():
		return value
	case model.IsSecret(), model.IsOutput() && model.OutputValue().Secret:
		return resource.MakeSecret(plain(value))
	case model.IsObject() && value.IsObject():
		inner := value.ObjectValue().Copy()
		for key, element := range inner {
			inner[key] = remark(model.ObjectValue()[key], element)
		}
		return resource.NewObjectProperty(inner)
	case model.IsArray() && value.IsArray() && len(model.ArrayValue()) == len(value.ArrayValue()):
		inner := make([]resource.PropertyValue, len(value.ArrayValue()))
		for i, element := range value.ArrayValue() {
			inner[i] = remark(model.ArrayValue()[i], element)
		}
		return resource.NewArrayProperty(inner)
	default:
		return value
	}
}

// taint marks as secret the strings that hold the text of a secret.
func taint(value resource.PropertyValue, secrets []string) resource.PropertyValue {
	switch {
	case len(secrets) == 0:
		return value
	case value.IsObject():
		inner := value.ObjectValue().Copy()
		for key, element := range inner {
			inner[key] = taint(element, secrets)
		}
		return resource.NewObjectProperty(inner)
	case value.IsArray():
		inner := make([]resource.PropertyValue, len(value.ArrayValue()))
		for i, element := range value.ArrayValue() {
			inner[i] = taint(element, secrets)
		}
		return resource.NewArrayProperty(inner)
	case value.IsString():
		for _, secret := range secrets {
			whole := value.StringValue() == secret
			if whole || len(secret) >= shortSecret && strings.Contains(value.StringValue(), secret) {
				return resource.MakeSecret(value)
			}
		}
	}
	return value
}

// redact takes the text of secret inputs out of problems.
func redact(inputs resource.PropertyMap, problems []Problem) []Problem {
	for _, secret := range secretTexts(inputs) {
		pairs := []string{"'" + secret + "'", "'[secret]'", `"` + secret + `"`, `"[secret]"`}
		if len(secret) >= shortSecret {
			pairs = append(pairs, secret, "[secret]")
		}
		hide := strings.NewReplacer(pairs...)
		for i := range problems {
			problems[i].Text = hide.Replace(problems[i].Text)
		}
	}
	return problems
}
