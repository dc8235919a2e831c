package policy

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"github.com/holdfast-iac/holdfast/policies/internal/work"
)

// References reports whether the property, a string or a list of strings, refers to target. It does if it holds target's
// id, ARN or name, or if its value comes from target: so it works in a preview too, where ids are not known yet. If that
// cannot be told, because the value is not known and may come from anywhere, the rule ends undetermined.
//
// A property in another is named by its path, with "*" for the index of a list or the key of a map, as in Policy.Reads:
// "vpcConfig.subnetIds", "routes.*.natGatewayId". What it comes from is then what the outermost property comes from.
//
// It is for stack rules: elsewhere, where a value comes from is not known.
func (n *Node) References(property string, target *Node) bool {
	if work.Step != nil {
		work.Step()
	}
	refs := n.references(property)
	if slices.ContainsFunc(target.names(), func(name string) bool { return refs.texts[name] }) {
		return true
	}
	switch {
	case refs.sources[target.URN()]:
		return n.comesFrom(property, target, refs)
	case refs.anywhere():
		n.undetermined(property)
	}
	return false
}

// comesFrom decides whether the property refers to target, one of the resources that its value comes from. Where there
// are several of target's type, only the value can say which it refers to; a list may refer to all.
func (n *Node) comesFrom(property string, target *Node, refs *references) bool {
	rivals := refs.ofType[target.Type()] - 1
	switch {
	case rivals <= 0 || refs.list && refs.unknown:
		return true
	case refs.named[target.Type()] > 0:
		return false
	case refs.unknown || len(refs.texts) == 0:
		n.undetermined(property)
	}
	return true
}

func (n *Node) undetermined(property string) {
	p := &problem{path: "." + property, urn: n.URN(), unknown: "string"}
	p.raise()
}

// names are what other resources refer to the node by.
func (n *Node) names() []string {
	if n.called == nil {
		n.called = []string{n.URN()}
		for _, property := range []string{"id", "arn", "name"} {
			if name := wire.Open(n.message.GetProperties().GetFields()[property]).Text(); name != "" {
				n.called = append(n.called, name)
			}
		}
	}
	return n.called
}

// references are what a property may refer to.
type references struct {
	texts         map[string]bool // the known strings in it
	list          bool
	unknown       bool            // it holds something that is not known
	sources       map[string]bool // the URNs that its value comes from
	ofType, named map[string]int  // how many of these are in the stack, and how many of them the texts name; by type
}

// anywhere reports whether the property may refer to any resource at all.
func (r *references) anywhere() bool { return r.unknown && len(r.sources) == 0 }

// references finds out what a property refers to, once for all targets.
func (n *Node) references(property string) *references {
	if refs, done := n.refs[property]; done {
		return refs
	}
	refs := &references{
		texts: map[string]bool{}, sources: map[string]bool{}, ofType: map[string]int{}, named: map[string]int{},
	}
	steps := strings.Split(property, ".")
	refs.find(wire.Open(n.message.GetProperties().GetFields()[steps[0]]), steps[1:])
	for _, urn := range n.graph().GetPropertyDependencies()[steps[0]].GetUrns() {
		refs.sources[urn] = true
	}
	for _, source := range n.PropertyDependencies(steps[0]) {
		refs.ofType[source.Type()]++
		if slices.ContainsFunc(source.names(), func(name string) bool { return refs.texts[name] }) {
			refs.named[source.Type()]++
		}
	}
	if n.refs == nil {
		n.refs = map[string]*references{}
	}
	n.refs[property] = refs
	return refs
}

// find notes what the steps lead to from a value.
func (r *references) find(v wire.Value, steps []string) {
	switch {
	case len(steps) == 0 || v.Kind == wire.Unknown:
		r.hold(v)
	case steps[0] != "*":
		r.find(wire.Open(v.Fields()[steps[0]]), steps[1:])
	default:
		r.list = true
		for _, item := range v.Items() {
			r.find(wire.Open(item), steps[1:])
		}
		for _, field := range v.Fields() {
			r.find(wire.Open(field), steps[1:])
		}
	}
}

// hold notes the strings of a value: itself, or the elements of a list.
func (r *references) hold(v wire.Value) {
	parts := []wire.Value{v}
	if v.Kind == wire.List {
		r.list = true
		parts = parts[:0]
		for _, item := range v.Items() {
			parts = append(parts, wire.Open(item))
		}
	}
	for _, part := range parts {
		r.unknown = r.unknown || part.Kind == wire.Unknown
		if part.Kind == wire.String {
			r.texts[part.Text()] = true
		}
	}
}
