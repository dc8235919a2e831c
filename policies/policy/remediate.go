package policy

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// Remediation is what an OnRemediate rule changes a resource through. It changes only properties that the rule's struct
// declares; what it does not touch stays as it is. A secret that is overwritten stays secret.
type Remediation struct {
	run   *run
	shape *shape
}

// NotApplicable ends the rule with the answer that the policy does not apply to this resource, and why.
func (c *Remediation) NotApplicable(reason string) { panic(&notApplicable{reason}) }

// Resource is the resource to mend.
func (c *Remediation) Resource() *Node { return c.run.node }

// Deployment is the deployment that the resource is part of.
func (c *Remediation) Deployment() Deployment { return c.run.session.deployment }

// changes are the properties of a resource under remediation.
type changes struct {
	properties *structpb.Struct // a copy of the resource's
	made       bool             // whether anything was changed
}

// mistake is a wrong use of the SDK by a rule; it ends the rule.
type mistake struct{ text string }

// Set gives the property at path a value: a string, boolean, number, nil, or slices and string-keyed maps of these. A
// path names nested properties and the indices of lists, separated by dots: "ingress.0.description". Objects on the way
// are made as needed. Setting what is there already changes nothing.
//
// A path that the rule's struct does not declare, an index that a list does not have, or a value of another Go type is an
// error of the rule. If a list or object on the way is not known yet, the rule ends undetermined.
func (c *Remediation) Set(path string, value any) {
	encoded, err := wire.Encode(value)
	if err != nil {
		panic(&mistake{fmt.Sprintf("it set %q: %v", path, err)})
	}
	steps := strings.Split(path, ".")
	if !c.shape.declares(steps) {
		panic(&mistake{fmt.Sprintf("it set %q, which its struct %s does not declare", path, c.shape.input)})
	}
	c.run.changes.set(c.run.changes.properties, steps, path, encoded)
}

// set walks an object along the steps and sets the last.
func (c *changes) set(object *structpb.Struct, steps []string, path string, value *structpb.Value) {
	if object.Fields == nil {
		object.Fields = map[string]*structpb.Value{}
	}
	key, rest := steps[0], steps[1:]
	if len(rest) == 0 {
		object.Fields[key] = c.replace(object.Fields[key], value)
		return
	}
	next := wire.Open(object.Fields[key])
	switch next.Kind {
	case wire.Unknown:
		at := strings.TrimSuffix(path, "."+strings.Join(rest, "."))
		(&problem{path: "." + at, unknown: next.UnknownType}).raise()
	case wire.Absent:
		made := &structpb.Struct{}
		object.Fields[key] = c.replace(object.Fields[key], structpb.NewStructValue(made))
		c.set(made, rest, path, value)
	case wire.Object:
		c.set(next.Object(), rest, path, value)
	case wire.List:
		c.setItem(next.Items(), rest, path, value)
	default:
		panic(&mistake{fmt.Sprintf("it set %q, but %q is %s", path, key, next.Kind)})
	}
}

func (c *changes) setItem(items []*structpb.Value, steps []string, path string, value *structpb.Value) {
	i, err := strconv.Atoi(steps[0])
	if err != nil || i < 0 || i >= len(items) {
		panic(&mistake{fmt.Sprintf("it set %q, but the list has no element %q: it has %d", path, steps[0], len(items))})
	}
	// The element is set as the only field of an object, and put back.
	holder := &structpb.Struct{Fields: map[string]*structpb.Value{steps[0]: items[i]}}
	c.set(holder, steps, path, value)
	items[i] = holder.Fields[steps[0]]
}

// replace is what to put in the place of old: the value, secret if old is, or old itself if nothing changes.
func (c *changes) replace(old, value *structpb.Value) *structpb.Value {
	if wire.Open(old).Secret && !wire.Open(value).Secret {
		value = wire.Wrap(value)
	}
	if old != nil && proto.Equal(old, value) {
		return old
	}
	c.made = true
	return value
}

// declares reports whether the steps lead to a property that the shape knows.
func (s *shape) declares(steps []string) bool {
	for i := range s.fields {
		f := &s.fields[i]
		if f.name == steps[0] {
			return f.elem.leadsTo(steps[1:], f.kind)
		}
	}
	return false
}

// leadsTo follows the steps into a container of the kind that holds values of the shape.
func (s *shape) leadsTo(steps []string, kind string) bool {
	if len(steps) == 0 {
		return true
	}
	if kind != "Value" {
		steps = steps[1:] // an index or a key
	}
	switch {
	case len(steps) == 0 || s.input == reflect.TypeFor[any]():
		return true
	case s.elem != nil:
		return s.elem.leadsTo(steps, s.kind)
	}
	return s.declares(steps)
}
