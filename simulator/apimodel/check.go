package apimodel

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Breach says in which way a value is not allowed.
type Breach uint8

// The ways in which a value can be wrong.
const (
	Missing Breach = iota // a required parameter is not given
	NotInEnum
	NotInPattern
	TooShort // of a string's characters
	TooLong
	TooLow // of a number
	TooHigh
	TooFew // of a list's or map's elements
	TooMany
)

// Violation is one value that the model does not allow.
type Violation struct {
	Operation string // ec2:CreateSubnet
	Path      string // of the input: rules[0].name
	Parameter string // the parameter's path in the operation: Rules.Name
	Breach    Breach // what is wrong
	Value     string // the value as text; empty when it is a list or sensitive
	Shape     *Shape // what the parameter can be
}

// Mapping says how a resource type's inputs are parameters of operations.
type Mapping struct {
	Operations []string // the one that makes the thing first: ec2:CreateSubnet
	// Paths gives the parameter's path for an input's, where its name does not tell; "" for an input that is no
	// parameter. [*] stands for any element of a list.
	Paths map[string]string
	// Noun is what the type calls the thing, Vault: an input "name" may then be the parameter BackupVaultName.
	Noun string
}

// Find returns the parameter that an input at the top is, in the first operation that has it.
func (m *Model) Find(mapping Mapping, input string) (operation string, s *Service, path string, shape *Shape, ok bool) {
	for _, operation := range mapping.Operations {
		s, o, known := m.Operation(operation)
		if !known {
			continue
		}
		if path, said := mapping.Paths[input]; said {
			if shape, ok := s.Parameter(o, path); ok && path != "" {
				return operation, s, path, shape, true
			}
			continue
		}
		root := s.Shapes[o.Input]
		if root == nil {
			continue
		}
		if member, shape, ok := s.Member(root, input); ok {
			return operation, s, member, shape, true
		}
		if member, shape, ok := s.named(root, mapping.Noun, input); ok {
			return operation, s, member, shape, true
		}
	}
	return "", nil, "", nil, false
}

// named returns the one member that ends with the noun and "Name", for the input "name".
func (s *Service) named(root *Shape, noun, input string) (string, *Shape, bool) {
	if input != "name" || noun == "" {
		return "", nil, false
	}
	var found []string
	for member := range root.Members {
		if strings.HasSuffix(strings.ToLower(member), strings.ToLower(noun)+"name") {
			found = append(found, member)
		}
	}
	if len(found) != 1 {
		return "", nil, false
	}
	return found[0], s.Shapes[root.Members[found[0]]], true
}

// Check returns what the model does not allow of the inputs, ordered by path. Values that are not known pass, and so
// does what counts as absent to the providers: zero, the empty string, the empty list.
func (m *Model) Check(mapping Mapping, inputs resource.PropertyMap) []Violation {
	c := &checker{mapping: mapping}
	for key, value := range inputs {
		input := string(key)
		if strings.HasPrefix(input, "__") {
			continue
		}
		operation, service, path, shape, ok := m.Find(mapping, input)
		if !ok {
			continue
		}
		c.operation, c.service = operation, service
		c.value(place{input, input, path}, shape, value)
	}
	slices.SortStableFunc(c.found, func(a, b Violation) int { return strings.Compare(a.Path, b.Path) })
	return c.found
}

type checker struct {
	mapping   Mapping
	operation string
	service   *Service
	found     []Violation
}

// place is where a value is: the input's path, the same with [*] for every index, and the parameter's path.
type place struct{ path, pattern, parameter string }

func (p place) element(i int) place {
	return place{p.path + "[" + strconv.Itoa(i) + "]", p.pattern + "[*]", p.parameter}
}

func (p place) member(property, parameter string) place {
	return place{p.path + "." + property, p.pattern + "." + property, p.parameter + "." + parameter}
}

func (c *checker) breach(at place, breach Breach, value string, shape *Shape) {
	if shape.Sensitive {
		value = ""
	}
	c.found = append(c.found, Violation{
		Operation: c.operation, Path: at.path, Parameter: at.parameter, Breach: breach, Value: value, Shape: shape,
	})
}

func (c *checker) value(at place, shape *Shape, value resource.PropertyValue) {
	switch {
	case shape == nil || value.ContainsUnknowns() && !value.IsObject() && !value.IsArray():
	case value.IsSecret():
		c.value(at, shape, value.SecretValue().Element)
	case value.IsString() && shape.Kind == String:
		c.text(at, shape, value.StringValue())
	case value.IsString() && shape.Kind == List: // the provider takes one where the cloud takes several
		c.value(at, c.service.Shapes[shape.Elem], value)
	case value.IsNumber() && shape.Kind == Number:
		c.number(at, shape, value.NumberValue())
	case value.IsArray():
		c.list(at, shape, value.ArrayValue())
	case value.IsObject():
		c.object(at, shape, value.ObjectValue())
	}
}

func (c *checker) text(at place, shape *Shape, text string) {
	length := float64(utf8.RuneCountInString(text))
	switch {
	case text == "":
	case len(shape.Enum) > 0 && !slices.Contains(shape.Enum, text):
		c.breach(at, NotInEnum, text, shape)
	case shape.Min != nil && length < *shape.Min:
		c.breach(at, TooShort, text, shape)
	case shape.Max != nil && length > *shape.Max:
		c.breach(at, TooLong, text, shape)
	case shape.Pattern != "" && !whole(shape.Pattern).MatchString(text):
		c.breach(at, NotInPattern, text, shape)
	}
}

func (c *checker) number(at place, shape *Shape, n float64) {
	text := strconv.FormatFloat(n, 'f', -1, 64)
	switch {
	case n == 0:
	case shape.Min != nil && n < *shape.Min:
		c.breach(at, TooLow, text, shape)
	case shape.Max != nil && n > *shape.Max:
		c.breach(at, TooHigh, text, shape)
	}
}

func (c *checker) list(at place, shape *Shape, elements []resource.PropertyValue) {
	if shape.Kind == Structure { // CloudFront's lists: a structure of Items and their Quantity
		if _, items, ok := c.service.Member(shape, "items"); ok {
			c.list(at, items, elements)
		}
		return
	}
	if shape.Kind != List || len(elements) == 0 {
		return
	}
	c.size(at, shape, len(elements))
	for i, element := range elements {
		c.value(at.element(i), c.service.Shapes[shape.Elem], element)
	}
}

func (c *checker) size(at place, shape *Shape, n int) {
	switch {
	case shape.Min != nil && float64(n) < *shape.Min:
		c.breach(at, TooFew, "", shape)
	case shape.Max != nil && float64(n) > *shape.Max:
		c.breach(at, TooMany, "", shape)
	}
}

func (c *checker) object(at place, shape *Shape, values resource.PropertyMap) {
	switch shape.Kind {
	case Map:
		c.pairs(at, shape, c.service.Shapes[shape.Key], c.service.Shapes[shape.Elem], values)
	case List:
		elem := c.service.Shapes[shape.Elem]
		if key, value, ok := c.pairOf(elem); ok {
			c.pairs(at, shape, key, value, values)
			return
		}
		c.value(at, elem, resource.NewObjectProperty(values)) // the provider takes one where the cloud takes several
	case Structure:
		for property, value := range values {
			c.memberOf(at, shape, string(property), value)
		}
	}
}

func (c *checker) memberOf(at place, shape *Shape, property string, value resource.PropertyValue) {
	if path, said := c.mapping.Paths[at.pattern+"."+property]; said {
		_, name, _ := strings.Cut(c.operation, ":")
		if target, ok := c.service.Parameter(c.service.Operations[name], path); ok && path != "" {
			c.value(place{at.path + "." + property, at.pattern + "." + property, path}, target, value)
		}
		return
	}
	if member, target, ok := c.service.Member(shape, property); ok {
		c.value(at.member(property, member), target, value)
	}
}

// pairNames are what the clouds call the two members of a tag or an attribute.
var pairNames = [][2]string{{"key", "value"}, {"tagKey", "tagValue"}, {"name", "value"}}

// pairOf returns the two members of a structure that is one entry of a map.
func (c *checker) pairOf(shape *Shape) (key, value *Shape, ok bool) {
	if shape == nil || shape.Kind != Structure {
		return nil, nil, false
	}
	for _, names := range pairNames {
		_, key, hasKey := c.service.Member(shape, names[0])
		_, value, hasValue := c.service.Member(shape, names[1])
		if hasKey && hasValue {
			return key, value, true
		}
	}
	return nil, nil, false
}

func (c *checker) pairs(at place, all, key, value *Shape, values resource.PropertyMap) {
	if len(values) == 0 {
		return
	}
	c.size(at, all, len(values))
	for name, held := range values {
		inner := place{at.path + "[" + strconv.Quote(string(name)) + "]", at.pattern + "[*]", at.parameter}
		if key != nil {
			c.text(inner, key, string(name))
		}
		c.value(inner, value, held)
	}
}

var compiled sync.Map // of pattern to *regexp.Regexp

// whole returns the regular expression for the whole of a text.
func whole(pattern string) *regexp.Regexp {
	if known, ok := compiled.Load(pattern); ok {
		return known.(*regexp.Regexp)
	}
	expression := regexp.MustCompile(`^(?s:` + pattern + `)$`) // the generator keeps only those that compile
	compiled.Store(pattern, expression)
	return expression
}

// Knows reports whether the model limits the values of an input, by its path with [*] for any element of a list.
func (m *Model) Knows(mapping Mapping, pattern string) bool {
	steps := strings.Split(strings.ReplaceAll(pattern, "[*]", ""), ".")
	_, s, _, shape, ok := m.Find(mapping, steps[0])
	for _, step := range steps[1:] {
		if !ok {
			return false
		}
		for shape != nil && (shape.Kind == List || shape.Kind == Map) {
			shape = s.Shapes[shape.Elem]
		}
		if shape == nil {
			return false
		}
		_, shape, ok = s.Member(shape, step)
	}
	return ok && shape != nil && (len(shape.Enum) > 0 || shape.Min != nil || shape.Max != nil || shape.Pattern != "")
}
