package policy

import (
	"reflect"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Stack is all the resources of a stack.
type Stack struct {
	messages []*pulumirpc.AnalyzerResource
	nodes    []*Node
	byURN    map[string]*Node
}

func newStack(resources []*pulumirpc.AnalyzerResource) *Stack {
	s := &Stack{
		messages: resources, nodes: make([]*Node, 0, len(resources)), byURN: make(map[string]*Node, len(resources)),
	}
	for _, r := range resources {
		n := &Node{message: r, stack: s}
		s.nodes = append(s.nodes, n)
		s.byURN[n.URN()] = n
	}
	return s
}

// Nodes are the stack's resources of the given types, in the engine's order; with no types, all resources.
func (s *Stack) Nodes(tokens ...string) []*Node {
	if len(tokens) == 0 {
		return append([]*Node(nil), s.nodes...)
	}
	var found []*Node
	for _, n := range s.nodes {
		for _, token := range tokens {
			if n.Type() == token {
				found = append(found, n)
			}
		}
	}
	return found
}

// Resource is a resource of the stack with the properties that a rule reads.
type Resource[T any] struct {
	*Node
	// Props are the resource's outputs; in a preview, as far as they are known, and inputs in their place.
	Props T
}

// Resources are all resources of the stack of the types that the field's tag names.
type Resources[T any] struct {
	all    []Resource[T]
	tokens []string
	run    *run
}

// Len is the number of resources.
func (rs Resources[T]) Len() int { return len(rs.all) }

// Get is all resources, in the engine's order.
func (rs Resources[T]) Get() []Resource[T] { return append([]Resource[T](nil), rs.all...) }

// Each calls f with every resource, as the subjects of the rule: if a stack has no subject for it, a rule does not apply.
// A resource for which f needs something that is not known does not keep f from the others: the rule ends undetermined
// only after the last one.
func (rs Resources[T]) Each(f func(Resource[T])) {
	rs.run.subjects += len(rs.all)
	if len(rs.all) == 0 {
		rs.run.noSubjects = append(rs.run.noSubjects, rs.tokens...)
	}
	forEach(len(rs.all), func(i int) { f(rs.all[i]) })
}

// Any reports whether f holds for a resource. If it holds for none, but for some it needs what is not known yet, the rule
// ends undetermined.
func (rs Resources[T]) Any(f func(Resource[T]) bool) bool {
	return anyOf(len(rs.all), func(i int) bool { return f(rs.all[i]) })
}

func (*Resources[T]) element() reflect.Type { return reflect.TypeFor[T]() }

func (rs *Resources[T]) gather(r *run, tokens []string, elem *shape) {
	rs.run, rs.tokens = r, tokens
	for _, n := range r.stack.Nodes(tokens...) {
		rs.all = append(rs.all, Resource[T]{Node: n, Props: propsOf[T](n, elem)})
	}
}

// gather fills a stack rule's struct.
func gather[T any](r *run, s *shape) T {
	var resources T
	v := reflect.ValueOf(&resources).Elem()
	for _, f := range s.fields {
		v.FieldByIndex(f.index).Addr().Interface().(collection).gather(r, f.tokens, f.elem)
	}
	return resources
}

// onlyAppliesTo words why a policy does not apply as Pulumi's Node SDK does.
func onlyAppliesTo(tokens []string) string {
	if len(tokens) == 1 {
		return "Policy only applies to resources of type '" + tokens[0] + "'"
	}
	return "Policy only applies to resources of types '" + strings.Join(tokens, "', '") + "'"
}
