package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// files lays the facts out as the archive's files: one a module with a line a definition ("resource TOKEN<tab>JSON"),
// the tokens, and the version.
func (f *facts) files(version string) (map[string]string, error) {
	lines := map[string][]string{}
	add := func(module, key string, value any) error {
		text, err := json.Marshal(value)
		lines[module] = append(lines[module], key+"\t"+string(text)+"\n")
		return err
	}
	for token, resource := range f.resources {
		if err := add(schema.Module(token), "resource "+token, resource); err != nil {
			return nil, err
		}
	}
	for token, function := range f.functions {
		if err := add(schema.Module(token), "function "+token, function); err != nil {
			return nil, err
		}
	}
	for ref, object := range f.objects {
		if err := add(moduleOf(ref), "object "+ref, object); err != nil {
			return nil, err
		}
	}
	for ref, values := range f.enums {
		if err := add(moduleOf(ref), "enum "+ref, values); err != nil {
			return nil, err
		}
	}
	files := map[string]string{
		schema.VersionFile:   version + "\n",
		schema.ResourcesFile: list(f.resources),
		schema.FunctionsFile: list(f.functions),
	}
	for module, text := range lines {
		slices.Sort(text)
		files[module] = strings.Join(text, "")
	}
	return files, nil
}

func moduleOf(ref string) string {
	module, _, _ := strings.Cut(ref, "/")
	return module
}

func list[T any](by map[string]T) string {
	return strings.Join(slices.Sorted(maps.Keys(by)), "\n") + "\n"
}
