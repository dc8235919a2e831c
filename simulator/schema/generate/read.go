package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// facts is what was read of an SDK.
type facts struct {
	resources map[string]*schema.Resource
	functions map[string]*schema.Function
	objects   map[string]schema.Object
	enums     map[string][]string
}

type reader struct {
	sdk *sdk
	facts
	pending []pending // nested objects still to be read
}

type pending struct {
	pkg  *goPackage
	name string
	ref  string
}

func (s *sdk) read(name string) (*facts, error) {
	r := &reader{sdk: s, facts: facts{
		resources: map[string]*schema.Resource{},
		functions: map[string]*schema.Function{},
		objects:   map[string]schema.Object{},
		enums:     map[string][]string{},
	}}
	for _, module := range slices.Sorted(maps.Keys(s.packages)) {
		pkg := s.packages[module]
		for _, decl := range pkg.funcs {
			if err := r.function(pkg, decl); err != nil {
				return nil, fmt.Errorf("%s.%s: %w", module, decl.Name.Name, err)
			}
		}
	}
	for len(r.pending) > 0 {
		next := r.pending[0]
		r.pending = r.pending[1:]
		object, err := r.plainObject(next.pkg, next.name, nil)
		if err != nil {
			return nil, err
		}
		r.objects[next.ref] = object
	}
	if len(r.resources) == 0 {
		return nil, fmt.Errorf("no resource types of %s in the source text", name)
	}
	return &r.facts, nil
}

// function reads a Go function that registers a resource or invokes a look-up; others are passed over.
func (r *reader) function(pkg *goPackage, decl *ast.FuncDecl) error {
	var err error
	ast.Inspect(decl, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		name, isToken := stringLiteral(call.Args[0])
		switch {
		case !isToken:
		case method.Sel.Name == "RegisterResource" || method.Sel.Name == "RegisterPackageResource":
			err = r.resource(pkg, decl, name)
		case method.Sel.Name == "Invoke" || method.Sel.Name == "InvokePackage":
			err = r.lookup(pkg, decl, name)
		}
		return err == nil
	})
	return err
}

// resource reads NewX: its Args parameter gives the inputs, X the outputs, and its body what is required, secret or
// aliased.
func (r *reader) resource(pkg *goPackage, decl *ast.FuncDecl, name string) error {
	args, result := parameterType(decl, "args"), resultType(decl)
	body := readBody(decl)
	inputs, err := r.plainObject(pkg, pkg.plain[args], body.required)
	if err != nil {
		return err
	}
	for _, name := range body.replaces {
		if property, ok := inputs[name]; ok {
			property.Replaces = true
			inputs[name] = property
		}
	}
	outputs, err := r.outputs(pkg, result, body.secret)
	if err != nil {
		return err
	}
	r.resources[name] = &schema.Resource{Inputs: inputs, Outputs: outputs, Aliases: body.aliases}
	return nil
}

// lookup reads GetX: its args parameter gives the inputs, its result the outputs.
func (r *reader) lookup(pkg *goPackage, decl *ast.FuncDecl, name string) error {
	var inputs schema.Object
	var err error
	if args := parameterType(decl, "args"); args != "" {
		if inputs, err = r.plainObject(pkg, args, nil); err != nil {
			return err
		}
	}
	outputs, err := r.plainObject(pkg, resultType(decl), nil)
	if err != nil {
		return err
	}
	for name, property := range outputs { // what a look-up answers is not for the program to get right
		property.Limits = nil
		outputs[name] = property
	}
	r.functions[name] = &schema.Function{Inputs: inputs, Outputs: outputs}
	return nil
}

// plainObject reads a plain struct. Required names, by Go field, what must be given beyond what the Go types say.
func (r *reader) plainObject(pkg *goPackage, name string, required map[string]bool) (schema.Object, error) {
	return r.object(pkg, name, func(field *ast.Field) (schema.Property, error) {
		t, needed, err := r.plainType(pkg, field.Type)
		return schema.Property{
			Type:     t,
			Required: needed || required[field.Names[0].Name],
			Replaces: replaces(field.Doc.Text()),
			Limits:   limits(t.Kind, field.Doc.Text()),
		}, err
	})
}

// outputs reads a resource's struct.
func (r *reader) outputs(pkg *goPackage, name string, secret []string) (schema.Object, error) {
	object, err := r.object(pkg, name, func(field *ast.Field) (schema.Property, error) {
		t, always, err := r.outputType(pkg, field.Type)
		return schema.Property{Type: t, Required: always}, err
	})
	for _, name := range secret {
		if property, ok := object[name]; ok {
			property.Secret = true
			object[name] = property
		}
	}
	return object, err
}

func (r *reader) object(
	pkg *goPackage, name string, read func(*ast.Field) (schema.Property, error),
) (schema.Object, error) {
	declared, ok := pkg.structs[name]
	if !ok {
		return nil, fmt.Errorf("no struct %q in %s", name, pkg.module)
	}
	object := schema.Object{}
	for _, field := range declared.Fields.List {
		tag, err := propertyName(field)
		if err != nil {
			return nil, err
		}
		if tag == "" || len(field.Names) != 1 {
			continue
		}
		property, err := read(field)
		if err != nil {
			return nil, fmt.Errorf("%s.%s.%s: %w", pkg.module, name, tag, err)
		}
		property.Deprecated = deprecated(field.Doc.Text())
		object[tag] = property
	}
	settle(object)
	return object, nil
}

func parameterType(decl *ast.FuncDecl, name string) string {
	for _, parameter := range decl.Type.Params.List {
		if len(parameter.Names) == 1 && parameter.Names[0].Name == name {
			return pointee(parameter.Type)
		}
	}
	return ""
}

func resultType(decl *ast.FuncDecl) string {
	if decl.Type.Results == nil || len(decl.Type.Results.List) == 0 {
		return ""
	}
	return pointee(decl.Type.Results.List[0].Type)
}

func pointee(expr ast.Expr) string {
	if star, ok := expr.(*ast.StarExpr); ok {
		if name, ok := star.X.(*ast.Ident); ok {
			return name.Name
		}
	}
	return ""
}

// body is what the body of a NewX function says.
type body struct {
	required map[string]bool // Go fields of Args that must not be nil
	secret   []string        // pulumi.AdditionalSecretOutputs
	aliases  []string        // pulumi.Aliases: earlier type tokens
	replaces []string        // pulumi.ReplaceOnChanges: paths
}

func readBody(decl *ast.FuncDecl) body {
	b := body{required: map[string]bool{}}
	ast.Inspect(decl.Body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.IfStmt:
			if field, ok := refusedWhenNil(node); ok {
				b.required[field] = true
			}
		case *ast.CallExpr:
			if isPulumi(node.Fun, "AdditionalSecretOutputs") {
				b.secret = literals(node)
			}
			if isPulumi(node.Fun, "ReplaceOnChanges") {
				b.replaces = literals(node)
			}
		case *ast.KeyValueExpr:
			if key, ok := node.Key.(*ast.Ident); ok && key.Name == "Type" {
				b.aliases = append(b.aliases, literals(node)...)
			}
		}
		return true
	})
	return b
}

// refusedWhenNil recognises `if args.X == nil { return nil, … }`.
func refusedWhenNil(statement *ast.IfStmt) (string, bool) {
	condition, ok := statement.Cond.(*ast.BinaryExpr)
	if !ok || condition.Op != token.EQL || len(statement.Body.List) == 0 {
		return "", false
	}
	field, ok := condition.X.(*ast.SelectorExpr)
	if _, returns := statement.Body.List[0].(*ast.ReturnStmt); !ok || !returns {
		return "", false
	}
	return field.Sel.Name, true
}

func isPulumi(expr ast.Expr, name string) bool {
	selector, ok := expr.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != name {
		return false
	}
	from, ok := selector.X.(*ast.Ident)
	return ok && from.Name == "pulumi"
}

// literals returns all string literals below a node.
func literals(node ast.Node) []string {
	var found []string
	ast.Inspect(node, func(node ast.Node) bool {
		if expr, ok := node.(ast.Expr); ok {
			if text, ok := stringLiteral(expr); ok {
				found = append(found, text)
			}
		}
		return true
	})
	return found
}
