package policy

import (
	"slices"
	"strings"
)

// AnyReferring reports whether f holds for a resource whose property refers to target, as Node.References tells; a nil f
// holds for all. It is Any with AllOf of both conditions, but looks only at the resources that may refer to target: in a
// large stack, Any would look at all resources for each target.
func (rs Resources[T]) AnyReferring(property string, target *Node, f func(Resource[T]) bool) bool {
	refers := func(i int) bool {
		return AllOf(
			func() bool { return rs.all[i].References(property, target) },
			func() bool { return f == nil || f(rs.all[i]) },
		)
	}
	may := rs.run.stack.referrers(rs.tokens, property)
	naming := may.naming(target)
	if anyOf(len(naming), func(i int) bool { return refers(naming[i]) }) {
		return true
	}
	// Of the others none is known to refer to target: the first for which f holds leaves it open, and ends the rule.
	return slices.ContainsFunc(may.anywhere, refers)
}

// EachReferring calls f with every resource whose property refers to target, as Node.References tells. A resource of which
// that is not known, or for which f needs what is not known, does not keep f from the others: the rule ends undetermined
// only after the last one. Unlike those of Each, the resources are not the subjects of the rule.
func (rs Resources[T]) EachReferring(property string, target *Node, f func(Resource[T])) {
	may := rs.run.stack.referrers(rs.tokens, property)
	naming := may.naming(target)
	forEach(len(naming), func(i int) {
		if r := rs.all[naming[i]]; r.References(property, target) {
			f(r)
		}
	})
	for _, i := range may.anywhere {
		rs.all[i].References(property, target) // ends the rule, unless f was called with it
	}
}

// AnyReferredBy reports whether f holds for a resource that the property of another, from, refers to, as Node.References
// tells; a nil f holds for all. If the property is not known and may refer to anything, the rule ends undetermined.
// Like AnyReferring, it looks only at the resources that may be meant.
func (rs Resources[T]) AnyReferredBy(from *Node, property string, f func(Resource[T]) bool) bool {
	may := rs.run.stack.named(rs.tokens).in(from.references(property))
	found := anyOf(len(may), func(i int) bool {
		return AllOf(
			func() bool { return from.References(property, rs.all[may[i]].Node) },
			func() bool { return f == nil || f(rs.all[may[i]]) },
		)
	})
	if !found {
		from.known(property)
	}
	return found
}

// EachReferredBy calls f with every resource that the property of another, from, refers to, as EachReferring does.
func (rs Resources[T]) EachReferredBy(from *Node, property string, f func(Resource[T])) {
	may := rs.run.stack.named(rs.tokens).in(from.references(property))
	forEach(len(may), func(i int) {
		if r := rs.all[may[i]]; from.References(property, r.Node) {
			f(r)
		}
	})
	from.known(property)
}

// known ends the rule if the property may refer to any resource at all.
func (n *Node) known(property string) {
	if n.references(property).anywhere() {
		n.undetermined(property)
	}
}

// named finds resources of some types by what others refer to them by. A resource is told by its position among those of
// its types.
type named map[string][]int

// named makes the index of the types, once.
func (s *Stack) named(tokens []string) named {
	key := strings.Join(tokens, ",")
	if names, done := s.names[key]; done {
		return names
	}
	names := named{}
	for i, n := range s.Nodes(tokens...) {
		for _, name := range n.names() {
			names[name] = append(names[name], i)
		}
	}
	s.names[key] = names
	return names
}

// in are the positions of those that the references may mean, in order.
func (names named) in(refs *references) []int {
	var may []int
	for text := range refs.texts {
		may = append(may, names[text]...)
	}
	for urn := range refs.sources {
		may = append(may, names[urn]...)
	}
	slices.Sort(may)
	return slices.Compact(may)
}

// referrers finds, of resources of some types, those whose property refers to a target. A resource is told by its
// position among those of its types.
type referrers struct {
	byName   named // by a text in the property, or a URN that its value comes from
	anywhere []int // those that may refer to any target
}

// referrersOf says what referrers are about.
type referrersOf struct{ tokens, property string }

// referrers makes the referrers of the types by the property, once.
func (s *Stack) referrers(tokens []string, property string) *referrers {
	key := referrersOf{strings.Join(tokens, ","), property}
	if r, done := s.referring[key]; done {
		return r
	}
	r := &referrers{byName: named{}}
	for i, n := range s.Nodes(tokens...) {
		refs := n.references(property)
		for text := range refs.texts {
			r.byName[text] = append(r.byName[text], i)
		}
		for urn := range refs.sources {
			r.byName[urn] = append(r.byName[urn], i)
		}
		if refs.anywhere() {
			r.anywhere = append(r.anywhere, i)
		}
	}
	s.referring[key] = r
	return r
}

// naming are the positions of those that name target, or whose value comes from it, in order.
func (r *referrers) naming(target *Node) []int {
	var may []int
	for _, name := range target.names() {
		may = append(may, r.byName[name]...)
	}
	slices.Sort(may)
	return slices.Compact(may)
}
