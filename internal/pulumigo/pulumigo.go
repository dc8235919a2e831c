// Package pulumigo writes examples of policies as Pulumi programs in Go.
package pulumigo

import (
	"fmt"
	"go/format"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Program is what makes the example's resources, in the body of a function that has a *pulumi.Context named ctx and
// returns an error. The schema tells how the SDK's arguments are called; what it does not have is an error.
func Program(known *schema.Package, example []policy.Example) (string, error) {
	w := &writer{known: known}
	for i, resource := range example {
		if i > 0 {
			w.line(0, "")
		}
		w.resource(resource, referredTo(example, resource.Name), i == 0)
	}
	if len(w.problems) > 0 {
		return "", fmt.Errorf("the example is no program: %s", strings.Join(w.problems, "; "))
	}
	formatted, err := format.Source([]byte(w.String()))
	if err != nil {
		return "", fmt.Errorf("the example is no program: %w", err)
	}
	return string(formatted), nil
}

type writer struct {
	strings.Builder
	known    *schema.Package
	problems []string
}

func (w *writer) reject(format string, args ...any) {
	w.problems = append(w.problems, fmt.Sprintf(format, args...))
}

func (w *writer) line(depth int, format string, args ...any) {
	w.WriteString(strings.Repeat("\t", depth))
	fmt.Fprintf(w, format, args...)
	w.WriteString("\n")
}

// resource writes one resource, under a variable if others refer to it.
func (w *writer) resource(r policy.Example, referred, first bool) {
	pkg, name := schema.Module(r.Type), r.Type[strings.LastIndex(r.Type, ":")+1:]
	found, ok := w.known.Resource(r.Type)
	provided, isProvider := strings.CutPrefix(r.Type, "pulumi:providers:")
	if isProvider {
		pkg, name = provided, "Provider"
		found, ok = &schema.Resource{}, true // the schemas are of what providers make
	}
	if !ok {
		w.reject("there is no type %s", r.Type)
		return
	}
	variable, assign := "_", "="
	if referred {
		variable, assign = r.Name, ":="
	}
	if first {
		assign = ":="
	}
	if !isProvider {
		for _, problem := range w.known.ValidateInputs(found.Inputs, resource.NewPropertyMapFromMap(r.Properties)) {
			w.reject("%s.%s: %s", r.Name, problem.Path, problem)
		}
	}
	fmt.Fprintf(w, "%s, err %s %s.New%s(ctx, %q, &%s.%sArgs{", variable, assign, pkg, name, r.Name, pkg, name)
	w.object(found.Inputs, r.Properties, 1)
	w.line(0, "}%s)", options(r))
	w.line(0, "if err != nil {")
	w.line(1, "return err")
	w.line(0, "}")
}

// options are the resource's options as further arguments.
func options(r policy.Example) string {
	text := ""
	if r.Protect {
		text += ", pulumi.Protect(true)"
	}
	if len(r.IgnoreChanges) > 0 {
		text += fmt.Sprintf(", pulumi.IgnoreChanges(%#v)", r.IgnoreChanges)
	}
	if r.DeleteBeforeReplace {
		text += ", pulumi.DeleteBeforeReplace(true)"
	}
	return text
}

// object writes the fields of a struct of arguments at the depth.
func (w *writer) object(known schema.Object, properties map[string]any, depth int) {
	if len(properties) == 0 {
		return
	}
	w.WriteString("\n")
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		fmt.Fprintf(w, "%s%s: ", strings.Repeat("\t", depth), title(name))
		w.value(known[name].Type, properties[name], depth)
		w.WriteString(",\n")
	}
	w.WriteString(strings.Repeat("\t", depth-1))
}

// value writes a property's value. One of another type than the schema has was rejected before.
func (w *writer) value(t schema.Type, value any, depth int) {
	switch v := value.(type) {
	case []any:
		w.list(t, v, depth)
	case map[string]any:
		w.nested(t, v, depth)
	case string:
		w.text(v)
	case bool:
		fmt.Fprintf(w, "pulumi.Bool(%t)", v)
	case int:
		function := "Int"
		if t.Kind == schema.Number {
			function = "Float64"
		}
		fmt.Fprintf(w, "pulumi.%s(%d)", function, v)
	default:
		fmt.Fprintf(w, "pulumi.Float64(%v)", v)
	}
}

func (w *writer) text(value string) {
	if name, ok := policy.ConfiguredSecret(value); ok {
		fmt.Fprintf(w, "config.New(ctx, \"\").RequireSecret(%q)", name)
		return
	}
	if name, property, ok := policy.OutputOf(value); ok {
		if property == "id" {
			fmt.Fprintf(w, "%s.ID()", name)
			return
		}
		fmt.Fprintf(w, "%s.%s", name, title(property))
		return
	}
	literal := strconv.Quote(value)
	if strings.Contains(value, `"`) && strconv.CanBackquote(value) {
		literal = "`" + value + "`"
	}
	fmt.Fprintf(w, "pulumi.String(%s)", literal)
}

func (w *writer) list(t schema.Type, items []any, depth int) {
	elem := schema.Type{}
	if t.Elem != nil {
		elem = *t.Elem
	}
	fmt.Fprintf(w, "%s{", collection(elem, "Array"))
	for i, item := range items {
		if i == 0 {
			w.WriteString("\n")
		}
		w.WriteString(strings.Repeat("\t", depth+1))
		w.value(elem, item, depth+1)
		w.WriteString(",\n")
	}
	if len(items) > 0 {
		w.WriteString(strings.Repeat("\t", depth))
	}
	w.WriteString("}")
}

func (w *writer) nested(t schema.Type, fields map[string]any, depth int) {
	if t.Kind == schema.Nested {
		object, _ := w.known.Object(t.Ref)
		fmt.Fprintf(w, "&%sArgs{", goName(t.Ref))
		w.object(object, fields, depth+1)
		w.WriteString("}")
		return
	}
	elem := schema.Type{}
	if t.Elem != nil {
		elem = *t.Elem
	}
	fmt.Fprintf(w, "%s{\n", collection(elem, "Map"))
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		fmt.Fprintf(w, "%s%q: ", strings.Repeat("\t", depth+1), key)
		w.value(elem, fields[key], depth+1)
		w.WriteString(",\n")
	}
	w.WriteString(strings.Repeat("\t", depth) + "}")
}

// collection is the Go type of a list or a map of values.
func collection(elem schema.Type, suffix string) string {
	switch elem.Kind {
	case schema.Nested:
		return goName(elem.Ref) + suffix
	case schema.String, schema.OneOf:
		return "pulumi.String" + suffix
	case schema.Integer:
		return "pulumi.Int" + suffix
	case schema.Boolean:
		return "pulumi.Bool" + suffix
	}
	return "pulumi." + suffix
}

// goName is the Go name of a nested object: "s3.BucketGrant" for "s3/BucketGrant".
func goName(ref string) string { return strings.Replace(ref, "/", ".", 1) }

// title is a property's name as the SDK's structs have it.
func title(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// referredTo reports whether a resource of the example refers to the named one.
func referredTo(example []policy.Example, name string) bool {
	return slices.ContainsFunc(example, func(r policy.Example) bool { return mentions(r.Properties, name) })
}

func mentions(value any, name string) bool {
	switch v := value.(type) {
	case string:
		of, _, ok := policy.OutputOf(v)
		return ok && of == name
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return mentions(item, name) })
	case map[string]any:
		for _, field := range v {
			if mentions(field, name) {
				return true
			}
		}
	}
	return false
}
