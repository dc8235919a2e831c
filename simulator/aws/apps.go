package aws

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What the services that run applications have in common: roles that they must be able to assume, policies that
// programs give as JSON, and the forms of their identifiers.

// assumableBy reports whether a service may assume a role, by its trust policy. What cannot be judged is permitted.
func assumableBy(role *simulator.Object, service string) bool {
	var trust struct{ Statement json.RawMessage }
	if json.Unmarshal([]byte(role.Text("assumeRolePolicy")), &trust) != nil {
		return true
	}
	var statements any
	if json.Unmarshal(trust.Statement, &statements) != nil {
		return true
	}
	for _, statement := range listOf(statements) {
		s, ok := statement.(map[string]any)
		if ok && s["Effect"] == "Allow" && (s["NotPrincipal"] != nil || trusts(s["Principal"], service)) {
			return true
		}
	}
	return false
}

// trusts reports whether a statement's principals include a service, in the form of any partition.
func trusts(principal any, service string) bool {
	named, ok := principal.(map[string]any)
	if !ok {
		return principal == "*"
	}
	return slices.ContainsFunc(listOf(named["Service"]), func(name any) bool {
		text, _ := name.(string)
		short, _, _ := strings.Cut(text, ".amazonaws.com")
		return text == "*" || short == service || strings.HasPrefix(short, service+".") // lambda or states.us-west-2
	})
}

// findUntrusting finds a role, named by its ARN, that the service may not assume. Roles outside the account are taken
// to be right.
func findUntrusting(input, service string) func(*simulator.Call, func(string, ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		role := c.FindBy(roleKind, simulator.ByARN, c.Text(input))
		if role != nil && !assumableBy(role, service) {
			broken(input, c.Text(input))
		}
	}
}

// ofRoleARN is a reference to a role by its ARN, which AWS lets one delete all the same.
func ofRoleARN(input, notFound string) simulator.Reference {
	return simulator.Reference{
		Property: input, To: kinds(roleKind), By: simulator.ByARN, OnDelete: simulator.Ignore, NotFound: notFound,
	}
}

// ofARN is a reference by ARN of one service, :sqs: for example, that does not hold its target.
func ofARN(input, service, notFound string, to *simulator.Kind) simulator.Reference {
	return simulator.Reference{
		Property: input, To: kinds(to), By: simulator.ByARN, OnDelete: simulator.Ignore, NotFound: notFound,
		Address: func(_ *simulator.Call, arn string) (string, bool) { return arn, strings.Contains(arn, service) },
	}
}

// fillIn gives an object among the outputs what the program left out of it.
func fillIn(c *simulator.Call, name string, rest map[string]any) {
	object := resource.PropertyMap{}
	if given := c.Outputs[resource.PropertyKey(name)]; given.IsObject() {
		object = given.ObjectValue().Copy()
	}
	for key, value := range resource.NewPropertyMapFromMap(rest) {
		if !object.HasValue(key) {
			object[key] = value
		}
	}
	c.Outputs[resource.PropertyKey(name)] = resource.NewObjectProperty(object)
}

// setNew is SetNew for several outputs.
func setNew(c *simulator.Call, values map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		c.SetNew(name, values[name])
	}
}

// numberOf returns an output that is a number, 0 when it is none.
func numberOf(o *simulator.Object, name string) float64 {
	if value := o.Output(name); value.IsNumber() {
		return value.NumberValue()
	}
	return 0
}

// objectOf returns an output that is an object, empty when it is none.
func objectOf(o *simulator.Object, name string) resource.PropertyMap {
	if value := o.Output(name); value.IsObject() {
		return value.ObjectValue()
	}
	return nil
}

// guid is an identifier in the form of 8-4-4-4-12 hexadecimal digits.
func guid(c *simulator.Call, purpose string) string {
	d := c.Hex(purpose, 32)
	return strings.Join([]string{d[:8], d[8:12], d[12:16], d[16:20], d[20:]}, "-")
}

// created is the time of creation as the services' APIs write it.
func created(c *simulator.Call) string { return c.Now().UTC().Format("2006-01-02T15:04:05Z") }

// isFIFO reports whether a queue's or topic's name or ARN is of the ordered sort.
func isFIFO(name string) bool { return strings.HasSuffix(name, ".fifo") }

// issue is the address of an issue of the provider.
func issue(number string) string {
	return "https://github.com/hashicorp/terraform-provider-aws/issues/" + number
}
