package policy

import (
	"reflect"
	"slices"
)

// Reads lists the properties of resources of the type token that the policy's rules read, as paths with "*" for the
// index of a list or the key of a map: "ingress", "ingress.*.protocol". It is empty if the policy says nothing about the
// type.
func (p Policy) Reads(token string) []string {
	plan := &planner{shapes: map[reflect.Type]*shape{}}
	c := plan.compile(p)
	var paths []string
	for _, r := range slices.Concat(c.resource, c.remediation) {
		if r.rule.isFor(token) {
			paths = r.shape.paths("", nil, paths)
		}
	}
	for _, r := range c.stack {
		for _, f := range r.shape.fields {
			if slices.Contains(f.tokens, token) {
				paths = f.elem.paths("", nil, paths)
			}
		}
	}
	return unique(paths)
}

// paths appends the paths of the shape's fields under prefix. A struct that holds itself is followed once.
func (s *shape) paths(prefix string, above []*shape, paths []string) []string {
	if slices.Contains(above, s) {
		return paths
	}
	above = append(above, s)
	for _, f := range s.fields {
		paths = append(paths, prefix+f.name)
		paths = f.elem.pathsIn(prefix+f.name, f.kind, above, paths)
	}
	return paths
}

// pathsIn appends the paths within a container of the kind that holds values of the shape.
func (s *shape) pathsIn(at, kind string, above []*shape, paths []string) []string {
	if kind != "Value" {
		at += ".*"
		paths = append(paths, at)
	}
	if s.elem != nil {
		return s.elem.pathsIn(at, s.kind, above, paths)
	}
	return s.paths(at+".", above, paths)
}
