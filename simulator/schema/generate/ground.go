package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/internal/archive"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// apiModels is the module in which a cloud publishes the models of its API.
type apiModels struct {
	module, version string
	files           *regexp.Regexp // the models' names, from the module's root
}

var (
	awsModels = &apiModels{"github.com/aws/aws-sdk-go", "v1.55.8", regexp.MustCompile(`^models/apis/.*/api-2\.json$`)}
	gcpModels = &apiModels{"google.golang.org/api", "v0.290.0", regexp.MustCompile(`-api\.json$`)}
)

// enumerations are the sets of values that the models know, found by a value in small letters.
type enumerations map[string][][]string

// read returns every enumeration of the models.
func (m apiModels) read() (enumerations, error) {
	root, err := archive.ModuleDir(m.module, m.version)
	if err != nil {
		return nil, err
	}
	found := enumerations{}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		if err != nil || !m.files.MatchString(filepath.ToSlash(name)) {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var model any
		if err := json.Unmarshal(text, &model); err != nil {
			return err
		}
		found.collect(model)
		return nil
	})
	return found, err
}

// collect enters every list called enum.
func (e enumerations) collect(node any) {
	switch node := node.(type) {
	case map[string]any:
		if list, ok := node["enum"].([]any); ok {
			e.add(list)
		}
		for _, inner := range node {
			e.collect(inner)
		}
	case []any:
		for _, inner := range node {
			e.collect(inner)
		}
	}
}

func (e enumerations) add(list []any) {
	values := make([]string, len(list))
	for i, value := range list {
		values[i], _ = value.(string)
	}
	for _, value := range values {
		key := strings.ToLower(value)
		e[key] = append(e[key], values)
	}
}

// holding returns the smallest enumeration that has all the values, nil when none has: a comment's list may lack some
// of what the cloud allows, a model's does not.
func (e enumerations) holding(values []string) []string {
	var best []string
	for _, candidate := range e[strings.ToLower(values[0])] {
		if (best == nil || len(candidate) < len(best) || len(candidate) == len(best) && slices.Compare(candidate, best) < 0) &&
			!slices.ContainsFunc(values, func(value string) bool { return !has(candidate, value) }) {
			best = candidate
		}
	}
	return best
}

func has(list []string, value string) bool {
	return slices.ContainsFunc(list, func(one string) bool { return strings.EqualFold(one, value) })
}

// ground holds the lists that comments give against the cloud's own: they become the enumeration that has them all, and
// go where there is none.
func (f *facts) ground(known enumerations) {
	for _, resource := range f.resources {
		known.correct(resource.Inputs)
	}
	for _, object := range f.objects {
		known.correct(object)
	}
}

func (e enumerations) correct(object schema.Object) {
	for name, property := range object {
		if property.Limits == nil || len(property.Limits.Allowed) == 0 {
			continue
		}
		if whole := e.holding(property.Limits.Allowed); len(whole) != len(property.Limits.Allowed) {
			property.Limits.Allowed = slices.Compact(slices.Sorted(slices.Values(whole)))
		}
		if property.Limits.Empty() {
			property.Limits = nil
		}
		object[name] = property
	}
}
