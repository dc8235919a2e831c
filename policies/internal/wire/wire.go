// Package wire reads and writes property values in the form the Pulumi engine sends them to a policy pack: protobuf
// structs in which secrets, unknowns, assets and references are marked by signatures.
//
// It works on the protobuf values themselves: nothing is copied into a second tree, and a pack does not link Pulumi's
// plugin host. The signatures are those of go/common/resource/sig and go/common/resource/plugin/rpc.go in Pulumi's Go
// SDK.
package wire

import (
	"encoding/base64"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/sig"
	"google.golang.org/protobuf/types/known/structpb"
)

// Kind says what a property value holds.
type Kind int

// The kinds of a value. Absent stands for a property that is missing or null.
const (
	Absent Kind = iota
	Bool
	Number
	String
	List
	Object
	Asset
	Unknown
	Malformed
)

// String names the kind as an error message would.
func (k Kind) String() string {
	return [...]string{
		"nothing", "a boolean", "a number", "a string", "a list", "an object", "an asset", "unknown", "malformed",
	}[k]
}

// Value is one property value with its wrappers (secret, output) opened. The zero Value is absent.
type Value struct {
	Kind Kind
	// Secret reports whether a wrapper marks the value as secret. What it contains is secret too.
	Secret bool
	// UnknownType is what Pulumi calls the type of an unknown value: "string", "number", "Array"; empty when known.
	UnknownType string

	proto *structpb.Value
	text  string
}

// Bool is the value of a Bool, false otherwise.
func (v Value) Bool() bool { return v.proto.GetBoolValue() }

// Number is the value of a Number, 0 otherwise.
func (v Value) Number() float64 { return v.proto.GetNumberValue() }

// Text is the value of a String, empty otherwise.
func (v Value) Text() string { return v.text }

// Items are the elements of a List, none otherwise.
func (v Value) Items() []*structpb.Value { return v.proto.GetListValue().GetValues() }

// Fields are the properties of an Object, none otherwise.
func (v Value) Fields() map[string]*structpb.Value { return v.Object().GetFields() }

// Object is an Object as the struct it was sent as, to be changed in place; nil otherwise.
func (v Value) Object() *structpb.Struct {
	if v.Kind != Object {
		return nil
	}
	return v.proto.GetStructValue()
}

// Open reads a value as the engine sent it. It never fails: what no engine sends is Malformed.
func Open(p *structpb.Value) Value {
	secret := false
	for {
		fields := p.GetStructValue().GetFields()
		mark, marked := fields[sig.Key]
		if !marked {
			v := plain(p)
			v.Secret = secret
			return v
		}
		inner, has := fields["value"]
		switch mark.GetStringValue() {
		case sig.Secret:
			secret = true
			if !has {
				return Value{Kind: Malformed, Secret: true}
			}
		case sig.OutputValue:
			secret = secret || fields["secret"].GetBoolValue()
			if !has {
				return Value{Kind: Unknown, UnknownType: "string", Secret: secret}
			}
		default:
			v := special(mark.GetStringValue(), fields)
			v.Secret = secret
			return v
		}
		p = inner
	}
}

// plain reads a value that carries no signature.
func plain(p *structpb.Value) Value {
	switch k := p.GetKind().(type) {
	case *structpb.Value_BoolValue:
		return Value{Kind: Bool, proto: p}
	case *structpb.Value_NumberValue:
		return Value{Kind: Number, proto: p}
	case *structpb.Value_StringValue:
		if t := unknownType(k.StringValue); t != "" {
			return Value{Kind: Unknown, UnknownType: t}
		}
		return Value{Kind: String, proto: p, text: k.StringValue}
	case *structpb.Value_ListValue:
		return Value{Kind: List, proto: p}
	case *structpb.Value_StructValue:
		return Value{Kind: Object, proto: p}
	default:
		return Value{}
	}
}

// special reads a value with a signature other than secret and output.
func special(mark string, fields map[string]*structpb.Value) Value {
	switch mark {
	case sig.AssetSig, sig.ArchiveSig:
		return Value{Kind: Asset}
	case sig.ByteString:
		raw, err := base64.StdEncoding.DecodeString(fields["value"].GetStringValue())
		if err != nil {
			return Value{Kind: Malformed}
		}
		return Value{Kind: String, text: string(raw)}
	case sig.ResourceReference:
		return reference(fields)
	default:
		return Value{Kind: Malformed}
	}
}

// reference reads a reference to a resource as its id, or as its URN when the resource has no id. An empty or unknown id
// is one that is not known yet.
func reference(fields map[string]*structpb.Value) Value {
	id, has := fields["id"]
	if !has {
		return Value{Kind: String, text: fields["urn"].GetStringValue()}
	}
	v := Open(id)
	if v.Kind == String && strings.TrimSpace(v.text) != "" {
		return v
	}
	return Value{Kind: Unknown, UnknownType: "string"}
}

// unknownSentinels are the strings that stand for a value not known yet, and what Pulumi's Node SDK calls their types.
var unknownSentinels = map[string]string{
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": "boolean",
	"3eeb2bf0-c639-47a8-9e75-3b44932eb421": "number",
	UnknownString:                          "string",
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": "Array",
	"030794c1-ac77-496b-92df-f27374a8bd58": "asset",
	"e48ece36-62e2-4504-bad9-02848725956a": "archive",
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff": "Object",
}

// UnknownString is what the engine sends for a string that is not known yet; most unknowns are sent as this one.
const UnknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

func unknownType(s string) string {
	if len(s) != len(UnknownString) {
		return ""
	}
	return unknownSentinels[s]
}
