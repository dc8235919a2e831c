package policy

import (
	"reflect"
	"slices"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Stack is all the resources of a stack. What connects them is looked up in indexes, each made once by one walk through
// the stack: rules may ask for every resource.
type Stack struct {
	messages  []*pulumirpc.AnalyzerResource
	nodes     []*Node
	byURN     map[string]*Node
	byType    map[string][]*Node
	children  map[string][]*Node // by the URN of the parent
	dependent map[string][]*Node // by the URN of what they depend on
	referring map[referrersOf]*referrers
	names     map[string]named // by types
}

func newStack(resources []*pulumirpc.AnalyzerResource) *Stack {
	s := &Stack{
		messages: resources, nodes: make([]*Node, len(resources)), byURN: make(map[string]*Node, len(resources)),
		byType: map[string][]*Node{}, referring: map[referrersOf]*referrers{}, names: map[string]named{},
	}
	for i, r := range resources {
		n := &Node{message: r, stack: s}
		s.nodes[i] = n
		s.byURN[n.URN()] = n
		s.byType[n.Type()] = append(s.byType[n.Type()], n)
	}
	return s
}

// Nodes are the stack's resources of the given types, in the engine's order; with no types, all resources.
func (s *Stack) Nodes(tokens ...string) []*Node {
	switch len(tokens) {
	case 0:
		return slices.Clone(s.nodes)
	case 1:
		return slices.Clone(s.byType[tokens[0]])
	}
	var found []*Node
	for _, n := range s.nodes {
		if slices.Contains(tokens, n.Type()) {
			found = append(found, n)
		}
	}
	return found
}

// connect makes the indexes of children and of dependents.
func (s *Stack) connect() {
	if s.children != nil {
		return
	}
	s.children, s.dependent = map[string][]*Node{}, map[string][]*Node{}
	for _, n := range s.nodes {
		if parent := n.Parent(); parent != nil {
			s.children[parent.URN()] = append(s.children[parent.URN()], n)
		}
		for _, on := range n.Dependencies() {
			s.dependent[on.URN()] = append(s.dependent[on.URN()], n)
		}
	}
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
func (rs Resources[T]) Get() []Resource[T] { return slices.Clone(rs.all) }

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
	nodes := r.stack.Nodes(tokens...)
	rs.all = make([]Resource[T], len(nodes))
	for i, n := range nodes {
		rs.all[i] = Resource[T]{Node: n, Props: propsOf[T](n, elem)}
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
