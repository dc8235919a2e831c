package schema

import (
	"fmt"
	"strings"
)

// Kind is the shape of a property's value.
type Kind uint8

// The kinds of values a property can have.
const (
	Any Kind = iota
	String
	Integer
	Number
	Boolean
	Asset   // a file or an archive of files
	Array   // of Type.Elem
	Map     // of Type.Elem, keyed by strings
	Nested  // an object, described by Package.Object(Type.Ref)
	OneOf   // a string out of Package.Enum(Type.Ref)
	numKind // the number of kinds
)

var kindNames = [numKind]string{
	Any: "any", String: "string", Integer: "int", Number: "number", Boolean: "bool", Asset: "asset",
}

// Type is the type of a property's value.
type Type struct {
	Kind Kind   // decides which of the other fields count
	Elem *Type  // what an Array or a Map holds
	Ref  string // the name of a Nested object or of a OneOf enumeration
}

// String renders the type in the notation of the archives: a scalar's name,
// [T] for an array, {T} for a map, #ref for an object, @ref for an enumeration.
func (t Type) String() string {
	switch t.Kind {
	case Array:
		return "[" + t.Elem.String() + "]"
	case Map:
		return "{" + t.Elem.String() + "}"
	case Nested:
		return "#" + t.Ref
	case OneOf:
		return "@" + t.Ref
	default:
		return kindNames[t.Kind]
	}
}

// ParseType reads the notation that Type.String writes.
func ParseType(text string) (Type, error) {
	if text == "" {
		return Type{}, fmt.Errorf("an empty type")
	}
	last := len(text) - 1
	switch {
	case text[0] == '[' && text[last] == ']', text[0] == '{' && text[last] == '}':
		elem, err := ParseType(text[1:last])
		if err != nil {
			return Type{}, err
		}
		kind := Array
		if text[0] == '{' {
			kind = Map
		}
		return Type{Kind: kind, Elem: &elem}, nil
	case text[0] == '#':
		return Type{Kind: Nested, Ref: text[1:]}, nil
	case text[0] == '@':
		return Type{Kind: OneOf, Ref: text[1:]}, nil
	}
	for kind, name := range kindNames {
		if name == text {
			return Type{Kind: Kind(kind)}, nil
		}
	}
	return Type{}, fmt.Errorf("%q is not a type", text)
}

// Property is one property of an object: an input or an output.
type Property struct {
	Type       Type    // of the value
	Required   bool    // an input that must be given, an output that is always there
	Replaces   bool    // the documentation says that a change replaces the resource
	Deprecated bool    // by the SDK
	Secret     bool    // an output that is always a secret
	Limits     *Limits // what the documentation says of an input's values; nil for nothing
}

// The flags that follow the type in the notation of a property.
const (
	flagRequired   = '!'
	flagReplaces   = '^'
	flagDeprecated = '~'
	flagSecret     = '*'
)

// MarshalText renders the property as its type followed by its flags and, each after a space, its limits.
func (p Property) MarshalText() ([]byte, error) {
	text := []byte(p.Type.String())
	for _, flag := range []struct {
		set  bool
		mark byte
	}{
		{p.Required, flagRequired},
		{p.Replaces, flagReplaces},
		{p.Deprecated, flagDeprecated},
		{p.Secret, flagSecret},
	} {
		if flag.set {
			text = append(text, flag.mark)
		}
	}
	if p.Limits != nil {
		for _, word := range p.Limits.words() {
			text = append(text, " "+word...)
		}
	}
	return text, nil
}

// UnmarshalText reads what MarshalText writes.
func (p *Property) UnmarshalText(text []byte) error {
	words := strings.Fields(string(text))
	if len(words) == 0 {
		return fmt.Errorf("an empty property")
	}
	rest := words[0]
	limits, err := parseLimits(words[1:])
	if err != nil {
		return err
	}
	parsed := Property{Limits: limits}
	for rest != "" {
		switch rest[len(rest)-1] {
		case flagRequired:
			parsed.Required = true
		case flagReplaces:
			parsed.Replaces = true
		case flagDeprecated:
			parsed.Deprecated = true
		case flagSecret:
			parsed.Secret = true
		default:
			t, err := ParseType(rest)
			parsed.Type = t
			*p = parsed
			return err
		}
		rest = rest[:len(rest)-1]
	}
	return fmt.Errorf("the property %q has no type", text)
}

// Object is a set of named properties: the inputs or outputs of a resource or function, or a nested object.
type Object map[string]Property

// Resource is a resource type.
type Resource struct {
	Token   string   `json:"-"`                 // aws:ec2/vpc:Vpc
	Inputs  Object   `json:"in,omitempty"`      // what a program may give
	Outputs Object   `json:"out,omitempty"`     // what the cloud gives back
	Aliases []string `json:"aliases,omitempty"` // type tokens it had earlier
}

// Function is a look-up.
type Function struct {
	Token   string `json:"-"`             // aws:ec2/getVpc:getVpc
	Inputs  Object `json:"in,omitempty"`  // the arguments
	Outputs Object `json:"out,omitempty"` // the result
}

// Module returns the part of a type token that names its module: ec2 for aws:ec2/vpc:Vpc, index for a type at the
// package's root or a provider.
func Module(token string) string {
	parts := strings.SplitN(token, ":", 3)
	if len(parts) != 3 || parts[0] == "pulumi" {
		return RootModule
	}
	module, _, _ := strings.Cut(parts[1], "/")
	return module
}

// RootModule is the module of the types at a package's root.
const RootModule = "index"
