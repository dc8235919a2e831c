package schema

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// The names of an archive's own files; every other file is a module.
const (
	VersionFile   = "VERSION"
	ResourcesFile = "RESOURCES"
	FunctionsFile = "FUNCTIONS"
)

// Package is the schema of one Pulumi package.
type Package struct {
	Name    string // the package's name: aws
	Version string // the SDK's version that the schema was read from

	archive *zip.Reader

	mu        sync.Mutex
	lines     map[string]map[string]json.RawMessage // by module, by kind and name
	objects   map[string]Object
	enums     map[string][]string
	resources map[string]*Resource
	functions map[string]*Function
	tokens    map[string][]string // by file: all tokens, sorted
}

// Open reads an archive that the generator wrote. Nothing but the archive's table of contents is read before it is
// asked for.
func Open(name string, archive []byte) (*Package, error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("the schema of %s: %w", name, err)
	}
	p := &Package{
		Name:      name,
		archive:   reader,
		lines:     map[string]map[string]json.RawMessage{},
		objects:   map[string]Object{},
		enums:     map[string][]string{},
		resources: map[string]*Resource{},
		functions: map[string]*Function{},
		tokens:    map[string][]string{},
	}
	version, err := p.read(VersionFile)
	if err != nil {
		return nil, fmt.Errorf("the schema of %s: %w", name, err)
	}
	p.Version = strings.TrimSpace(string(version))
	return p, nil
}

// Resource returns the resource type with that token. The package's provider is the resource
// pulumi:providers:<package>.
func (p *Package) Resource(token string) (*Resource, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok := lookUp(p, p.resources, Module(token), "resource "+token)
	if ok && found.Token == "" {
		found.Token = token
	}
	return found, ok
}

// Function returns the function with that token.
func (p *Package) Function(token string) (*Function, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok := lookUp(p, p.functions, Module(token), "function "+token)
	if ok && found.Token == "" {
		found.Token = token
	}
	return found, ok
}

// Object returns the nested object that a type refers to.
func (p *Package) Object(ref string) (Object, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	module, _, _ := strings.Cut(ref, "/")
	found, ok := p.objects[ref]
	if ok {
		return found, true
	}
	raw, ok := p.line(module, "object "+ref)
	if !ok || json.Unmarshal(raw, &found) != nil {
		return nil, false
	}
	p.objects[ref] = found
	return found, true
}

// Enum returns the values that an enumeration allows.
func (p *Package) Enum(ref string) ([]string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	module, _, _ := strings.Cut(ref, "/")
	found, ok := p.enums[ref]
	if ok {
		return found, true
	}
	raw, ok := p.line(module, "enum "+ref)
	if !ok || json.Unmarshal(raw, &found) != nil {
		return nil, false
	}
	p.enums[ref] = found
	return found, true
}

// Resources returns the tokens of all resource types, sorted.
func (p *Package) Resources() []string { return p.list(ResourcesFile) }

// Functions returns the tokens of all functions, sorted.
func (p *Package) Functions() []string { return p.list(FunctionsFile) }

// Nearest returns the token of the resource type or function whose token is most like the given one, or "" when none is
// near.
func (p *Package) Nearest(token string) string {
	return Nearest(token, slices.Concat(p.Resources(), p.Functions()))
}

func lookUp[T any](p *Package, known map[string]*T, module, key string) (*T, bool) {
	if found, ok := known[key]; ok {
		return found, true
	}
	raw, ok := p.line(module, key)
	if !ok {
		return nil, false
	}
	found := new(T)
	if json.Unmarshal(raw, found) != nil {
		return nil, false
	}
	known[key] = found
	return found, true
}

// line returns one definition of a module, unpacking the module when it is the first that is wanted of it.
func (p *Package) line(module, key string) (json.RawMessage, bool) {
	lines, ok := p.lines[module]
	if !ok {
		lines = map[string]json.RawMessage{}
		p.lines[module] = lines
		text, err := p.read(module)
		if err != nil {
			return nil, false
		}
		for line := range bytes.Lines(text) {
			at := bytes.IndexByte(line, '\t')
			if at < 0 {
				continue
			}
			lines[string(line[:at])] = json.RawMessage(bytes.TrimSpace(line[at+1:]))
		}
	}
	raw, ok := lines[key]
	return raw, ok
}

func (p *Package) list(file string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.tokens[file]; ok {
		return slices.Clone(known)
	}
	text, err := p.read(file)
	if err != nil {
		return nil
	}
	p.tokens[file] = strings.Fields(string(text))
	return slices.Clone(p.tokens[file])
}

func (p *Package) read(name string) ([]byte, error) {
	file, err := p.archive.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}
