package policy

import (
	"iter"
	"maps"
	"slices"
	"strconv"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"google.golang.org/protobuf/types/known/structpb"
)

// Text is a string among the properties of a resource.
type Text struct {
	// Path are the names, keys and indices that lead to it. It is valid until the next Text.
	Path []string
	// Value is the string, empty if it is not known yet.
	Value string
	// Known reports whether it is known.
	Known bool
	// Secret reports whether it, or what it is part of, is secret.
	Secret bool
}

// Texts are all strings among the properties, however deep, in the order of their paths; what is not known yet counts as
// one. What is in assets and archives is left out. It is for rules that look for something wherever it is; it never ends
// the rule. A message must not quote what of it may be sensitive: it is not marked as secret, so nothing hides it.
func (n *Node) Texts() iter.Seq[Text] {
	return func(yield func(Text) bool) {
		w := textWalk{yield: yield, path: make([]string, 0, 8)}
		w.object(n.message.GetProperties().GetFields(), false)
	}
}

type textWalk struct {
	yield func(Text) bool
	path  []string
}

// The walk's functions report whether to go on.

func (w *textWalk) object(fields map[string]*structpb.Value, secret bool) bool {
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if !w.part(key, fields[key], secret) {
			return false
		}
	}
	return true
}

func (w *textWalk) part(step string, p *structpb.Value, secret bool) bool {
	w.path = append(w.path, step)
	defer func() { w.path = w.path[:len(w.path)-1] }()
	v := wire.Open(p)
	secret = secret || v.Secret
	switch v.Kind {
	case wire.String, wire.Unknown:
		return w.yield(Text{Path: w.path, Value: v.Text(), Known: v.Kind == wire.String, Secret: secret})
	case wire.Object:
		return w.object(v.Fields(), secret)
	case wire.List:
		for i, item := range v.Items() {
			if !w.part(strconv.Itoa(i), item, secret) {
				return false
			}
		}
	}
	return true
}
