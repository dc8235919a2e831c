package policy

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
)

// shape says how values of one Go type are filled. Shapes are made when a pack is built, so that all mistakes in the
// types are found then, and so that nothing is looked up by reflection when a resource is checked.
type shape struct {
	input  reflect.Type
	fields []field // of a struct
	kind   string  // of a List or Map in another: which it is
	elem   *shape  // and what it holds
}

type field struct {
	index  []int
	name   string   // the property, for a struct of properties
	tokens []string // the resource types, for a struct of resources
	elem   *shape
	kind   string // the container: Value, List, Map or Resources
}

// property is a field that holds a property: *Value, *List or *Map of anything.
type property interface {
	container() string
	element() reflect.Type
	decode(*decoder, wire.Value, *shape)
}

// collection is a field of a stack rule's struct: *Resources of anything.
type collection interface {
	element() reflect.Type
	gather(*run, []string, *shape)
}

// planner makes shapes, each type once, and collects what is wrong with them.
type planner struct {
	shapes   map[reflect.Type]*shape
	problems []string
	where    []string
}

func (p *planner) reject(format string, args ...any) {
	p.problems = append(p.problems, strings.Join(p.where, ".")+": "+fmt.Sprintf(format, args...))
}

func (p *planner) within(name string, f func()) {
	p.where = append(p.where, name)
	f()
	p.where = p.where[:len(p.where)-1]
}

// names are those of all properties in the shapes.
func (p *planner) names() map[string]bool {
	names := map[string]bool{}
	for _, s := range p.shapes {
		for _, f := range s.fields {
			names[f.name] = true
		}
	}
	return names
}

// properties makes the shape of a struct of properties.
func (p *planner) properties(t reflect.Type) *shape {
	return p.object(t, func(s *shape, f reflect.StructField, index []int) {
		prop, ok := reflect.New(f.Type).Interface().(property)
		if !ok {
			p.reject("has the type %s; a property must be a policy.Value, policy.List or policy.Map", f.Type)
			return
		}
		name := f.Tag.Get("pulumi")
		switch {
		case name == "":
			p.reject(`needs a tag that names the property, like %s`, "`pulumi:\"cidrBlocks\"`")
		case strings.ContainsAny(name, ", .[]") || strings.HasPrefix(name, "__"):
			p.reject("has the tag %q, which is not the name of a property", name)
		}
		for _, other := range s.fields {
			if other.name == name && name != "" {
				p.reject("has the tag %q, which another field has too", name)
			}
		}
		s.fields = append(s.fields, field{
			index: index, name: name, kind: prop.container(), elem: p.elementOf(prop),
		})
	})
}

// resources makes the shape of a stack rule's struct.
func (p *planner) resources(t reflect.Type) *shape {
	return p.object(t, func(s *shape, f reflect.StructField, index []int) {
		of, ok := reflect.New(f.Type).Interface().(collection)
		if !ok {
			p.reject("has the type %s; a stack rule reads policy.Resources", f.Type)
			return
		}
		tokens := strings.Split(f.Tag.Get("pulumi"), ",")
		for _, token := range tokens {
			p.token(token)
		}
		s.fields = append(s.fields, field{index: index, tokens: tokens, kind: "Resources", elem: p.properties(of.element())})
	})
}

// object makes the shape of a struct, with add for each field that is not embedded.
func (p *planner) object(t reflect.Type, add func(*shape, reflect.StructField, []int)) *shape {
	if s, done := p.shapes[t]; done {
		return s
	}
	s := &shape{input: t}
	p.shapes[t] = s
	if t.Kind() != reflect.Struct {
		p.reject("%s is not a struct", t)
		return s
	}
	p.addFields(s, t, nil, add)
	return s
}

func (p *planner) addFields(s *shape, t reflect.Type, at []int, add func(*shape, reflect.StructField, []int)) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int{}, at...), i)
		p.within(f.Name, func() {
			switch {
			case f.Anonymous && f.Tag.Get("pulumi") == "" && f.Type.Kind() == reflect.Struct:
				p.addFields(s, f.Type, index, add)
			case !f.IsExported():
				p.reject("is not exported, so it cannot be filled")
			default:
				add(s, f, index)
			}
		})
	}
}

// elementOf makes the shape of what a Value, List or Map holds.
func (p *planner) elementOf(prop property) *shape {
	t := prop.element()
	switch reflect.New(t).Interface().(type) {
	case *string, *bool, *int, *int64, *float64, *any:
		return &shape{input: t}
	}
	if nested, ok := reflect.New(t).Interface().(property); ok {
		if prop.container() == "Value" || nested.container() == "Value" {
			p.reject("holds %s in a %s; use the inner type alone", t, prop.container())
		}
		return &shape{input: t, kind: nested.container(), elem: p.elementOf(nested)}
	}
	if t.Kind() != reflect.Struct {
		p.reject("holds %s; it can hold string, bool, int, int64, float64, any or a struct of properties", t)
		return &shape{input: t}
	}
	return p.properties(t)
}

// token checks the spelling of a resource type: package:module:Type, where the module may be empty or nested.
func (p *planner) token(token string) {
	parts := strings.Split(token, ":")
	if len(parts) < 2 || parts[0] == "" || parts[len(parts)-1] == "" || strings.ContainsAny(token, " ,*") {
		p.reject("%q is not a resource type; one looks like \"aws:ec2/vpc:Vpc\"", token)
	}
}
