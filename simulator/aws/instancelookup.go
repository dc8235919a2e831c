package aws

import (
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Look-ups of what programs launch. Sources: terraform-provider-aws, internal/service/ec2/{ec2_instance,ec2_key_pair,
// ec2_launch_template}_data_source.go.

func instanceLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:ec2/getInstance:getInstance", Answer: lookUpMachine},
		{Token: "aws:ec2/getKeyPair:getKeyPair", Answer: lookUpKeyPair},
		{Token: "aws:ec2/getLaunchTemplate:getLaunchTemplate", Answer: lookUpTemplate},
	}
}

// theOne returns the object of a kind that a look-up means: whose values are those of the inputs of the same names,
// which has the tags in the input tags, and which passes the filters. It fails when there is not exactly one.
func theOne(
	c *simulator.Call, kind *simulator.Kind, tags string, values func(*simulator.Object) (inputs, filters map[string]string),
) *simulator.Object {
	var found []*simulator.Object
	for _, o := range c.All(kind) {
		inputs, filters := values(o)
		fits := hasTags(o, c.Inputs[resource.PropertyKey(tags)])
		for input, value := range inputs {
			fits = fits && (!c.Given(input) || c.Text(input) == value)
		}
		if fits && matches(c, func(filter string) ([]string, bool) {
			if key, isTag := strings.CutPrefix(filter, "tag:"); isTag {
				return []string{stringOf(o.Tags()[resource.PropertyKey(key)])}, true
			}
			value, ok := filters[filter]
			return []string{value}, ok
		}) {
			found = append(found, o)
		}
	}
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		c.Fail("", "no matching %s found", kind.Noun)
	default:
		c.Fail("", "multiple %ss matched; use additional constraints to reduce matches to a single %s", kind.Noun, kind.Noun)
	}
	return nil
}

// describe answers with an object's outputs, in the form that the function's outputs have: a list where the resource
// has one object, zero where it has nothing.
func describe(c *simulator.Call, o *simulator.Object, more map[string]any) resource.PropertyMap {
	pkg, err := schema.AWS()
	if err != nil {
		c.Fail("", "%s", err)
		return nil
	}
	function, ok := pkg.Function(c.Token)
	if !ok {
		return nil
	}
	known := bare(resource.NewObjectProperty(o.Outputs)).ObjectValue().Copy()
	known["id"] = text(o.ID)
	known["tags"] = resource.NewObjectProperty(o.Tags())
	for name, value := range more {
		known[resource.PropertyKey(name)] = resource.NewPropertyValue(value)
	}
	for name := range function.Inputs {
		if value, given := c.Inputs[resource.PropertyKey(name)]; given && name != "tags" {
			known[resource.PropertyKey(name)] = value
		}
	}
	return reshape(pkg, function.Outputs, known)
}

// reshape gives an object's values the form of another, whose lists may be called by the plural.
func reshape(pkg *schema.Package, form schema.Object, known resource.PropertyMap) resource.PropertyMap {
	shaped := resource.PropertyMap{}
	for name, wanted := range form {
		value := known[resource.PropertyKey(name)]
		if value.IsNull() {
			value = known[resource.PropertyKey(strings.TrimSuffix(name, "s"))]
		}
		if !value.IsNull() || wanted.Required {
			shaped[resource.PropertyKey(name)] = reshapeValue(pkg, wanted.Type, value)
		}
	}
	return shaped
}

func reshapeValue(pkg *schema.Package, form schema.Type, value resource.PropertyValue) resource.PropertyValue {
	switch form.Kind {
	case schema.Array:
		list := []resource.PropertyValue{}
		switch {
		case value.IsArray():
			for _, element := range value.ArrayValue() {
				list = append(list, reshapeValue(pkg, *form.Elem, element))
			}
		case value.IsObject() && len(value.ObjectValue()) > 0:
			list = append(list, reshapeValue(pkg, *form.Elem, value))
		}
		return resource.NewArrayProperty(list)
	case schema.Nested:
		inner, _ := pkg.Object(form.Ref)
		if !value.IsObject() {
			value = resource.NewObjectProperty(resource.PropertyMap{})
		}
		return resource.NewObjectProperty(reshape(pkg, inner, value.ObjectValue()))
	}
	if !value.IsNull() {
		return value
	}
	switch form.Kind {
	case schema.Boolean:
		return resource.NewBoolProperty(false)
	case schema.Integer, schema.Number:
		return resource.NewNumberProperty(0)
	case schema.Map:
		return resource.NewObjectProperty(resource.PropertyMap{})
	}
	return text("")
}

func lookUpMachine(c *simulator.Call) resource.PropertyMap {
	instance := theOne(c, instanceKind, "instanceTags",
		func(o *simulator.Object) (inputs, filters map[string]string) {
			return map[string]string{"instanceId": o.ID}, map[string]string{
				"instance-id": o.ID, "instance-type": o.Text("instanceType"), "image-id": o.Text("ami"), "key-name": o.Text("keyName"),
				"subnet-id": o.Text("subnetId"), "availability-zone": o.Text("availabilityZone"), "instance-state-name": "running",
				"private-ip-address": o.Text("privateIp"), "ip-address": o.Text("publicIp"),
			}
		})
	if instance == nil {
		return nil
	}
	return describe(c, instance, map[string]any{
		"networkInterfaceId": instance.Text("primaryNetworkInterfaceId"), "launchTime": c.Now().UTC().Format(time.RFC3339),
	})
}

func lookUpKeyPair(c *simulator.Call) resource.PropertyMap {
	pair := theOne(c, keyPairKind, "tags", func(o *simulator.Object) (inputs, filters map[string]string) {
		return map[string]string{"keyName": o.ID, "keyPairId": o.Text("keyPairId")}, map[string]string{
			"key-name": o.ID, "key-pair-id": o.Text("keyPairId"), "fingerprint": o.Text("fingerprint"),
		}
	})
	if pair == nil {
		return nil
	}
	more := map[string]any{"id": pair.Text("keyPairId"), "createTime": c.Now().UTC().Format(time.RFC3339)}
	if !c.Flag("includePublicKey") {
		more["publicKey"] = ""
	}
	return describe(c, pair, more)
}

func lookUpTemplate(c *simulator.Call) resource.PropertyMap {
	template := theOne(c, launchTemplateKind, "tags", func(o *simulator.Object) (inputs, filters map[string]string) {
		return map[string]string{"id": o.ID, "name": o.Text("name")}, map[string]string{"launch-template-name": o.Text("name")}
	})
	if template == nil {
		return nil
	}
	return describe(c, template, nil)
}
