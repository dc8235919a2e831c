package wire

import (
	"fmt"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/sig"
	"google.golang.org/protobuf/types/known/structpb"
)

// Secret is a Go value to be sent as a secret.
type Secret struct{ Value any }

// NotKnown is a Go value to be sent as unknown.
type NotKnown struct{}

// Encode turns a Go literal into what the engine would send: nil, booleans, strings, numbers, slices, maps with string
// keys, Secret and NotKnown, nested as needed. It fails on any other type, naming it.
func Encode(v any) (*structpb.Value, error) {
	switch v := v.(type) {
	case nil:
		return structpb.NewNullValue(), nil
	case NotKnown:
		return structpb.NewStringValue(UnknownString), nil
	case Secret:
		inner, err := Encode(v.Value)
		if err != nil {
			return nil, err
		}
		return Wrap(inner), nil
	case *structpb.Value:
		return v, nil
	}
	rv := reflect.ValueOf(v)
	switch rv.Kind() {
	case reflect.Bool:
		return structpb.NewBoolValue(rv.Bool()), nil
	case reflect.String:
		return structpb.NewStringValue(rv.String()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return structpb.NewNumberValue(float64(rv.Int())), nil
	case reflect.Float32, reflect.Float64:
		return structpb.NewNumberValue(rv.Float()), nil
	case reflect.Slice, reflect.Array:
		return encodeList(rv)
	case reflect.Map:
		return encodeMap(rv)
	default:
		return nil, fmt.Errorf("a property value cannot be of the Go type %T", v)
	}
}

func encodeList(rv reflect.Value) (*structpb.Value, error) {
	items := make([]*structpb.Value, rv.Len())
	for i := range items {
		item, err := Encode(rv.Index(i).Interface())
		if err != nil {
			return nil, fmt.Errorf("[%d]: %w", i, err)
		}
		items[i] = item
	}
	return structpb.NewListValue(&structpb.ListValue{Values: items}), nil
}

func encodeMap(rv reflect.Value) (*structpb.Value, error) {
	if rv.Type().Key().Kind() != reflect.String {
		return nil, fmt.Errorf("a property map cannot be of the Go type %s: its keys must be strings", rv.Type())
	}
	fields := make(map[string]*structpb.Value, rv.Len())
	for _, key := range rv.MapKeys() {
		field, err := Encode(rv.MapIndex(key).Interface())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		fields[key.String()] = field
	}
	return structpb.NewStructValue(&structpb.Struct{Fields: fields}), nil
}

// Wrap marks a value as secret.
func Wrap(v *structpb.Value) *structpb.Value {
	return structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{
		sig.Key: structpb.NewStringValue(sig.Secret),
		"value": v,
	}})
}
