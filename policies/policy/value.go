package policy

import (
	"fmt"
	"reflect"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
)

// Value is a property that may be absent, not known yet, or secret. T is string, bool, int, int64, float64, any, or a
// struct of properties.
//
// A null property is absent. A string that spells a number or a boolean is taken for one where T asks for it, and the
// reverse, as Pulumi's bridged providers do. A value of another kind than T is an error of the rule that reads it.
//
// Printed with fmt, a Value that is secret, not known or absent shows as [secret], [unknown] or [unset].
type Value[T any] struct {
	value   T
	present bool
	secret  bool
	problem *problem // why the value cannot be read
}

// Get is the value, or T's zero value if it is absent. If it is not known yet, the rule ends undetermined.
func (v Value[T]) Get() T {
	v.problem.raise()
	return v.value
}

// Or is the value, or def if it is absent. If it is not known yet, the rule ends undetermined.
func (v Value[T]) Or(def T) T {
	v.problem.raise()
	if !v.present {
		return def
	}
	return v.value
}

// Present reports whether the property is set, be it to a value that is not known yet. It never ends the rule.
func (v Value[T]) Present() bool { return v.present }

// Known reports whether the value, or its absence, is known. It never ends the rule.
func (v Value[T]) Known() bool { return v.problem == nil || v.problem.unknown == "" }

// Secret reports whether the value, or what it is part of, is secret. It never ends the rule.
func (v Value[T]) Secret() bool { return v.secret }

// Format prints the value without giving away what is secret.
func (v Value[T]) Format(f fmt.State, verb rune) {
	if !v.present {
		_, _ = fmt.Fprint(f, "[unset]")
		return
	}
	format(f, verb, v.secret, v.problem, v.value)
}

func (*Value[T]) container() string     { return "Value" }
func (*Value[T]) element() reflect.Type { return reflect.TypeFor[T]() }

func (v *Value[T]) decode(d *decoder, w wire.Value, elem *shape) {
	v.present = w.Kind != wire.Absent
	v.secret = w.Secret || elem.input == reflect.TypeFor[any]() && w.HoldsSecret()
	if v.present {
		v.problem = d.fill(&v.value, w, elem)
	}
}

func format(f fmt.State, verb rune, secret bool, p *problem, value any) {
	switch {
	case secret:
		_, _ = fmt.Fprint(f, hidden)
	case p != nil && p.unknown != "":
		_, _ = fmt.Fprint(f, "[unknown]")
	case p != nil:
		_, _ = fmt.Fprint(f, "[unreadable]")
	default:
		_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), value)
	}
}
