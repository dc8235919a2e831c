package main

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// scalars maps the SDK's plain Go types, and the names in its output types, to kinds.
var scalars = map[string]schema.Kind{
	"string": schema.String, "int": schema.Integer, "float64": schema.Number, "bool": schema.Boolean,
	"String": schema.String, "Int": schema.Integer, "Float64": schema.Number, "Bool": schema.Boolean,
	"Asset": schema.Asset, "Archive": schema.Asset, "AssetOrArchive": schema.Asset,
	"Any": schema.Any, "any": schema.Any,
}

// plainType reads the type of a plain struct's field: *string, []InstanceDisk, map[string]string. Required is what the
// Go type says: a value that cannot be nil must be there; for lists, maps and interfaces it says nothing.
func (r *reader) plainType(pkg *goPackage, expr ast.Expr) (t schema.Type, required bool, err error) {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		t, _, err = r.plainType(pkg, expr.X)
		return t, false, err
	case *ast.InterfaceType:
		return schema.Type{Kind: schema.Any}, false, nil
	case *ast.ArrayType:
		elem, _, err := r.plainType(pkg, expr.Elt)
		return schema.Type{Kind: schema.Array, Elem: &elem}, false, err
	case *ast.MapType:
		elem, _, err := r.plainType(pkg, expr.Value)
		return schema.Type{Kind: schema.Map, Elem: &elem}, false, err
	case *ast.Ident:
		if kind, ok := scalars[expr.Name]; ok {
			return schema.Type{Kind: kind}, true, nil
		}
		t, err = r.named(pkg, expr.Name)
		return t, true, err
	case *ast.SelectorExpr:
		if from := expr.X.(*ast.Ident).Name; from != "pulumi" {
			other, ok := r.sdk.packages[from]
			if !ok {
				return schema.Type{}, false, fmt.Errorf("no package %s", from)
			}
			t, err = r.named(other, expr.Sel.Name)
			return t, true, err
		}
		if kind, ok := scalars[expr.Sel.Name]; ok { // an interface: pulumi.AssetOrArchive
			return schema.Type{Kind: kind}, false, nil
		}
	}
	return schema.Type{}, false, fmt.Errorf("a type this generator does not know: %T %v", expr, expr)
}

// named resolves a type declared in an SDK package, and remembers nested objects to be read.
func (r *reader) named(pkg *goPackage, name string) (schema.Type, error) {
	ref := pkg.module + "/" + name
	if _, ok := pkg.strings[name]; ok {
		r.enums[ref] = pkg.strings[name]
		return schema.Type{Kind: schema.OneOf, Ref: ref}, nil
	}
	if kind, ok := pkg.numbers[name]; ok {
		return schema.Type{Kind: kind}, nil
	}
	if _, ok := pkg.structs[name]; !ok {
		return schema.Type{}, fmt.Errorf("no type %s in %s", name, pkg.module)
	}
	if _, seen := r.objects[ref]; !seen {
		r.objects[ref] = nil
		r.pending = append(r.pending, pending{pkg, name, ref})
	}
	return schema.Type{Kind: schema.Nested, Ref: ref}, nil
}

// outputType reads the type of a resource's field: pulumi.StringPtrOutput, InstanceDiskArrayOutput. A value that is no
// Ptr is always there; for what can be nil anyway the Go type does not say.
func (r *reader) outputType(pkg *goPackage, expr ast.Expr) (t schema.Type, required bool, err error) {
	name, from := "", pkg
	switch expr := expr.(type) {
	case *ast.Ident:
		name = expr.Name
	case *ast.SelectorExpr:
		name = expr.Sel.Name
		from = r.sdk.packages[expr.X.(*ast.Ident).Name] // nil for pulumi itself
	}
	base, ok := strings.CutSuffix(name, "Output")
	if !ok {
		return schema.Type{}, false, fmt.Errorf("%v is not an output", expr)
	}
	t, err = r.outputBase(from, base)
	nilable := []schema.Kind{schema.Any, schema.Array, schema.Asset, schema.Map}
	required = err == nil && !strings.HasSuffix(base, "Ptr") && !slices.Contains(nilable, t.Kind)
	return t, required, err
}

func (r *reader) outputBase(pkg *goPackage, base string) (schema.Type, error) {
	if pkg == nil {
		if kind, ok := scalars[base]; ok {
			return schema.Type{Kind: kind}, nil
		}
	} else if t, err := r.named(pkg, base); err == nil {
		return t, nil
	}
	if rest, ok := strings.CutSuffix(base, "Ptr"); ok {
		return r.outputBase(pkg, rest)
	}
	for suffix, kind := range map[string]schema.Kind{"Array": schema.Array, "Map": schema.Map} {
		rest, ok := strings.CutSuffix(base, suffix)
		if !ok {
			continue
		}
		elem := schema.Type{Kind: schema.Any} // pulumi.ArrayOutput, pulumi.MapOutput
		if rest != "" {
			var err error
			if elem, err = r.outputBase(pkg, rest); err != nil {
				return schema.Type{}, err
			}
		}
		return schema.Type{Kind: kind, Elem: &elem}, nil
	}
	return schema.Type{}, fmt.Errorf("an output type this generator does not know: %s", base)
}
