package policy

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"google.golang.org/protobuf/types/known/structpb"
)

// decoder fills structs of properties by their shapes. It knows where it is, so that a problem can say so.
type decoder struct {
	urn  string // named in problems, if set
	path []string
}

// object fills the struct v by its shape. What cannot be read is noted in the field concerned.
func (d *decoder) object(v reflect.Value, fields map[string]*structpb.Value, secret bool, s *shape) {
	for i := range s.fields {
		f := &s.fields[i]
		target := v.FieldByIndex(f.index).Addr().Interface().(property)
		d.within(f.name, fields[f.name], secret, func(w wire.Value) { target.decode(d, w, f.elem) })
	}
}

// within opens a part of the current value; what is part of a secret is secret.
func (d *decoder) within(name string, part *structpb.Value, secret bool, f func(wire.Value)) {
	d.path = append(d.path, name)
	w := wire.Open(part)
	w.Secret = w.Secret || secret
	f(w)
	d.path = d.path[:len(d.path)-1]
}

// fill reads w into ptr, a pointer to a scalar, an any, a List or Map, or a struct of properties.
func (d *decoder) fill(ptr any, w wire.Value, s *shape) *problem {
	if w.Kind == wire.Unknown {
		return d.problem(w, "")
	}
	var ok bool
	var want string
	switch p := ptr.(type) {
	case *string:
		*p, ok = text(w)
		want = wire.String.String()
	case *bool:
		*p, ok = boolean(w)
		want = wire.Bool.String()
	case *float64:
		*p, ok = number(w)
		want = wire.Number.String()
	case *int64:
		*p, ok = integer(w)
		want = "a whole number"
	case *int:
		var n int64
		n, ok = integer(w)
		*p = int(n)
		want = "a whole number"
	case *any:
		return d.native(p, w)
	case property:
		p.decode(d, w, s.elem)
		return nil
	default:
		if w.Kind == wire.Object {
			d.object(reflect.ValueOf(ptr).Elem(), w.Fields(), w.Secret, s)
			return nil
		}
		want = wire.Object.String()
	}
	if !ok {
		return d.problem(w, want)
	}
	return nil
}

// expect is the problem of a container that is not of the kind, if it is not absent either.
func (d *decoder) expect(w wire.Value, kind wire.Kind) *problem {
	if w.Kind == kind || w.Kind == wire.Absent {
		return nil
	}
	return d.problem(w, kind.String())
}

func (d *decoder) problem(w wire.Value, want string) *problem {
	return &problem{
		path: "." + strings.Join(d.path, "."), urn: d.urn, unknown: w.UnknownType, want: want, got: w.Kind,
	}
}

// native reads w as plain Go: nil, bool, float64, string, []any or map[string]any.
func (d *decoder) native(p *any, w wire.Value) (found *problem) {
	switch w.Kind {
	case wire.Absent:
	case wire.Bool:
		*p = w.Bool()
	case wire.Number:
		*p = w.Number()
	case wire.String:
		*p = w.Text()
	case wire.List:
		list := make([]any, len(w.Items()))
		for i, item := range w.Items() {
			d.within(strconv.Itoa(i), item, w.Secret, func(w wire.Value) { found = found.orWorse(d.native(&list[i], w)) })
		}
		*p = list
	case wire.Object:
		object := make(map[string]any, len(w.Fields()))
		for _, key := range slices.Sorted(maps.Keys(w.Fields())) {
			d.within(key, w.Fields()[key], w.Secret, func(w wire.Value) {
				var v any
				found = found.orWorse(d.native(&v, w))
				object[key] = v
			})
		}
		*p = object
	default:
		return d.problem(w, "plain data")
	}
	return found
}

func text(w wire.Value) (string, bool) {
	switch w.Kind {
	case wire.Bool:
		return strconv.FormatBool(w.Bool()), true
	case wire.Number:
		return strconv.FormatFloat(w.Number(), 'f', -1, 64), true
	}
	return w.Text(), w.Kind == wire.String
}

func boolean(w wire.Value) (value, ok bool) {
	if w.Kind == wire.String && (w.Text() == "true" || w.Text() == "false") {
		return w.Text() == "true", true
	}
	return w.Bool(), w.Kind == wire.Bool
}

// number reads a finite number: what is not would compare false with everything.
func number(w wire.Value) (float64, bool) {
	n, ok := w.Number(), w.Kind == wire.Number
	if w.Kind == wire.String {
		parsed, err := strconv.ParseFloat(w.Text(), 64)
		n, ok = parsed, err == nil
	}
	return n, ok && !math.IsNaN(n) && !math.IsInf(n, 0)
}

func integer(w wire.Value) (int64, bool) {
	n, ok := number(w)
	// 2^53 bounds the whole numbers that a JSON number holds exactly.
	if !ok || n != math.Trunc(n) || math.Abs(n) > 1<<53 {
		return 0, false
	}
	return int64(n), true
}
