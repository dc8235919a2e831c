package policy

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
)

// References reports whether the property, a string or a list of strings, refers to target. It does if it holds target's
// id, ARN or name, or if its value comes from target: so it works in a preview too, where ids are not known yet. If that
// cannot be told, because the value is not known and may come from anywhere, the rule ends undetermined.
//
// It is for stack rules: elsewhere, where a value comes from is not known.
func (n *Node) References(property string, target *Node) bool {
	value := wire.Open(n.message.GetProperties().GetFields()[property])
	held := held(value)
	if slices.ContainsFunc(held.texts, target.isCalled) {
		return true
	}
	sources := n.graph().GetPropertyDependencies()[property].GetUrns()
	switch {
	case slices.Contains(sources, target.URN()):
		return n.comesFrom(property, target, value, held)
	case held.unknown && len(sources) == 0:
		n.undetermined(property)
	}
	return false
}

// comesFrom decides whether the property refers to target, one of the resources that its value comes from. Where there
// are several of target's type, only the value can say which it refers to; a list may refer to all.
func (n *Node) comesFrom(property string, target *Node, value wire.Value, held heldTexts) bool {
	rivals := slices.DeleteFunc(n.PropertyDependencies(property), func(other *Node) bool {
		return other.URN() == target.URN() || other.Type() != target.Type()
	})
	refersToRival := slices.ContainsFunc(rivals, func(rival *Node) bool {
		return slices.ContainsFunc(held.texts, rival.isCalled)
	})
	switch {
	case len(rivals) == 0 || value.Kind == wire.List && held.unknown:
		return true
	case refersToRival:
		return false
	case held.unknown || len(held.texts) == 0:
		n.undetermined(property)
	}
	return true
}

func (n *Node) undetermined(property string) {
	p := &problem{path: "." + property, urn: n.URN(), unknown: "string"}
	p.raise()
}

// isCalled reports whether text is one of the names by which other resources refer to the node.
func (n *Node) isCalled(text string) bool {
	if text == "" {
		return false
	}
	if text == n.URN() {
		return true
	}
	fields := n.message.GetProperties().GetFields()
	return slices.ContainsFunc([]string{"id", "arn", "name"}, func(property string) bool {
		return wire.Open(fields[property]).Text() == text
	})
}

// heldTexts are the known strings of a property, and whether there are others.
type heldTexts struct {
	texts   []string
	unknown bool
}

func held(v wire.Value) heldTexts {
	parts := []wire.Value{v}
	if v.Kind == wire.List {
		parts = parts[:0]
		for _, item := range v.Items() {
			parts = append(parts, wire.Open(item))
		}
	}
	h := heldTexts{}
	for _, part := range parts {
		h.unknown = h.unknown || part.Kind == wire.Unknown
		if part.Kind == wire.String {
			h.texts = append(h.texts, part.Text())
		}
	}
	return h
}
