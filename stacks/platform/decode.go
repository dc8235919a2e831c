package platform

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// decodeConfig fills a struct from the configuration keys of our namespace, and records everything that does not fit.
// Fields are known by their `pulumi` tags.
//
// A zero, an empty text or an empty list is refused where it would be mistaken for "not set": nobody who writes
// "zones: 0" means "the default". A field where zero means something is a pointer.
func decodeConfig(config map[string]string, into any, ps *spec.Problems) {
	fields := fieldsOf(reflect.ValueOf(into).Elem())
	for _, key := range slices.Sorted(maps.Keys(config)) {
		name, ours := strings.CutPrefix(key, namespace)
		if !ours {
			continue
		}
		field, ok := fields[name]
		if !ok {
			ps.Add(key, nil, "there is no such setting; %s", suggestKey(name, keys(fields)))
			continue
		}
		decode(key, parse(config[key], field.Kind()), field, ps)
	}
}

// suggestKey ends the message about an unknown key. A dot in it is most likely a path that was set as a plain key.
func suggestKey(name string, known []string) string {
	if section, _, ok := strings.Cut(name, "."); ok && slices.Contains(known, section) {
		return fmt.Sprintf("to set a part of %s%s, use: pulumi config set --path", namespace, section)
	}
	for i := range known {
		known[i] = namespace + known[i]
	}
	return spec.DidYouMean(namespace+name, known)
}

// parse returns a configuration value as JSON would hold it. Text stays text where text is wanted, and where it is not
// JSON: decode then says what was expected.
func parse(text string, wanted reflect.Kind) any {
	var value any
	if wanted == reflect.String || json.Unmarshal([]byte(text), &value) != nil {
		return text
	}
	return value
}

// decode stores a JSON value in target, or records at path why it does not fit.
func decode(path string, value any, target reflect.Value, ps *spec.Problems) {
	if value == nil {
		ps.Add(path, nil, "has no value; give it one, or leave it out for the default")
		return
	}
	before := len(*ps)
	switch target.Kind() {
	case reflect.Pointer:
		target.Set(reflect.New(target.Type().Elem()))
		if target = target.Elem(); target.Kind() == reflect.Struct {
			decodeStruct(path, value, target, ps)
		} else {
			decodeScalar(path, value, target, ps)
		}
		return
	case reflect.Struct:
		decodeStruct(path, value, target, ps)
		return
	case reflect.Map:
		decodeMap(path, value, target, ps)
		return
	case reflect.Slice:
		decodeList(path, value, target, ps)
	default:
		decodeScalar(path, value, target, ps)
		if target.Kind() == reflect.Bool {
			return
		}
	}
	empty := target.IsZero() || target.Kind() == reflect.Slice && target.Len() == 0
	if empty && len(*ps) == before {
		ps.Add(path, value, "is not allowed; leave it out for the default")
	}
}

func decodeStruct(path string, value any, target reflect.Value, ps *spec.Problems) {
	object, ok := value.(map[string]any)
	switch {
	case value == "":
		ps.Add(path, nil, "has no value; use {} for the defaults, or settings, each on a line of its own as name: value")
		return
	case !ok:
		wrongKind(path, value, "settings, each on a line of its own as name: value, or {} for the defaults", ps)
		return
	}
	fields := fieldsOf(target)
	for _, key := range slices.Sorted(maps.Keys(object)) {
		at := path + "." + key
		if field, ok := fields[key]; ok {
			decode(at, object[key], field, ps)
		} else {
			ps.Add(at, nil, "there is no such setting; %s", spec.DidYouMean(key, keys(fields)))
		}
	}
}

func decodeMap(path string, value any, target reflect.Value, ps *spec.Problems) {
	object, ok := value.(map[string]any)
	if !ok {
		wrongKind(path, value, "names with values, each on a line of its own as name: value", ps)
		return
	}
	target.Set(reflect.MakeMap(target.Type()))
	for _, key := range slices.Sorted(maps.Keys(object)) {
		element := reflect.New(target.Type().Elem()).Elem()
		decode(path+"."+key, object[key], element, ps)
		target.SetMapIndex(reflect.ValueOf(key), element)
	}
}

func decodeList(path string, value any, target reflect.Value, ps *spec.Problems) {
	list, ok := value.([]any)
	if !ok {
		wrongKind(path, value, "a list, for example [a, b]", ps)
		return
	}
	target.Set(reflect.MakeSlice(target.Type(), len(list), len(list)))
	for i, element := range list {
		decode(fmt.Sprintf("%s[%d]", path, i), element, target.Index(i), ps)
	}
}

func decodeScalar(path string, value any, target reflect.Value, ps *spec.Problems) {
	switch target.Kind() {
	case reflect.String:
		if text, ok := value.(string); ok {
			target.SetString(text)
		} else {
			wrongKind(path, value, "text, in quotes", ps)
		}
	case reflect.Bool:
		if answer, ok := value.(bool); ok {
			target.SetBool(answer)
		} else {
			wrongKind(path, value, "true or false, without quotes", ps)
		}
	case reflect.Int:
		if number, ok := value.(float64); ok && number == math.Trunc(number) && math.Abs(number) < 1<<53 {
			target.SetInt(int64(number))
		} else {
			wrongKind(path, value, "a whole number, without quotes", ps)
		}
	case reflect.Float64:
		if number, ok := value.(float64); ok {
			target.SetFloat(number)
		} else {
			wrongKind(path, value, "a number, without quotes", ps)
		}
	default:
		panic(fmt.Sprintf("platform: no way to decode a %s", target.Type()))
	}
}

func wrongKind(path string, value any, right string, ps *spec.Problems) {
	kind := "a number"
	switch value.(type) {
	case string:
		kind = "text"
	case bool:
		kind = "a boolean"
	case []any:
		kind = "a list"
	case map[string]any:
		kind = "a map"
	}
	ps.Add(path, value, "is %s; use %s", kind, right)
}

// fieldsOf returns a struct's fields by their tags.
func fieldsOf(target reflect.Value) map[string]reflect.Value {
	fields := map[string]reflect.Value{}
	for i := range target.NumField() {
		fields[target.Type().Field(i).Tag.Get("pulumi")] = target.Field(i)
	}
	return fields
}

func keys[V any](m map[string]V) []string { return slices.Collect(maps.Keys(m)) }
