// Command generate reads the API models that the clouds publish as Go modules and writes the facts about their
// operations' parameters as archives for the package apimodel, one <cloud>.zip in the current folder. It takes facts
// only: no prose.
//
//	go run ./generate aws google
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/apimodel"
	"github.com/holdfast-iac/holdfast/simulator/internal/archive"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// source is where the models of a cloud are, and how to read one.
type source struct {
	module, version string
	services        string // those that are read
	// read returns a service from the module's folder.
	read func(folder, service string) (*apimodel.Service, error)
}

// sources lists the modules that are read, by cloud.
var sources = map[string]source{
	"aws":    {"github.com/aws/aws-sdk-go", "v1.55.8", awsServices, readAWS},
	"google": {"google.golang.org/api", "v0.290.0", googleServices, readGoogle},
}

func run(clouds []string) error {
	if len(clouds) == 0 {
		return errors.New("which clouds? for example: generate aws google")
	}
	for _, name := range clouds {
		src, ok := sources[name]
		if !ok {
			return fmt.Errorf("there is no %q: there are aws and google", name)
		}
		files, err := src.files()
		if err != nil {
			return err
		}
		packed, err := archive.Pack(files)
		if err != nil {
			return err
		}
		if err := os.WriteFile(name+".zip", packed, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// files returns the archive's files by name.
func (src source) files() (map[string]string, error) {
	folder, err := archive.ModuleDir(src.module, src.version)
	if err != nil {
		return nil, err
	}
	files := map[string]string{apimodel.VersionFile: src.module + " " + src.version + "\n"}
	for name := range strings.FieldsSeq(src.services) {
		service, err := src.read(folder, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		prune(service)
		text, err := json.Marshal(service)
		if err != nil {
			return nil, err
		}
		files[name] = string(text)
	}
	return files, nil
}

// prune drops the shapes that no operation takes.
func prune(s *apimodel.Service) {
	used := map[string]*apimodel.Shape{}
	var use func(name string)
	use = func(name string) {
		shape, known := s.Shapes[name]
		if _, done := used[name]; done || !known {
			return
		}
		used[name] = shape
		use(shape.Elem)
		use(shape.Key)
		for _, member := range shape.Members {
			use(member)
		}
	}
	for _, operation := range s.Operations {
		use(operation.Input)
	}
	s.Shapes = used
}
