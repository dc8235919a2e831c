package policy

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
)

// List is a property that holds a list. The list or any of its elements may be not known yet. T is as for Value, or
// itself a List or Map. An absent list has no elements.
type List[T any] struct {
	items   []Value[T]
	present bool
	secret  bool
	problem *problem
}

// Len is the number of elements. If the list is not known yet, the rule ends undetermined.
func (l List[T]) Len() int {
	l.problem.raise()
	return len(l.items)
}

// Get is all elements. If the list or any element is not known yet, the rule ends undetermined.
func (l List[T]) Get() []T {
	l.problem.raise()
	all := make([]T, len(l.items))
	for i, item := range l.items {
		all[i] = item.Get()
	}
	return all
}

// Each calls f with every element and its index. An element for which f needs something that is not known does not keep
// f from the others: the rule ends undetermined only after the last one.
func (l List[T]) Each(f func(i int, v T)) {
	l.problem.raise()
	forEach(len(l.items), func(i int) { f(i, l.items[i].Get()) })
}

// Any reports whether f holds for an element. If it holds for none, but for some it needs what is not known yet, the
// rule ends undetermined.
func (l List[T]) Any(f func(v T) bool) bool {
	l.problem.raise()
	return anyOf(len(l.items), func(i int) bool { return f(l.items[i].Get()) })
}

// Present reports whether the list is set, be it empty or not known yet. It never ends the rule.
func (l List[T]) Present() bool { return l.present }

// Known reports whether the list's length is known; its elements may still not be. It never ends the rule.
func (l List[T]) Known() bool { return l.problem == nil || l.problem.unknown == "" }

// Secret reports whether the list as a whole is secret. It never ends the rule.
func (l List[T]) Secret() bool { return l.secret }

// Format prints the list without giving away what is secret.
func (l List[T]) Format(f fmt.State, verb rune) { format(f, verb, l.secret, l.problem, l.items) }

func (*List[T]) container() string     { return "List" }
func (*List[T]) element() reflect.Type { return reflect.TypeFor[T]() }

func (l *List[T]) decode(d *decoder, w wire.Value, elem *shape) {
	l.present = w.Kind != wire.Absent
	l.secret = w.Secret
	if l.problem = d.expect(w, wire.List); l.problem != nil {
		return
	}
	items := w.Items()
	l.items = make([]Value[T], len(items))
	for i, item := range items {
		d.within(strconv.Itoa(i), item, w.Secret, func(w wire.Value) { l.items[i].decode(d, w, elem) })
	}
}

// Map is a property that holds values under free keys, such as tags. The map or any of its values may be not known yet.
// T is as for List. An absent map has no entries.
type Map[T any] struct {
	entries map[string]Value[T]
	present bool
	secret  bool
	problem *problem
}

// Len is the number of entries. If the map is not known yet, the rule ends undetermined.
func (m Map[T]) Len() int {
	m.problem.raise()
	return len(m.entries)
}

// At is the value under key; it is absent if the map has none. If the map is not known yet, so is the value.
func (m Map[T]) At(key string) Value[T] {
	if m.problem != nil {
		return Value[T]{present: true, secret: m.secret, problem: m.problem}
	}
	return m.entries[key]
}

// Each calls f with every entry in the order of the keys. Values that are not known are treated as in List.Each.
func (m Map[T]) Each(f func(key string, v T)) {
	m.problem.raise()
	keys := slices.Sorted(maps.Keys(m.entries))
	forEach(len(keys), func(i int) { f(keys[i], m.entries[keys[i]].Get()) })
}

// Present reports whether the map is set, be it empty or not known yet. It never ends the rule.
func (m Map[T]) Present() bool { return m.present }

// Known reports whether the map's keys are known; its values may still not be. It never ends the rule.
func (m Map[T]) Known() bool { return m.problem == nil || m.problem.unknown == "" }

// Secret reports whether the map as a whole is secret. It never ends the rule.
func (m Map[T]) Secret() bool { return m.secret }

// Format prints the map without giving away what is secret.
func (m Map[T]) Format(f fmt.State, verb rune) { format(f, verb, m.secret, m.problem, m.entries) }

func (*Map[T]) container() string     { return "Map" }
func (*Map[T]) element() reflect.Type { return reflect.TypeFor[T]() }

func (m *Map[T]) decode(d *decoder, w wire.Value, elem *shape) {
	m.present = w.Kind != wire.Absent
	m.secret = w.Secret
	if m.problem = d.expect(w, wire.Object); m.problem != nil {
		return
	}
	m.entries = make(map[string]Value[T], len(w.Fields()))
	for key, field := range w.Fields() {
		d.within(key, field, w.Secret, func(w wire.Value) {
			var v Value[T]
			v.decode(d, w, elem)
			m.entries[key] = v
		})
	}
}
