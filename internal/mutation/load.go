package mutation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// variable is the environment variable with the number of the mutant to make, from 1 on.
const variable = "MUTANT"

// support is added to the package. Its functions take the number of the first mutant that they make.
const support = `package %s

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
)

var (
	// mutantMade is the mutant that the process makes: 0 for none, -1 to print which are reached.
	mutantMade = func() int { id, _ := strconv.Atoi(os.Getenv("` + variable + `")); return id }()
	// mutantSeen are those printed since anything else was, which moves the output: that another test has begun.
	mutantSeen  = map[int]bool{}
	mutantMoved int64
	mutantLock  sync.Mutex
)

func mutantReached(first, changes int) {
	mutantLock.Lock()
	defer mutantLock.Unlock()
	if at, _ := os.Stdout.Seek(0, io.SeekCurrent); at != mutantMoved {
		clear(mutantSeen)
	}
	if !mutantSeen[first] {
		mutantSeen[first] = true
		_, _ = fmt.Printf("\nmutant %%d %%d\n", first, changes)
		mutantMoved, _ = os.Stdout.Seek(0, io.SeekCurrent)
	}
}

func mutantIs(first, changes int) bool {
	if mutantMade < 0 {
		mutantReached(first, changes)
	}
	return mutantMade >= first && mutantMade < first+changes
}

func mutantValue[T any](first int, value T, changes ...T) T {
	if mutantIs(first, len(changes)) {
		return changes[mutantMade-first]
	}
	return value
}

func mutantOrder[T cmp.Ordered](first int, operator string, x, y T) bool {
	bound := (operator == "<=" || operator == ">=") != mutantIs(first, 1)
	if operator == "<" || operator == "<=" {
		return x < y || bound && x == y
	}
	return x > y || bound && x == y
}
`

// mutate writes the package's files with all changes into the work folder, and a build overlay that puts them in place.
func mutate(ctx context.Context, folder, work string, options Options) ([]Mutant, string, error) {
	p, err := load(ctx, folder)
	if err != nil {
		return nil, "", err
	}
	replace := map[string]string{}
	write := func(name string, text []byte) error {
		replace[filepath.Join(p.Dir, name)] = filepath.Join(work, name)
		return os.WriteFile(filepath.Join(work, name), text, 0o600)
	}
	mutants, errs := []Mutant(nil), []error{write("mutants_support.go", fmt.Appendf(nil, support, p.Name))}
	for i, file := range p.files {
		if len(options.Files) > 0 && !slices.Contains(options.Files, p.GoFiles[i]) {
			continue
		}
		r := rewriter{
			pkg: p, name: p.GoFiles[i], source: p.sources[i], skip: options.Skip, first: len(mutants) + 1,
			marks: map[ast.Node]mark{},
		}
		errs = append(errs, write(r.name, r.rewrite(file)))
		mutants = append(mutants, r.mutants...)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	path := filepath.Join(work, "overlay.json")
	return mutants, path, errors.Join(append(errs, err, os.WriteFile(path, overlay, 0o600))...)
}

// pkg is a package with its types.
type pkg struct {
	Dir, Name, ImportPath, Export string
	GoFiles                       []string

	fset    *token.FileSet
	files   []*ast.File
	sources [][]byte
	info    types.Info
}

// load parses and checks the package in the folder.
func load(ctx context.Context, folder string) (*pkg, error) {
	listed, err := run(ctx, folder, 0, "go", "list", "-export", "-deps", "-json=Dir,Name,ImportPath,Export,GoFiles", ".")
	if err != nil {
		return nil, err
	}
	p, exports := &pkg{}, map[string]string{}
	for decoder := json.NewDecoder(strings.NewReader(listed)); decoder.More(); {
		p = &pkg{fset: token.NewFileSet(), info: types.Info{Types: map[ast.Expr]types.TypeAndValue{}}}
		if err := decoder.Decode(p); err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
	}
	for _, name := range p.GoFiles { // of the last: it comes after what it depends on
		source, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(p.fset, name, source, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.files, p.sources = append(p.files, file), append(p.sources, source)
	}
	imports := importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	_, err = (&types.Config{Importer: imports}).Check(p.ImportPath, p.fset, p.files, &p.info)
	return p, err
}
