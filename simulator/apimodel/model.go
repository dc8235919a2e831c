package apimodel

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
)

// VersionFile is the name of the archive's file that holds the version of the module that was read; every other file is
// a service.
const VersionFile = "VERSION"

// Model is the API model of one cloud. It never changes, and is safe for concurrent use.
type Model struct {
	Version string // of the module that was read

	archive  *zip.Reader
	mu       sync.Mutex
	services map[string]*Service
}

// Service is one service of a cloud, with the operations that make or change something.
type Service struct {
	Operations map[string]*Operation `json:"operations"` // by name: CreateSubnet
	Shapes     map[string]*Shape     `json:"shapes"`     // what parameters can be, by name
}

// Operation is one operation of a service.
type Operation struct {
	Input  string   `json:"input"`            // the name of the shape of its parameters
	Errors []string `json:"errors,omitempty"` // the names of the errors that it lists, sorted
}

// Shape is what a parameter can be.
type Shape struct {
	Kind      Kind              `json:"kind"`                // decides which of the other fields count
	Sensitive bool              `json:"sensitive,omitempty"` // the value is a secret
	Required  []string          `json:"required,omitempty"`  // of a Structure: the members that must be given
	Members   map[string]string `json:"members,omitempty"`   // of a Structure: the names of their shapes
	Elem      string            `json:"elem,omitempty"`      // of a List or Map: the name of the shape of what it holds
	Key       string            `json:"key,omitempty"`       // of a Map: the name of the shape of its keys
	Enum      []string          `json:"enum,omitempty"`      // of a String: its values
	Pattern   string            `json:"pattern,omitempty"`   // of a String: a regular expression for the whole of it
	Min       *float64          `json:"min,omitempty"`       // the least number, length in characters, or count of elements
	Max       *float64          `json:"max,omitempty"`       // the greatest

	folded map[string]string // the members' names by the same in small letters
}

// Kind is the kind of a shape.
type Kind string

// The kinds of shapes.
const (
	String    Kind = "string"
	Number    Kind = "number"
	Boolean   Kind = "boolean"
	List      Kind = "list"
	Map       Kind = "map"
	Structure Kind = "structure"
	Other     Kind = "other" // times, bytes, documents
)

// Open reads an archive that the generator wrote.
func Open(archive []byte) (*Model, error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("the API model: %w", err)
	}
	m := &Model{archive: reader, services: map[string]*Service{}}
	version, err := m.read(VersionFile)
	if err != nil {
		return nil, fmt.Errorf("the API model: %w", err)
	}
	m.Version = strings.TrimSpace(string(version))
	return m, nil
}

// Service returns the service of that name: ec2.
func (m *Model) Service(name string) (*Service, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if known, ok := m.services[name]; ok {
		return known, known != nil
	}
	m.services[name] = nil // says that there is none
	text, err := m.read(name)
	if err != nil {
		return nil, false
	}
	s := &Service{}
	if json.Unmarshal(text, s) != nil {
		return nil, false
	}
	for _, shape := range s.Shapes {
		shape.fold()
	}
	m.services[name] = s
	return s, true
}

// Operation returns the operation of that name, with its service: ec2:CreateSubnet.
func (m *Model) Operation(name string) (*Service, *Operation, bool) {
	service, operation, _ := strings.Cut(name, ":")
	s, ok := m.Service(service)
	if !ok {
		return nil, nil, false
	}
	found, ok := s.Operations[operation]
	return s, found, ok
}

// Parameter returns the shape of an operation's parameter by its path: VpcConfig.SubnetIds. Lists and maps on the way
// stand for what they hold.
func (s *Service) Parameter(operation *Operation, path string) (*Shape, bool) {
	shape := s.Shapes[operation.Input]
	for name := range strings.SplitSeq(path, ".") {
		for shape != nil && (shape.Kind == List || shape.Kind == Map) {
			shape = s.Shapes[shape.Elem]
		}
		if shape == nil {
			return nil, false
		}
		shape = s.Shapes[shape.Members[name]]
	}
	return shape, shape != nil
}

// Member returns the name and shape of a structure's member whose name differs from the given one in capitals only.
func (s *Service) Member(structure *Shape, name string) (string, *Shape, bool) {
	member, ok := structure.folded[strings.ToLower(name)]
	return member, s.Shapes[structure.Members[member]], ok
}

func (s *Shape) fold() {
	s.folded = make(map[string]string, len(s.Members))
	for name := range s.Members {
		s.folded[strings.ToLower(name)] = name
	}
}

func (m *Model) read(name string) ([]byte, error) {
	file, err := m.archive.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}
