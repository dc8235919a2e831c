package policy

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

type scalars struct {
	Text  Value[string]  `pulumi:"text"`
	Yes   Value[bool]    `pulumi:"yes"`
	Int   Value[int]     `pulumi:"int"`
	Int64 Value[int64]   `pulumi:"int64"`
	Float Value[float64] `pulumi:"float"`
	Any   Value[any]     `pulumi:"any"`
	In    Value[inner]   `pulumi:"in"`
}

type inner struct {
	Name Value[string] `pulumi:"name"`
}

func TestValuesAreRead(t *testing.T) {
	t.Parallel()
	got := read(t, props{
		"text": "a", "yes": true, "int": 3, "int64": -4, "float": 1.5,
		"any": props{"list": []any{1, "b", nil, true}}, "in": props{"name": "n"},
	}, func(s scalars) {
		assert.Equal(t, "a", s.Text.Get())
		assert.True(t, s.Yes.Get())
		assert.Equal(t, 3, s.Int.Get())
		assert.Equal(t, int64(-4), s.Int64.Get())
		assert.InDelta(t, 1.5, s.Float.Get(), 0)
		assert.Equal(t, map[string]any{"list": []any{1.0, "b", nil, true}}, s.Any.Get())
		assert.Equal(t, "n", s.In.Get().Name.Get())
		assert.True(t, s.In.Present())
	})
	assert.Equal(t, Passed, got.Outcome)
}

func TestAbsentAndNullValues(t *testing.T) {
	t.Parallel()
	got := read(t, props{"text": nil}, func(s scalars) {
		assert.Empty(t, s.Text.Get())
		assert.Equal(t, "def", s.Text.Or("def"))
		assert.False(t, s.Text.Present())
		assert.True(t, s.Text.Known())
		assert.Equal(t, 7, s.Int.Or(7))
		assert.Nil(t, s.Any.Get())
		assert.Empty(t, s.In.Get().Name.Get())
		assert.Equal(t, "[unset] [unset]", fmt.Sprintf("%s %d", s.Text, s.Int))
	})
	assert.Equal(t, Passed, got.Outcome)
}

func TestValuesAreCoerced(t *testing.T) {
	t.Parallel()
	got := read(t, props{"text": 22, "yes": "true", "int": "22", "float": "1e3"}, func(s scalars) {
		assert.Equal(t, "22", s.Text.Get())
		assert.True(t, s.Yes.Get())
		assert.Equal(t, 22, s.Int.Get())
		assert.InDelta(t, 1000, s.Float.Get(), 0)
	})
	assert.Equal(t, Passed, got.Outcome)
	got = read(t, props{"text": false}, func(s scalars) { assert.Equal(t, "false", s.Text.Get()) })
	assert.Equal(t, Passed, got.Outcome)
}

func TestValuesOfAnotherKindAreErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		with props
		read func(scalars)
		want string
	}{
		{"string", props{"text": []any{}}, func(s scalars) { s.Text.Get() }, ".text is a list where the policy expects a string"},
		{"bool", props{"yes": "yes"}, func(s scalars) { s.Yes.Or(true) }, ".yes is a string where the policy expects a boolean"},
		{"fraction", props{"int": 1.5}, func(s scalars) { s.Int.Get() }, ".int is a number where the policy expects a whole number"},
		{"huge", props{"int64": 1e300}, func(s scalars) { s.Int64.Get() }, ".int64 is a number where the policy expects a whole number"},
		{"not finite", props{"float": "NaN"}, func(s scalars) { s.Float.Get() }, ".float is a string where the policy expects a number"},
		{"object", props{"in": 1}, func(s scalars) { s.In.Get() }, ".in is a number where the policy expects an object"},
		{"nested", props{"in": props{"name": props{}}}, func(s scalars) { s.In.Get().Name.Get() }, ".in.name is an object where the policy expects a string"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			reached := false
			got := read(t, tt.with, func(s scalars) { tt.read(s); reached = true })
			assert.Equal(t, Errored, got.Outcome)
			assert.Equal(t, []string{"the value at " + tt.want}, got.Errors)
			assert.False(t, reached, "the rule goes on without the value")
		})
	}
}

func TestValueOfAnotherKindIsNoErrorUnlessRead(t *testing.T) {
	t.Parallel()
	got := read(t, props{"text": []any{}}, func(s scalars) {
		assert.True(t, s.Text.Present())
		assert.True(t, s.Text.Known())
		assert.Equal(t, "[unreadable]", fmt.Sprint(s.Text))
	})
	assert.Equal(t, Passed, got.Outcome)
}

func TestUnknownValues(t *testing.T) {
	t.Parallel()
	got := read(t, props{"text": unknown}, func(s scalars) {
		assert.True(t, s.Text.Present(), "presence can be asked")
		assert.False(t, s.Text.Known())
		assert.Equal(t, "[unknown]", fmt.Sprint(s.Text))
	})
	assert.Equal(t, Passed, got.Outcome)

	for name, access := range map[string]func(scalars){
		"text": func(s scalars) { s.Text.Get() },
		"any":  func(s scalars) { s.Any.Get() },
		"in":   func(s scalars) { s.In.Or(inner{}) },
	} {
		got := read(t, props{name: unknown}, access)
		assert.Equal(t, Undetermined, got.Outcome)
		assert.Equal(t, []string{"string value at ." + name + " can't be known during preview"}, got.Unknowns)
	}
	got = read(t, props{"any": props{"b": unknown, "a": []any{unknown}}}, func(s scalars) { s.Any.Get() })
	assert.Equal(t, []string{"string value at .any.a.0 can't be known during preview"}, got.Unknowns)
	got = read(t, props{"in": props{"name": unknown}}, func(s scalars) { s.In.Get().Name.Get() })
	assert.Equal(t, []string{"string value at .in.name can't be known during preview"}, got.Unknowns)
}

func TestSecretValues(t *testing.T) {
	t.Parallel()
	got := read(t, props{"text": secret("hush"), "any": props{"a": secret("hush")}, "in": secret(props{"name": "n"})}, func(s scalars) {
		assert.True(t, s.Text.Secret())
		assert.Equal(t, "hush", s.Text.Get())
		assert.True(t, s.Any.Secret(), "what holds a secret is secret")
		assert.True(t, s.In.Get().Name.Secret(), "what is part of a secret is secret")
		assert.False(t, s.Int.Secret())
		assert.NotContains(t, fmt.Sprintf("%v %+v %#v %s %q", s, s, s, s.Text, s.Any), "hush")
		assert.Equal(t, "[secret]", fmt.Sprintf("%5s", s.Text))
	})
	assert.Equal(t, Passed, got.Outcome)
}

func TestValuesPrintLikeWhatTheyHold(t *testing.T) {
	t.Parallel()
	read(t, props{"text": "a", "int": 7, "yes": true}, func(s scalars) {
		assert.Equal(t, `"a" 007 true`, fmt.Sprintf("%q %03d %t", s.Text, s.Int, s.Yes))
	})
}
