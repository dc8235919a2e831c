package tests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// libraries are the folders that others import from.
var libraries = []string{"components", "policies", "simulator", "stacks"}

// TestEveryExportedNameIsDocumented holds for types, functions, methods, constants, variables and fields.
func TestEveryExportedNameIsDocumented(t *testing.T) {
	t.Parallel()
	names := 0
	for _, library := range libraries {
		err := filepath.WalkDir(filepath.Join("..", library), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "internal"):
				return filepath.SkipDir
			case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			for _, n := range exported(file) {
				names++
				assert.True(t, n.documented, "%s: %s has no comment", files.Position(n.pos), n.text)
			}
			return nil
		})
		require.NoError(t, err)
	}
	assert.Greater(t, names, 300, "the walk has missed the libraries")
}

type name struct {
	text       string
	pos        token.Pos
	documented bool
}

func exported(file *ast.File) []name {
	var names []name
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.IsExported() && (decl.Recv == nil || ast.IsExported(receiver(decl.Recv.List[0].Type))) {
				names = append(names, name{decl.Name.Name, decl.Pos(), decl.Doc != nil})
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				names = append(names, exportedIn(spec, decl.Doc != nil)...)
			}
		}
	}
	return names
}

func receiver(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return receiver(expr.X)
	case *ast.IndexExpr:
		return receiver(expr.X)
	case *ast.Ident:
		return expr.Name
	}
	return ""
}

// exportedIn returns the names that one line of a declaration declares. A comment on the whole declaration counts.
func exportedIn(spec ast.Spec, documented bool) []name {
	var names []name
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, id := range spec.Names {
			if id.IsExported() {
				names = append(names, name{id.Name, id.Pos(), documented || spec.Doc != nil || spec.Comment != nil})
			}
		}
	case *ast.TypeSpec:
		if !spec.Name.IsExported() {
			return nil
		}
		names = append(names, name{spec.Name.Name, spec.Pos(), documented || spec.Doc != nil})
		structure, ok := spec.Type.(*ast.StructType)
		if !ok {
			return names
		}
		for _, field := range structure.Fields.List {
			for _, id := range field.Names {
				if id.IsExported() {
					names = append(names, name{spec.Name.Name + "." + id.Name, id.Pos(), field.Doc != nil || field.Comment != nil})
				}
			}
		}
	}
	return names
}
