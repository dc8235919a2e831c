package policy

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"google.golang.org/protobuf/types/known/structpb"
)

// settingShape says which values a setting may have. It is made from the setting's Go type when a pack is built.
type settingShape struct {
	kind     string         // the type as JSON schema names it
	fields   []settingField // of a struct
	elem     *settingShape  // of a slice or map
	min, max *float64       // bounds of a number, or of a string's length
	enum     []string
}

type settingField struct {
	index       int
	name        string
	description string
	required    bool
	shape       *settingShape
}

// config makes the shape of a policy's settings and checks their defaults; it is nil for a policy without settings.
func (p *planner) config(config any) *settingShape {
	if config == nil {
		return nil
	}
	t := reflect.TypeOf(config)
	if t.Kind() != reflect.Struct {
		p.reject("has the type %s; it must be a struct of settings", t)
		return nil
	}
	before := len(p.problems)
	s := p.settings(t, false, nil)
	if len(p.problems) == before {
		defaults := settingsReader{}
		defaults.read(reflect.New(t).Elem(), s.plain(reflect.ValueOf(config)), s, nil)
		for _, problem := range defaults.problems {
			p.reject("the default of %s", problem)
		}
	}
	return s
}

// settings makes the shape of a struct of settings. above are the structs it is part of; inElement tells that it is held
// by a slice or map, where there are no defaults.
func (p *planner) settings(t reflect.Type, inElement bool, above []reflect.Type) *settingShape {
	s := &settingShape{kind: "object", fields: []settingField{}}
	if slices.Contains(above, t) {
		p.reject("the struct %s holds itself, which settings cannot", t)
		return s
	}
	above = append(above, t)
	for i := range t.NumField() {
		f := t.Field(i)
		p.within(f.Name, func() {
			if !f.IsExported() {
				p.reject("is not exported, so it cannot be filled")
				return
			}
			field := settingField{index: i, name: f.Tag.Get("pulumi"), description: f.Tag.Get("description")}
			p.settingName(s, field.name)
			field.required = f.Tag.Get("required") == "true"
			if field.required && !inElement {
				p.reject("has a default, so it cannot be required; only in a slice or map can it")
			}
			field.shape = p.setting(f.Type, inElement, above)
			p.limits(field.shape, f.Tag)
			s.fields = append(s.fields, field)
		})
	}
	return s
}

func (p *planner) settingName(s *settingShape, name string) {
	switch {
	case name == "":
		p.reject("needs a tag that names the setting, like %s", "`pulumi:\"ports\"`")
	case name == "enforcementLevel":
		p.reject("has the tag %q, which stands for the policy's level in its configuration", name)
	case strings.ContainsAny(name, ", .[]"):
		p.reject("has the tag %q, which is not the name of a setting", name)
	case s.field(name) != nil:
		p.reject("has the tag %q, which another field has too", name)
	}
}

// setting makes the shape of one setting.
func (p *planner) setting(t reflect.Type, inElement bool, above []reflect.Type) *settingShape {
	switch kind := t.Kind(); {
	case kind == reflect.String:
		return &settingShape{kind: "string"}
	case kind == reflect.Bool:
		return &settingShape{kind: "boolean"}
	case kind == reflect.Int, kind == reflect.Int64:
		return &settingShape{kind: "integer"}
	case kind == reflect.Float64:
		return &settingShape{kind: "number"}
	case kind == reflect.Slice:
		return &settingShape{kind: "array", elem: p.setting(t.Elem(), true, above)}
	case kind == reflect.Map && t.Key().Kind() == reflect.String:
		return &settingShape{kind: "object", elem: p.setting(t.Elem(), true, above)}
	case kind == reflect.Struct:
		return p.settings(t, inElement, above)
	}
	p.reject("has the type %s; a setting can be string, bool, int, int64, float64, a slice, a map with string keys, "+
		"or a struct of settings", t)
	return &settingShape{}
}

// limits reads the tags that narrow a setting's values. On a slice or map they are about its elements.
func (p *planner) limits(s *settingShape, tag reflect.StructTag) {
	for s.elem != nil {
		s = s.elem
	}
	s.min, s.max = p.limit(s, tag, "min"), p.limit(s, tag, "max")
	if names := tag.Get("enum"); names != "" {
		s.enum = strings.Split(names, ",")
		if s.kind != "string" {
			p.reject("has the tag enum, which is for strings")
		}
	}
}

func (p *planner) limit(s *settingShape, tag reflect.StructTag, name string) *float64 {
	text, ok := tag.Lookup(name)
	if !ok {
		return nil
	}
	if s.kind != "integer" && s.kind != "number" && s.kind != "string" {
		p.reject("has the tag %s, which is for numbers and the lengths of strings", name)
	}
	limit, err := strconv.ParseFloat(text, 64)
	if err != nil {
		p.reject("has the tag %s:%q, which is not a number", name, text)
	}
	return &limit
}

func (s *settingShape) field(name string) *settingField {
	for i := range s.fields {
		if s.fields[i].name == name {
			return &s.fields[i]
		}
	}
	return nil
}

// plain is a Go value of the shape as JSON has it.
func (s *settingShape) plain(v reflect.Value) any {
	switch {
	case s.fields != nil:
		object := map[string]any{}
		for _, f := range s.fields {
			object[f.name] = f.shape.plain(v.Field(f.index))
		}
		return object
	case s.kind == "object":
		object := map[string]any{}
		for _, key := range v.MapKeys() {
			object[key.String()] = s.elem.plain(v.MapIndex(key))
		}
		return object
	case s.kind == "array":
		list := make([]any, v.Len())
		for i := range list {
			list[i] = s.elem.plain(v.Index(i))
		}
		return list
	case s.kind == "integer":
		return float64(v.Int())
	case s.kind == "number":
		return v.Float()
	case s.kind == "boolean":
		return v.Bool()
	}
	return v.String()
}

// schema is the JSON schema of the shape.
func (s *settingShape) schema() map[string]any {
	schema := map[string]any{"type": s.kind}
	switch {
	case s.fields != nil:
		s.objectSchema(schema)
	case s.kind == "object":
		schema["additionalProperties"] = s.elem.schema()
	case s.kind == "array":
		schema["items"] = s.elem.schema()
	}
	lower, upper := "minimum", "maximum"
	if s.kind == "string" {
		lower, upper = "minLength", "maxLength"
	}
	if s.min != nil {
		schema[lower] = *s.min
	}
	if s.max != nil {
		schema[upper] = *s.max
	}
	if s.enum != nil {
		schema["enum"] = s.enum
	}
	return schema
}

func (s *settingShape) objectSchema(schema map[string]any) {
	properties, required := map[string]any{}, []string{}
	for _, f := range s.fields {
		property := f.shape.schema()
		if f.description != "" {
			property["description"] = f.description
		}
		properties[f.name] = property
		if f.required {
			required = append(required, f.name)
		}
	}
	schema["properties"], schema["additionalProperties"] = properties, false
	if len(required) > 0 {
		schema["required"] = required
	}
}

// configSchema is the schema of a policy's settings with their defaults, nil for a policy without settings.
func (c *compiled) configSchema() *structpb.Struct {
	if c.settings == nil {
		return nil
	}
	properties := c.settings.schema()["properties"].(map[string]any)
	for name, value := range c.settings.plain(reflect.ValueOf(c.Config)).(map[string]any) {
		properties[name].(map[string]any)["default"] = value
	}
	encoded, _ := wire.Encode(properties) // it is made of plain values
	return encoded.GetStructValue()
}
