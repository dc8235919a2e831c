package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// sdk is the source text of all packages of an SDK, by folder ("index" for the root).
type sdk struct {
	packages map[string]*goPackage
}

// goPackage is what the reader needs of one Go package.
type goPackage struct {
	module  string
	structs map[string]*ast.StructType
	strings map[string][]string    // enumerations of strings: their values
	numbers map[string]schema.Kind // enumerations of anything else
	plain   map[string]string      // XArgs -> xArgs, by their ElementType methods
	funcs   []*ast.FuncDecl
}

// dated matches the folders of azure-native that repeat a module for one API version; only the default version is read.
var dated = regexp.MustCompile(`^v\d{8}`)

// folder holds Go packages: the one that lies in it itself goes by the given name, those below by their own.
type folder struct{ name, path string }

func parseSDK(folders ...folder) (*sdk, error) {
	s := &sdk{packages: map[string]*goPackage{}}
	for _, f := range folders {
		if err := s.parseTree(f); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *sdk) parseTree(root folder) error {
	return filepath.WalkDir(root.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			return nil
		}
		if path == root.path {
			return s.parseFolder(root.name, path)
		}
		switch name := entry.Name(); {
		case name == "internal" || name == "utilities" || name == "config" && !hasResources(path):
			return filepath.SkipDir
		case dated.MatchString(name):
			return filepath.SkipDir
		}
		relative, err := filepath.Rel(root.path, path)
		if err != nil {
			return err
		}
		return s.parseFolder(filepath.ToSlash(relative), path)
	})
}

// hasResources tells a module called config from the SDK's own package of that name, which only reads configuration.
func hasResources(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "init.go"))
	return err == nil
}

func (s *sdk) parseFolder(module, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	pkg := &goPackage{
		module:  module,
		structs: map[string]*ast.StructType{},
		strings: map[string][]string{},
		numbers: map[string]schema.Kind{},
		plain:   map[string]string{},
	}
	found := false
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil,
			parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg.add(file)
		found = true
	}
	if found {
		s.packages[module] = pkg
	}
	return nil
}

func (p *goPackage) add(file *ast.File) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			p.addGeneral(decl)
		case *ast.FuncDecl:
			p.addFunc(decl)
		}
	}
}

func (p *goPackage) addGeneral(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			switch t := spec.Type.(type) {
			case *ast.StructType:
				p.structs[spec.Name.Name] = t
			case *ast.Ident:
				switch kind, ok := scalars[t.Name]; {
				case t.Name == "string":
					p.strings[spec.Name.Name] = append(p.strings[spec.Name.Name], []string{}...)
				case ok:
					p.numbers[spec.Name.Name] = kind
				}
			}
		case *ast.ValueSpec:
			p.addEnumValues(spec)
		}
	}
}

// addEnumValues reads `ProtocolTCP = Protocol("tcp")`.
func (p *goPackage) addEnumValues(spec *ast.ValueSpec) {
	for _, value := range spec.Values {
		call, ok := value.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			continue
		}
		name, isName := call.Fun.(*ast.Ident)
		text, isText := stringLiteral(call.Args[0])
		if isName && isText {
			p.strings[name.Name] = append(p.strings[name.Name], text)
		}
	}
}

func (p *goPackage) addFunc(decl *ast.FuncDecl) {
	if decl.Recv == nil {
		p.funcs = append(p.funcs, decl)
		return
	}
	if decl.Name.Name != "ElementType" || len(decl.Recv.List) != 1 {
		return
	}
	receiver, ok := decl.Recv.List[0].Type.(*ast.Ident)
	if !ok {
		return
	}
	// reflect.TypeOf((*subnetArgs)(nil)).Elem()
	ast.Inspect(decl.Body, func(node ast.Node) bool {
		if star, ok := node.(*ast.StarExpr); ok {
			if name, ok := star.X.(*ast.Ident); ok {
				p.plain[receiver.Name] = name.Name
			}
		}
		return true
	})
}

func stringLiteral(expr ast.Expr) (string, bool) {
	literal, ok := expr.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

// propertyName returns the name in a field's `pulumi:"name"` tag.
func propertyName(field *ast.Field) (string, error) {
	if field.Tag == nil {
		return "", nil
	}
	tag, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		return "", fmt.Errorf("the tag %s: %w", field.Tag.Value, err)
	}
	match := pulumiTag.FindStringSubmatch(tag)
	if match == nil {
		return "", nil
	}
	name, _, _ := strings.Cut(match[1], ",")
	return name, nil
}

var pulumiTag = regexp.MustCompile(`pulumi:"([^"]*)"`)
